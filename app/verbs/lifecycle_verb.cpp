#include "app/verbs/arguments.h"
#include "app/verbs/lifecycle_output.h"
#include "app/verbs/open_project.h"
#include "app/verbs/verbs.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

#include <algorithm>

namespace perennial {

namespace {

constexpr std::size_t kMostHistory = 60;
constexpr std::size_t kMostMoves = 12; ///< of the test of stationarity

QString tr(const char *text)
{
    return QCoreApplication::translate("LifecycleVerb", text);
}

/// Core's names of what was wrong, as the options they came from.
Error asOption(Error error)
{
    if (error.code == ErrorCode::InvalidArgument) {
        const bool isBracket = error.where == "brackets";
        error.where = isBracket ? "--retention" : error.where == "by" ? "--by" : error.where;
    }
    return error;
}

class LifecycleVerb final : public Verb {
public:
    std::string name() const override { return "lifecycle"; }
    QString summary() const override
    {
        return tr("Where every user stands, how the active users changed, and who came back");
    }
    QString jsonHelp() const override { return lifecycleJsonHelp(); }
    void setUp(CLI::App &command) override
    {
        command.add_option("PROJECT", m_path, "project file")->required();
        command.add_option("--at", m_at, "snapshot day, YYYY-MM-DD");
        command.add_option("--from", m_from,
                           "first day of the transitions; a period before the snapshot");
        command.add_option("--period", m_period, "of the flows: day, week or month");
        command.add_option("--cohorts", m_cohorts, "by first-event or first-purchase")
            ->check(CLI::IsMember({"first-event", "first-purchase"}));
        command.add_option("--cohort-period", m_cohortPeriod,
                           "day, week, month or quarter; the flows' otherwise");
        command.add_option("--clock", m_clock,
                           "periods of the calendar, or 24h: of a day, week, … from each user's "
                           "own start")
            ->check(CLI::IsMember({"calendar", "24h"}));
        command.add_option("--retention", m_retention,
                           "exact, unbounded, or brackets of periods: 1-3,4-7");
        command.add_option("--by", m_by,
                           "cohorts by an attribute: channel, first_category, first_campaign, …");
        command.add_option("--drivers", m_drivers,
                           "of this stage: what goes with a lower one at the end");
    }

    Result<VerbOutput> run(const Task &task) override
    {
        const auto project = openToRead(m_path);
        if (!project) {
            return project.error();
        }
        const auto options = readOptions(*project);
        if (!options) {
            return options.error();
        }
        const auto retention = readRetentionOptions(options->period);
        if (!retention) {
            return retention.error();
        }
        const auto report = reportOf(*project, *options, *retention, task);
        if (!report) {
            return asOption(report.error());
        }
        VerbOutput output;
        output.json = lifecycleJson(*report);
        output.text = lifecycleText(*report);
        return output;
    }

private:
    Result<LifecycleOptions> readOptions(const Project &project) const
    {
        const auto settings = readSettings(project);
        if (!settings) {
            return settings.error();
        }
        LifecycleOptions options = lifecycleOptionsFrom(*settings);
        const auto at = dayArgument(m_at, "--at");
        if (!at) {
            return at.error();
        }
        const auto period = periodArgument(m_period, "--period");
        if (!period) {
            return period.error();
        }
        options.at = *at ? *at : options.at;
        options.period = period->value_or(options.period);
        return options;
    }

    Result<RetentionOptions> readRetentionOptions(Period period) const
    {
        RetentionOptions options;
        options.anchor = m_cohorts == "first-purchase" ? CohortAnchor::FirstPurchase
                                                       : CohortAnchor::FirstEvent;
        const std::string name =
            m_cohortPeriod.empty() ? std::string(periodName(period)) : m_cohortPeriod;
        const auto cohortPeriod = cohortPeriodFromName(name);
        if (!cohortPeriod) {
            return fail(ErrorCode::InvalidArgument, name, "--cohort-period");
        }
        options.period = *cohortPeriod;
        if (m_retention == "unbounded") {
            options.kind = RetentionKind::Unbounded;
        } else if (!m_retention.empty() && m_retention != "exact") {
            const auto brackets = bracketsFromText(m_retention);
            if (!brackets) {
                return fail(ErrorCode::InvalidArgument, m_retention, "--retention");
            }
            options.kind = RetentionKind::Bracket;
            options.brackets = *brackets;
        }
        return options;
    }

    /// The first day of the transitions.
    Result<Day> firstDay(Day at, Period period) const
    {
        const auto given = dayArgument(m_from, "--from");
        if (!given) {
            return given.error();
        }
        if (*given && **given >= at) {
            return fail(ErrorCode::InvalidArgument, m_from, "--from");
        }
        const int days = period == Period::Month ? 30 : period == Period::Week ? 7 : 1;
        return given->value_or(at - days);
    }

