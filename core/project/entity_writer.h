#pragma once

#include "core/project/attribute_store.h"
#include "core/project/import_store.h"
#include "core/project/project.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace perennial {

/// Writes what a file says of users, items, campaigns and coupons, of one source and in one
/// transaction: destroying the writer before `commit` takes everything back.
class EntityWriter {
public:
    /// Registers the source (import_store.h) in the writer's transaction. @error ReadOnly.
    static Result<EntityWriter> open(Project &project, const SourceRecord &source);
    ~EntityWriter();
    EntityWriter(EntityWriter &&) noexcept;
    EntityWriter &operator=(EntityWriter &&) noexcept;

    std::int64_t source() const noexcept; ///< its id
    /// The id of a user, item or campaign, added when it is new.
    Result<std::int64_t> code(Entity entity, std::string_view key);
    Result<std::int64_t> couponCode(std::string_view key);
    /// Says that this source describes an entity. @return false where it already did.
    Result<bool> describe(Entity entity, std::int64_t id);

    /// The id of an attribute of users or items, added when it is new. Where another source has it
    /// with another type, it becomes text. @return its id.
    Result<std::int64_t> attribute(Entity entity, std::string_view name, AttributeType type,
                                   bool personal);
    /// The columns of their own (attribute_name) follow.
    Status set(Entity entity, std::int64_t id, std::int64_t attribute, const AttributeValue &value);
    Status setCampaign(std::int64_t campaign, std::string_view type, std::optional<Day> first,
                       std::optional<Day> last);

    /// @param at 0 = not known. @return false where this source has said so before.
    Result<bool> addExposure(std::int64_t campaign, std::int64_t user, UtcSecond at);
    Result<bool> addCouponItem(std::int64_t coupon, std::int64_t campaign, std::int64_t item);

    Status commit();

private:
    struct Impl;
    explicit EntityWriter(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace perennial
