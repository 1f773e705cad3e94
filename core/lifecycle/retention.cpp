#include "core/lifecycle/retention.h"

#include "core/lifecycle/retention_frame.h"
#include "core/numeric/proportions.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace perennial {

namespace {

constexpr std::size_t kUsersPerCheck = 16384;

std::optional<std::int32_t> numberIn(std::string_view text)
{
    while (text.starts_with(' ')) {
        text.remove_prefix(1);
    }
    while (text.ends_with(' ')) {
        text.remove_suffix(1);
    }
    std::int32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isWhole = error == std::errc{} && end == text.data() + text.size();
    return isWhole && value >= 0 ? std::optional(value) : std::nullopt;
}

void addMoney(Money &sum, Money amount) noexcept
{
    if (__builtin_add_overflow(sum, amount, &sum)) {
        sum = amount > 0 ? std::numeric_limits<Money>::max() : std::numeric_limits<Money>::min();
    }
}

/// A user's days of one period.
struct UserPeriod {
    std::int64_t number = 0;
    std::int64_t orders = 0;
    Money net = 0;
};

/// Adds users to the cells, column by column.
class CellFold {
public:
    explicit CellFold(const RetentionFrame &frame, RetentionKind kind)
        : m_frame(frame), m_kind(kind),
          m_cells(frame.cohorts().size(), std::vector<RetentionCell>(frame.columns().size()))
    {
    }

    /// @param periods rising. @param lastWhole observed up to that; later ones count for cohorts in
    /// time only.
    void add(std::int32_t cohort, const std::vector<UserPeriod> &periods, std::int64_t lastWhole)
    {
        const auto &columns = m_frame.columns();
        std::vector<RetentionCell> &cells = m_cells[static_cast<std::size_t>(cohort)];
        const auto after = std::ranges::upper_bound(columns, lastWhole, {}, &PeriodRange::to);
        const auto open = m_frame.isByTime()
                              ? columns.size()
                              : static_cast<std::size_t>(after - columns.begin());
        if (open == 0) {
            return;
        }
        ++cells[open - 1].users; // summed from the end later
        if (m_kind == RetentionKind::Unbounded) {
            addUnbounded(cells, periods, open);
        } else {
            addRanges(cells, periods, open);
        }
    }

    std::vector<std::vector<RetentionCell>> take()
    {
        for (std::vector<RetentionCell> &cells : m_cells) {
            for (std::size_t n = cells.size(); n-- > 1;) {
                cells[n - 1].users += cells[n].users;
                if (m_kind == RetentionKind::Unbounded) {
                    cells[n - 1].active += cells[n].active;
                    cells[n - 1].ordering += cells[n].ordering;
                    cells[n - 1].orders += cells[n].orders;
                    addMoney(cells[n - 1].net, cells[n].net);
                }
            }
        }
        return std::move(m_cells);
    }

private:
    void addRanges(std::vector<RetentionCell> &cells, const std::vector<UserPeriod> &periods,
                   std::size_t open)
    {
        const auto &columns = m_frame.columns();
        std::size_t n = 0;
        bool isActive = false; // in column n, so far
        bool hasOrdered = false;
        for (const UserPeriod &period : periods) {
            while (n < open && columns[n].to < period.number) {
                ++n;
                isActive = hasOrdered = false;
            }
            if (n == open) {
                return;
            }
            if (period.number < columns[n].from) {
                continue;
            }
            cells[n].active += isActive ? 0 : 1;
            isActive = true;
            if (period.orders > 0) {
                cells[n].ordering += hasOrdered ? 0 : 1;
                hasOrdered = true;
            }
            cells[n].orders += period.orders;
            addMoney(cells[n].net, period.net);
        }
    }

    /// To the last column that it counts for; take() carries it to those before.
    static void addUnbounded(std::vector<RetentionCell> &cells,
                             const std::vector<UserPeriod> &periods, std::size_t open)
    {
        const auto columnOf = [&](const UserPeriod &period) {
            return std::min(static_cast<std::size_t>(period.number), open - 1);
        };
        ++cells[columnOf(periods.back())].active;
        const auto lastOrder = std::find_if(periods.rbegin(), periods.rend(),
                                            [](const UserPeriod &p) { return p.orders > 0; });
        if (lastOrder != periods.rend()) {
            ++cells[columnOf(*lastOrder)].ordering;
        }
        for (const UserPeriod &period : periods) {
            cells[columnOf(period)].orders += period.orders;
            addMoney(cells[columnOf(period)].net, period.net);
        }
    }

