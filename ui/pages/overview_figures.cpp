#include "ui/pages/overview_figures.h"

#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <QCoreApplication>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(OverviewFigures)
};

constexpr int kRiskBins = 20;
constexpr std::size_t kReportsRead = 50; ///< many may be of the same snapshot

} // namespace

OverviewFigures overviewFigures(const std::vector<UserState> &all,
                                const std::vector<UserState> &chosen)
{
    OverviewFigures figures;
    figures.stages = stageFigures(all);
    figures.users = static_cast<std::int64_t>(chosen.size());
    for (const UserState &state : chosen) {
        figures.active += state.stage != Stage::Dormant && state.stage != Stage::Churned ? 1 : 0;
        figures.realised += state.realised;
        figures.predicted += state.predictedValue.value_or(0.0);
        figures.predictedUsers += state.predictedValue ? 1 : 0;
    }
    figures.atRisk = atRisk(chosen);
    figures.risk = churnRiskDistribution(chosen, kRiskBins);
    figures.predictedValues = valueDistribution(chosen, ValueKind::Predicted);
    return figures;
}

Result<OverviewFigures> readOverviewFigures(const Project &project, const Segment &segment,
                                            const Task &task)
{
    const Result<UserStateLabel> label = readUserStateLabel(project);
    if (!label) {
        return label.error();
    }
    const Result<UserStates> states = segment->everybodysStates(project, task);
    if (!states) {
        return states.error();
    }
    if (task.cancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    const Result<UserStates> chosen = readStatesOf(project, *segment, task);
    if (!chosen) {
        return chosen.error();
    }
    OverviewFigures figures = overviewFigures(**states, **chosen);
    figures.label = *label;
    const auto reports = readScoreReports(project, kReportsRead);
    if (!reports) {
        return reports.error();
    }
    for (const ScoreReport &report : *reports) {
        if (!figures.now) {
            figures.now = report;
        } else if (report.label.snapshot < label->snapshot) {
            figures.before = report;
            break;
        }
    }
    return figures;
}

std::int64_t activeUsers(const std::array<std::int64_t, kStageCount> &stages)
{
    std::int64_t active = 0;
    for (const Stage stage : kStages) {
        active += stage != Stage::Dormant && stage != Stage::Churned
                      ? stages[static_cast<std::size_t>(stage)]
                      : 0;
    }
    return active;
}

std::vector<TableModel::Row> changeRows(const ScoreReport &before, const ScoreReport &now)
{
    std::vector<TableModel::Row> rows;
    const auto add = [&rows](const QString &name, const QString &then, const QString &today,
                             const QString &change) {
        rows.push_back({name, then, today, change});
    };
    const auto addCount = [&](const QString &name, std::int64_t then, std::int64_t today) {
        add(name, countText(then), countText(today),
            signedFullText(static_cast<double>(today - then), 0));
    };
    addCount(Words::tr("Users"), before.users, now.users);
    for (const Stage stage : kStages) {
        const auto k = static_cast<std::size_t>(stage);
        addCount(stageText(stage), before.stages[k], now.stages[k]);
    }
    const UserStateLabel &then = before.label, &today = now.label;
    const auto addMoney = [&](const QString &name, double a, double b) {
        add(name, shortMoneyText(a, QString::fromStdString(then.currency)),
            shortMoneyText(b, QString::fromStdString(today.currency)),
            a > 0 ? signedPercentText(b / a - 1.0) : kMissing);
    };
    if (then.currency == today.currency) {
        addMoney(Words::tr("Realised value"), before.realised, now.realised);
    }
    const bool isSameWindow = then.horizonDays == today.horizonDays &&
                              then.currency == today.currency && then.margin == today.margin &&
                              then.discountPerYear == today.discountPerYear;
    if (isSameWindow && before.predictedValue && now.predictedValue) {
        addMoney(Words::tr("Predicted value"), *before.predictedValue, *now.predictedValue);
    }
    if (isSameWindow && before.valueAtRisk && now.valueAtRisk) {
        addMoney(Words::tr("Value at risk"), *before.valueAtRisk, *now.valueAtRisk);
    }
    if (then.horizonDays == today.horizonDays && then.churnSource == today.churnSource &&
        before.meanChurnRisk && now.meanChurnRisk) {
        add(Words::tr("Mean churn risk"), percentText(*before.meanChurnRisk),
            percentText(*now.meanChurnRisk),
            Words::tr("%1 points").arg(
                signedFullText(100.0 * (*now.meanChurnRisk - *before.meanChurnRisk), 1)));
    }
    return rows;
}

} // namespace perennial
