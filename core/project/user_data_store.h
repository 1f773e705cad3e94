#pragma once

#include "core/base/words.h"
#include "core/project/attribute_store.h"
#include "core/project/event_pages.h"
#include "core/project/import_store.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace perennial {

// Everything that a project holds of one user, as it is stored, for handing it out to him.

struct StoredUser {
    std::int64_t id = 0;
    std::string key;
    std::optional<Day> signup;
    std::string channel, region, device;
};
/// Also one whose events are all set aside or not finished importing: his data is there.
/// @error UnknownUser, detail: the key.
Result<StoredUser> findStoredUser(const Project &project, const std::string &key);

struct StoredAttribute {
    std::string name;
    std::variant<std::monostate, std::int64_t, double, Day, std::string> value;
    AttributeType type = AttributeType::Text;
    bool personal = false;
    std::int64_t source = 0;
};
Result<std::vector<StoredAttribute>> readStoredAttributes(const Project &project,
                                                          std::int64_t user);

struct StoredExposure {
    std::string campaign, type;
    std::optional<UtcSecond> at;
    std::int64_t source = 0;
};
Result<std::vector<StoredExposure>> readStoredExposures(const Project &project, std::int64_t user);

struct StoredEvent {
    NamedEvent event;
    std::string campaign, coupon;
    std::int64_t rules = 0; ///< bits of the cleaning rules that set it aside, 0 = none
};
enum class EventShelf { InUse, SetAside };
/// The user's next events after an id, in order of arrival, at most `limit`.
Result<std::vector<StoredEvent>> readStoredEvents(const Project &project, std::int64_t user,
                                                  EventShelf shelf, std::int64_t afterId,
                                                  std::int64_t limit);

struct StoredRejected {
    std::int64_t source = 0;
    RejectedRow row;
};
/// Rejected rows that have the user's key as a whole field, by line: a likeness elsewhere in a row
/// may be somebody else's.
Result<std::vector<StoredRejected>> readRejectedNaming(const Project &project,
                                                       const std::string &key);

/// What a run said of the user on its validation window and what came, as it is kept.
struct StoredAnswer {
    std::int64_t run = 0;
    std::string name;  ///< "chance/churn/predicted", "amount/value/actual"
    double value = 0;  ///< chances, ranks, currency units; < 0 predicted = the head did not judge him
};
Result<std::vector<StoredAnswer>> readStoredAnswers(const Project &project, std::int64_t user);

} // namespace perennial