    Result<LifecycleReport> reportOf(const Project &project, const LifecycleOptions &options,
                                     const RetentionOptions &retention, const Task &task) const
    {
        LifecycleReport report;
        const auto rows = readLifecycleRows(project, options.at, task.part(0.0, 0.3));
        if (!rows) {
            return rows.error();
        }
        const auto from = firstDay(rows->at, options.period);
        if (!from) {
            return from.error();
        }
        const auto now = computeLifecycle(rows->days, rows->users, rows->at, options,
                                          task.part(0.3, 0.4));
        if (!now) {
            return now.error();
        }
        report.now = *now;
        auto history = stageHistory(
            rows->days, rows->users,
            periodEnds(firstKnown(**now), rows->at, options.period, kMostHistory),
            options.thresholds, (*now)->churnedAfter.days, task.part(0.4, 0.5));
        if (!history) {
            return history.error();
        }
        report.history = *std::move(history);
        // As long before the first day as the last is after it: for the test of order.
        const std::vector<Day> three{daysAfter(*from, std::int64_t{*from} - rows->at), *from,
                                     rows->at};
        const auto moves = stageHistory(rows->days, rows->users, three, options.thresholds,
                                        (*now)->churnedAfter.days, task.part(0.5, 0.6));
        if (!moves) {
            return moves.error();
        }
        if (const Status told = addMoves(report, *moves); !told) {
            return told.error();
        }
        const auto activity =
            readActivity(project, rows->at, clockOf(retention.anchor), task.part(0.6, 0.8));
        if (!activity) {
            return activity.error();
        }
        if (const Status told =
                addRetention(report, project, *activity, retention, task.part(0.8, 0.9));
            !told) {
            return told.error();
        }
        if (const Status told =
                addDrivers(report, project, *activity, *moves, task.part(0.9, 1.0));
            !told) {
            return told.error();
        }
        return report;
    }

    static Day firstKnown(const LifecycleResult &now)
    {
        return std::ranges::min(now.users, {}, &LifecycleUser::knownSince).knownSince;
    }

    static Status addMoves(LifecycleReport &report, const StageHistory &three)
    {
        LifecycleMoves &moves = report.moves;
        const auto matrix = transitionMatrix(three, 1, 2, moves.options);
        const auto independence = testIndependence(three, 1, 2);
        const auto secondOrder = testSecondOrder(three, 0, 1, 2);
        for (const Error *error : {matrix ? nullptr : &matrix.error(),
                                   independence ? nullptr : &independence.error(),
                                   secondOrder ? nullptr : &secondOrder.error()}) {
            if (error) {
                return *error;
            }
        }
        moves.matrix = *matrix;
        moves.independence = *independence;
        moves.secondOrder = *secondOrder;
        moves.before = three.ends.front();
        // A period that isn't over has had less time to move in.
        const StageHistory &history = report.history;
        const Day at = report.now->at;
        const Period period = report.now->period;
        const bool isOver = nextPeriodStart(periodStart(at, period), period) - 1 == at;
        const std::size_t whole = history.ends.size() - (isOver ? 0 : 1);
        const std::size_t last = whole > 0 ? whole - 1 : 0;
        if (last >= 2) {
            const std::size_t first = last - std::min(last, kMostMoves);
            const auto stationarity = testStationarity(history, first, last);
            if (!stationarity) {
                return stationarity.error();
            }
            moves.stationarity = *stationarity;
            moves.stationaryFrom = history.ends[first];
            moves.stationaryMoves = static_cast<std::int64_t>(last - first);
        }
        return Done{};
    }

    ActivityClock clockOf(CohortAnchor anchor) const
    {
        return m_clock != "24h"                     ? ActivityClock::Calendar
               : anchor == CohortAnchor::FirstEvent ? ActivityClock::SinceFirstEvent
                                                    : ActivityClock::SinceFirstPurchase;
    }

    Status addRetention(LifecycleReport &report, const Project &project,
                        const ActivityTable &activity, const RetentionOptions &options,
                        const Task &task) const
    {
        const Day at = report.now->at;
        std::optional<UserLabels> labels;
        if (!m_by.empty()) {
            auto read = readUserLabels(project, m_by, at);
            if (!read) {
                return read.error();
            }
            labels = *std::move(read);
        }
        const auto retention = computeRetention(activity, at, labels ? &*labels : nullptr, options,
                                                task);
        if (retention) {
            report.retention = *retention;
            return Done{};
        }
        // Users who have only signed up have a stage, but began nothing.
        return retention.error().code == ErrorCode::NoEvents ? Status(Done{})
                                                             : Status(retention.error());
    }

    /// @param activity on the clock of the retention; drivers are of the calendar.
    Status addDrivers(LifecycleReport &report, const Project &project,
                      const ActivityTable &activity, const StageHistory &three,
                      const Task &task) const
    {
        if (m_drivers.empty()) {
            return Done{};
        }
        const auto stage = stageFromName(m_drivers);
        if (!stage || stagesBelow(*stage).none()) {
            return fail(ErrorCode::InvalidArgument, m_drivers, "--drivers");
        }
        std::optional<ActivityTable> calendar;
        if (activity.clock != ActivityClock::Calendar) {
            auto read = readActivity(project, report.now->at, ActivityClock::Calendar, task);
            if (!read) {
                return read.error();
            }
            calendar = *std::move(read);
        }
        const DriverQuestion question{1, 2, *stage, stagesBelow(*stage), stagesFrom(*stage)};
        const auto list = findDrivers(project, three, calendar ? *calendar : activity, question, {},
                                      task);
        if (!list) {
            return list.error();
        }
        report.drivers = LifecycleDrivers{*stage, *list};
        return Done{};
    }

    std::string m_path, m_at, m_from, m_period, m_cohorts, m_cohortPeriod, m_clock, m_retention;
    std::string m_by, m_drivers;
};

} // namespace

std::unique_ptr<Verb> makeLifecycleVerb()
{
    return std::make_unique<LifecycleVerb>();
}

} // namespace perennial