    const RetentionFrame &m_frame;
    RetentionKind m_kind;
    std::vector<std::vector<RetentionCell>> m_cells;
};

/// Cells that have begun, with their dates; of an attribute those that somebody has lived through.
void keepBegun(RetentionCohort &cohort, const RetentionFrame &frame, std::size_t c, Day at)
{
    const auto &columns = frame.columns();
    std::size_t kept = 0;
    for (; kept < columns.size(); ++kept) {
        RetentionCell &cell = cohort.cells[kept];
        if (frame.isByTime()) {
            if (columns[kept].from > frame.lastBegun(c)) {
                break;
            }
            cell.completeOn = frame.completeOn(c, columns[kept].to);
            cell.mature = *cell.completeOn <= at;
        } else if (cell.users == 0) {
            break;
        }
    }
    cohort.cells.resize(kept);
}

std::optional<double> perUser(double sum, std::int64_t users)
{
    return users > 0 ? std::optional(sum / static_cast<double>(users)) : std::nullopt;
}

std::vector<RetentionPoint> curveOf(const RetentionResult &result)
{
    std::vector<RetentionPoint> curve(result.columns.size());
    for (const RetentionCohort &cohort : result.cohorts) {
        for (std::size_t n = 0; n < cohort.cells.size(); ++n) {
            const RetentionCell &cell = cohort.cells[n];
            if (cell.mature) {
                RetentionPoint &point = curve[n];
                point.users += cell.users;
                point.active += cell.active;
                point.ordering += cell.ordering;
                point.orders += cell.orders;
                addMoney(point.net, cell.net);
            }
        }
    }
    for (RetentionPoint &point : curve) {
        const auto n = static_cast<double>(point.users);
        point.activeShare = perUser(static_cast<double>(point.active), point.users);
        point.orderingShare = perUser(static_cast<double>(point.ordering), point.users);
        point.ordersPerUser = perUser(static_cast<double>(point.orders), point.users);
        point.netPerUser = perUser(toUnits(point.net), point.users);
        if (point.users > 0) {
            point.activeInterval = wilsonInterval(*point.activeShare, n, result.options.level);
            point.orderingInterval =
                wilsonInterval(*point.orderingShare, n, result.options.level);
        }
    }
    return curve;
}

Result<CellFold> foldUsers(const ActivityTable &activity, const RetentionFrame &frame,
                           RetentionKind kind, const Task &task)
{
    CellFold fold(frame, kind);
    std::vector<UserPeriod> periods;
    for (std::size_t i = 0; i < activity.size(); ++i) {
        if (i % kUsersPerCheck == 0) {
            if (task.cancelled()) {
                return fail(ErrorCode::Cancelled);
            }
            task.progress(static_cast<double>(i) / static_cast<double>(activity.size()),
                          "retention");
        }
        const RetentionFrame::Member member = frame.member(i);
        if (member.cohort < 0) {
            continue;
        }
        periods.clear();
        for (std::size_t row = member.from; row < member.to; ++row) {
            const std::int64_t number = frame.periodOf(i, row);
            if (periods.empty() || periods.back().number != number) {
                periods.push_back({number, 0, 0});
            }
            periods.back().orders += activity.orders[row];
            addMoney(periods.back().net, activity.net[row]);
        }
        fold.add(member.cohort, periods, frame.lastWhole(i));
    }
    return fold;
}

} // namespace

std::optional<std::vector<PeriodRange>> bracketsFromText(std::string_view text)
{
    std::vector<PeriodRange> brackets;
    while (true) {
        const std::string_view part = text.substr(0, text.find(','));
        const auto dash = part.find('-');
        const auto from = numberIn(part.substr(0, dash));
        const auto to = dash == std::string_view::npos ? from : numberIn(part.substr(dash + 1));
        if (!from || !to) {
            return std::nullopt;
        }
        brackets.push_back({*from, *to});
        if (part.size() == text.size()) {
            return brackets;
        }
        text.remove_prefix(part.size() + 1);
    }
}

std::string_view cohortAnchorName(CohortAnchor anchor) noexcept
{
    return anchor == CohortAnchor::FirstEvent ? "first_event" : "first_purchase";
}

std::string_view retentionKindName(RetentionKind kind) noexcept
{
    switch (kind) {
    case RetentionKind::Exact: return "exact";
    case RetentionKind::Unbounded: return "unbounded";
    case RetentionKind::Bracket: return "bracket";
    }
    return "exact";
}

Result<std::shared_ptr<const RetentionResult>>
computeRetention(const ActivityTable &activity, Day at, const UserLabels *labels,
                 const RetentionOptions &options, const Task &task)
{
    const auto frame = RetentionFrame::of(activity, at, labels, options, task);
    if (!frame) {
        return frame.error();
    }
    auto fold = foldUsers(activity, *frame, options.kind, task);
    if (!fold) {
        return fold.error();
    }
    auto cells = fold->take();
    auto result = std::make_shared<RetentionResult>();
    result->at = at;
    result->clock = activity.clock;
    result->options = options;
    result->by = labels ? labels->name : std::string();
    result->columns = frame->columns();
    result->cohorts = frame->cohorts();
    result->olderUsers = frame->olderUsers();
    for (std::size_t c = 0; c < result->cohorts.size(); ++c) {
        result->cohorts[c].cells = std::move(cells[c]);
        keepBegun(result->cohorts[c], *frame, c, at);
    }
    result->curve = curveOf(*result);
    task.progress(1.0, "retention");
    return std::shared_ptr<const RetentionResult>(std::move(result));
}

std::vector<double> cumulativeNetPerUser(const RetentionCohort &cohort)
{
    std::vector<double> cumulative;
    double sum = 0.0;
    for (const RetentionCell &cell : cohort.cells) {
        sum += toUnits(cell.net) / static_cast<double>(cell.users);
        cumulative.push_back(sum);
    }
    return cumulative;
}

} // namespace perennial
