#include "core/behavior/score.h"

#include "core/behavior/model.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace perennial {

namespace {

/// Events in memory at a time; where there are very many the passes over them are kept few.
constexpr std::int64_t kEventsAtOnce = 2'000'000;
constexpr std::int64_t kMostParts = 16;

/// All that is said of a user, and what it takes as bytes: his id and a double each, NaN = empty.
constexpr std::array kAnswers{
    &BehaviorScore::pChurn,  &BehaviorScore::expectedValue,    &BehaviorScore::pPurchase,
    &BehaviorScore::pClick,  &BehaviorScore::pReturn,          &BehaviorScore::medianReturnDays,
    &BehaviorScore::expectedReturnDays};
constexpr std::size_t kRowBytes = sizeof(std::int64_t) + kAnswers.size() * sizeof(double);
static_assert(sizeof(BehaviorScore) ==
              sizeof(std::int64_t) + kAnswers.size() * sizeof(std::optional<double>));

/// The blocks of one part of the users, whose histories the model holds.
Status scorePart(const BehaviorModel &model, const UserRange &part, std::int64_t block,
                 const std::function<Status(const ScoreBlock &)> &each, const Task &task)
{
    for (std::int64_t first = part.first; first <= part.last; first += block) {
        const UserRange users{first, std::min(first + block - 1, part.last)};
        const double size = static_cast<double>(part.last - part.first + 1);
        auto scores = model.scores(users, task.part(static_cast<double>(first - part.first) / size,
                                                    static_cast<double>(users.last + 1 - part.first) /
                                                        size));
        if (!scores) {
            return scores.error();
        }
        if (scores->empty()) {
            continue;
        }
        if (const auto taken = each({users, std::move(*scores)}); !taken) {
            return taken;
        }
    }
    return Done{};
}

} // namespace

Status scoreBehaviorBlocks(const Project &project, std::int64_t run, Day at,
                           const ScoreBlocks &blocks,
                           const std::function<Status(const ScoreBlock &)> &each, const Task &task)
{
    if (blocks.users < 1 || blocks.after < 0) {
        return fail(ErrorCode::InvalidArgument, std::to_string(blocks.users), "blocks");
    }
    auto model = BehaviorModel::open(project, run, at, task.part(0, 0.05));
    if (!model) {
        return model.error();
    }
    const auto counts = readCounts(project);
    if (!counts) {
        return counts.error();
    }
    const auto parts = rangesOfUsers(project, at, blocks.users,
                                     std::max(kEventsAtOnce, counts->events / kMostParts), task);
    if (!parts) {
        return parts.error();
    }
    std::int64_t known = blocks.after;
    const auto handOut = [&](const ScoreBlock &block) {
        known = block.users.last;
        return each(block);
    };
    for (UserRange part : *parts) {
        part.first = std::max(part.first, blocks.after + 1);
        if (part.first > part.last) {
            continue;
        }
        // Of what is still to be done, or the time left would be told too short.
        const double all = static_cast<double>(parts->back().last - blocks.after);
        const Task mine =
            task.part(0.05 + 0.95 * static_cast<double>(part.first - 1 - blocks.after) / all,
                      0.05 + 0.95 * static_cast<double>(part.last - blocks.after) / all);
        if (const auto read = model->readHistories(project, part, mine.part(0, 0.1)); !read) {
            return read;
        }
        if (const auto scored = scorePart(*model, part, blocks.users, handOut, mine.part(0.1, 1));
            !scored) {
            return scored;
        }
    }
    return known > 0 ? Status(Done{})
                     : fail(ErrorCode::NoEvents, formatDate(at), project.path().string());
}

std::vector<std::byte> bytesOf(std::span<const BehaviorScore> scores)
{
    std::vector<std::byte> bytes(scores.size() * kRowBytes);
    std::byte *to = bytes.data();
    for (const BehaviorScore &score : scores) {
        std::memcpy(to, &score.user, sizeof score.user);
        for (std::size_t k = 0; k < kAnswers.size(); ++k) {
            const double value = (score.*kAnswers[k]).value_or(std::nan(""));
            std::memcpy(to + sizeof score.user + k * sizeof value, &value, sizeof value);
        }
        to += kRowBytes;
    }
    return bytes;
}

Result<std::vector<BehaviorScore>> scoresFrom(std::span<const std::byte> bytes)
{
    if (bytes.size() % kRowBytes != 0) {
        return fail(ErrorCode::Damaged, std::to_string(bytes.size()), "scores");
    }
    std::vector<BehaviorScore> scores(bytes.size() / kRowBytes);
    const std::byte *from = bytes.data();
    for (BehaviorScore &score : scores) {
        std::memcpy(&score.user, from, sizeof score.user);
        for (std::size_t k = 0; k < kAnswers.size(); ++k) {
            double value = 0;
            std::memcpy(&value, from + sizeof score.user + k * sizeof value, sizeof value);
            if (!std::isnan(value)) {
                score.*kAnswers[k] = value;
            }
        }
        from += kRowBytes;
    }
    return scores;
}

Result<std::vector<BehaviorScore>> scoreBehavior(const Project &project, std::int64_t run, Day at,
                                                 const Task &task)
{
    std::vector<BehaviorScore> scores;
    const auto gather = [&](const ScoreBlock &block) -> Status {
        scores.insert(scores.end(), block.scores.begin(), block.scores.end());
        return Done{};
    };
    const auto scored = scoreBehaviorBlocks(project, run, at, {}, gather, task);
    return scored ? Result(std::move(scores)) : scored.error();
}

} // namespace perennial
