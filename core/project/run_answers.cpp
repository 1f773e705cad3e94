#include "core/project/run_answers.h"

#include "core/base/hash.h"
#include "core/base/money.h"
#include "core/project/user_data_store.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstring>
#include <functional>
#include <span>
#include <vector>

namespace perennial {

using nlohmann::json;

namespace {

constexpr std::string_view kUsers = "answers/user";
constexpr std::string_view kWindow = "answers/window"; ///< of all users, nobody's own

struct StoredList {
    std::int64_t number = 0;
    WeightBlob blob;
    bool asWritten = false; ///< its hash holds
};

std::vector<StoredList> listsOf(Database &database, std::int64_t run)
{
    Statement query(database, std::string("SELECT number, name, type, data, shape, hash FROM "
                                          "run_weight WHERE run_id = ? AND ") + kIsAnswer + " ORDER BY number");
    query.bindAll(run);
    std::vector<StoredList> lists;
    while (query.step()) {
        StoredList list;
        list.number = query.integer(0);
        list.blob.name = query.text(1);
        list.blob.type = query.text(2);
        const auto data = query.blob(3);
        list.blob.data.assign(data.begin(), data.end());
        list.asWritten = weightHash(list.blob, list.blob.name, query.text(4)) == query.text(5);
        lists.push_back(std::move(list));
    }
    return lists;
}

std::size_t widthOf(const WeightBlob &blob) { return blob.type == "int64" ? 8 : 4; }

std::vector<std::int64_t> runsWithAnswers(Database &database)
{
    Statement query(database, std::string("SELECT DISTINCT run_id FROM run_weight WHERE ") +
                                  kIsAnswer + " ORDER BY run_id");
    std::vector<std::int64_t> runs;
    while (query.step()) {
        runs.push_back(query.integer(0));
    }
    return runs;
}

/// Amounts that came are money as it is stored.
double numberAt(const WeightBlob &blob, std::size_t place)
{
    if (blob.type != "int64") {
        float number = 0;
        std::memcpy(&number, blob.data.data() + place * sizeof number, sizeof number);
        return static_cast<double>(number);
    }
    std::int64_t number = 0;
    std::memcpy(&number, blob.data.data() + place * sizeof number, sizeof number);
    return blob.name.starts_with("answers/amount/") ? toUnits(number)
                                                    : static_cast<double>(number);
}

/// Whom the lists are of, in their order; nobody where that list is missing.
std::vector<std::int64_t> usersOf(const std::vector<StoredList> &lists)
{
    std::vector<std::int64_t> users;
    for (const StoredList &list : lists) {
        if (list.blob.name == kUsers && list.blob.type == "int64") {
            users.resize(list.blob.data.size() / sizeof(std::int64_t));
            std::memcpy(users.data(), list.blob.data.data(), users.size() * sizeof(std::int64_t));
        }
    }
    return users;
}

/// @param leaves of each user whether he is taken out.
void removeFrom(Database &database, std::int64_t run, StoredList &list,
                const std::vector<bool> &leaves)
{
    const std::size_t width = widthOf(list.blob);
    std::vector<std::byte> kept;
    kept.reserve(list.blob.data.size());
    for (std::size_t k = 0; k < leaves.size(); ++k) {
        const auto from = list.blob.data.begin() + static_cast<std::ptrdiff_t>(k * width);
        if (!leaves[k]) {
            kept.insert(kept.end(), from, from + static_cast<std::ptrdiff_t>(width));
        }
    }
    list.blob.data = std::move(kept);
    const std::string shape = json(std::vector<std::size_t>{list.blob.data.size() / width}).dump();
    Statement update(database, "UPDATE run_weight SET shape = ?, hash = ?, data = ? WHERE run_id = ? "
                               "AND number = ?");
    update.bindAll(shape, weightHash(list.blob, list.blob.name, shape),
                   std::span<const std::byte>(list.blob.data), run, list.number);
    update.run();
}

/// Takes out for whom `leaves` is true. Lists that are not as they were written go as a whole.
void eraseFrom(Database &database, std::int64_t run,
               const std::function<bool(std::int64_t user)> &leaves)
{
    auto lists = listsOf(database, run);
    const std::vector<std::int64_t> users = usersOf(lists);
    const bool whole = std::ranges::all_of(lists, [&](const StoredList &list) {
        return list.asWritten && (list.blob.name == kWindow ||
                                  list.blob.data.size() == users.size() * widthOf(list.blob));
    });
    if (!whole) {
        Statement drop(database, std::string("DELETE FROM run_weight WHERE run_id = ? AND ") +
                                     kIsAnswer);
        drop.bindAll(run);
        drop.run();
        return;
    }
    std::vector<bool> out;
    out.reserve(users.size());
    for (const std::int64_t user : users) {
        out.push_back(leaves(user));
    }
    if (std::ranges::find(out, true) == out.end()) {
        return;
    }
    for (StoredList &list : lists) {
        if (list.blob.name != kWindow) {
            removeFrom(database, run, list, out);
        }
    }
}

} // namespace

std::string weightHash(const WeightBlob &weight, const std::string &name, const std::string &shape)
{
    Hasher hasher;
    hasher.add(name + "|" + weight.type + "|" + shape + "|");
    hasher.add(std::span<const std::byte>(weight.data));
    return hasher.hex();
}

Result<std::vector<StoredAnswer>> readStoredAnswers(const Project &project, std::int64_t user)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<StoredAnswer>> {
        std::vector<StoredAnswer> answers;
        for (const std::int64_t run : runsWithAnswers(project.database())) {
            const auto lists = listsOf(project.database(), run);
            const std::vector<std::int64_t> users = usersOf(lists);
            const auto place = std::ranges::find(users, user);
            for (const StoredList &list : lists) {
                const bool own = place != users.end() && list.blob.name != kUsers &&
                                 list.blob.name != kWindow &&
                                 list.blob.data.size() == users.size() * widthOf(list.blob);
                if (own) {
                    answers.push_back(
                        {run, list.blob.name.substr(kAnswersPrefix.size()),
                         numberAt(list.blob, static_cast<std::size_t>(place - users.begin()))});
                }
            }
        }
        return answers;
    });
}

void eraseAnswersOf(Database &database, std::int64_t user)
{
    for (const std::int64_t run : runsWithAnswers(database)) {
        eraseFrom(database, run, [user](std::int64_t other) { return other == user; });
    }
}

void eraseAnswersOfStrangers(Database &database, std::int64_t run)
{
    Statement known(database, "SELECT 1 FROM user WHERE id = ?");
    std::vector<std::int64_t> strangers = usersOf(listsOf(database, run));
    std::erase_if(strangers, [&known](std::int64_t user) {
        known.bindAll(user);
        const bool isKnown = known.step();
        known.reset();
        return isKnown;
    });
    std::ranges::sort(strangers);
    if (!strangers.empty()) {
        eraseFrom(database, run, [&strangers](std::int64_t user) {
            return std::ranges::binary_search(strangers, user);
        });
    }
}

} // namespace perennial
