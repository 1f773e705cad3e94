#include "core/tuning/run_scorer.h"

#include "core/behavior/model.h"
#include "core/behavior/train.h"

#include <limits>

namespace perennial {

namespace {

Result<RunRecord> trainedRun(const Project &project, std::int64_t run)
{
    const auto record = readRun(project, run);
    if (!record) {
        return record.error();
    }
    return record->model == kBehaviorModel && record->state == RunState::Done && record->until
               ? record
               : fail(ErrorCode::NotTrained, std::to_string(run), project.path().string());
}

class RunScorer final : public UserScorer {
public:
    explicit RunScorer(BehaviorModel model) : m_model(std::move(model)) {}

    std::string name() const override { return "run " + std::to_string(m_model.run().id); }

    Status score(std::span<const std::int64_t> users, const ItemHistory &history,
                 std::span<float> scores) const override
    {
        const auto known = m_model.itemScores(users);
        if (!known) {
            return known.error();
        }
        const auto &rowOfId = m_model.catalog().rowOfId;
        for (std::size_t k = 0; k < history.items(); ++k) {
            const auto id = static_cast<std::size_t>(history.itemId[k]);
            const std::int32_t row = id < rowOfId.size() ? rowOfId[id] : 0;
            for (std::size_t u = 0; u < users.size(); ++u) {
                scores[u * history.items() + k] =
                    row > 0 ? (*known)[u].logProbability[static_cast<std::size_t>(row) - 1]
                            : -std::numeric_limits<float>::infinity();
            }
        }
        return Done{};
    }

private:
    BehaviorModel m_model;
};

} // namespace

Result<std::vector<Day>> lastDaysSeen(const Project &project, std::span<const std::int64_t> runs)
{
    std::vector<Day> days;
    for (const std::int64_t run : runs) {
        const auto record = trainedRun(project, run);
        if (!record) {
            return record.error();
        }
        days.push_back(*record->until);
    }
    return days;
}

Result<std::unique_ptr<const UserScorer>> runScorer(const Project &project, std::int64_t run,
                                                    Day cut, const Task &task)
{
    const auto record = trainedRun(project, run);
    if (!record) {
        return record.error();
    }
    if (*record->until > cut) {
        return fail(ErrorCode::InvalidArgument, formatDate(*record->until), "run");
    }
    auto model = BehaviorModel::load(project, run, cut, task);
    if (!model) {
        return model.error();
    }
    if (!model->knowsItems()) {
        return fail(ErrorCode::NotTrained, "next_item", std::to_string(run));
    }
    return std::unique_ptr<const UserScorer>(std::make_unique<RunScorer>(std::move(*model)));
}

} // namespace perennial
