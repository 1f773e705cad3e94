#include "core/lifecycle/transition_tests.h"

#include "core/numeric/proportions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace perennial {

namespace {

using Row = std::array<std::int64_t, kStageCount>;

/// Sums up tests of independence in tables of seven columns.
class ChiSquareSum {
public:
    void add(const std::vector<Row> &table)
    {
        Row columns{};
        std::int64_t all = 0;
        std::int64_t rowsUsed = 0;
        for (const Row &row : table) {
            const std::int64_t users = sumOf(row);
            rowsUsed += users > 0 ? 1 : 0;
            all += users;
            for (std::size_t j = 0; j < kStageCount; ++j) {
                columns[j] += row[j];
            }
        }
        m_users += all;
        const auto columnsUsed =
            static_cast<std::int64_t>(kStageCount - std::ranges::count(columns, 0));
        if (rowsUsed < 2 || columnsUsed < 2) {
            return;
        }
        m_df += (rowsUsed - 1) * (columnsUsed - 1);
        for (const Row &row : table) {
            addRow(row, columns, static_cast<double>(all));
        }
    }

    LikelihoodRatioTest test() const
    {
        LikelihoodRatioTest test;
        test.users = m_users;
        test.df = m_df;
        if (m_df == 0) {
            return test;
        }
        test.chi2 = std::max(2.0 * m_sum, 0.0);
        test.p = chiSquareTail(test.chi2, static_cast<double>(m_df));
        const bool isSparse = m_below1 > 0 || 5 * m_below5 > m_cells;
        test.ground = isSparse ? TestGround::Sparse : TestGround::Sound;
        return test;
    }

private:
    static std::int64_t sumOf(const Row &row)
    {
        std::int64_t sum = 0;
        for (const std::int64_t users : row) {
            sum += users;
        }
        return sum;
    }

    void addRow(const Row &row, const Row &columns, double all)
    {
        const auto users = static_cast<double>(sumOf(row));
        for (std::size_t j = 0; users > 0 && j < kStageCount; ++j) {
            if (columns[j] == 0) {
                continue;
            }
            const double expected = users * static_cast<double>(columns[j]) / all;
            const auto seen = static_cast<double>(row[j]);
            m_sum += row[j] > 0 ? seen * std::log(seen / expected) : 0.0;
            ++m_cells;
            m_below5 += expected < 5.0 ? 1 : 0;
            m_below1 += expected < 1.0 ? 1 : 0;
        }
    }

    double m_sum = 0;
    std::int64_t m_df = 0, m_users = 0, m_cells = 0, m_below5 = 0, m_below1 = 0;
};

Status checkRising(const StageHistory &history, std::initializer_list<std::size_t> ends)
{
    const bool rises = std::ranges::adjacent_find(ends, std::greater_equal<>()) == ends.end();
    if (!rises || std::ranges::max(ends) >= history.ends.size()) {
        return fail(ErrorCode::InvalidArgument, {}, "dates");
    }
    return Done{};
}

std::size_t indexOf(std::optional<Stage> stage) noexcept
{
    return static_cast<std::size_t>(*stage);
}

} // namespace

std::string_view testGroundName(TestGround ground) noexcept
{
    switch (ground) {
    case TestGround::Sound: return "sound";
    case TestGround::Sparse: return "sparse";
    case TestGround::TooLittleData: return "too_little_data";
    }
    return "too_little_data";
}

Result<LikelihoodRatioTest> testIndependence(const StageHistory &history, std::size_t first,
                                             std::size_t second)
{
    if (const Status rising = checkRising(history, {first, second}); !rising) {
        return rising.error();
    }
    std::vector<Row> table(kStageCount);
    for (std::size_t u = 0; u < history.user.size(); ++u) {
        if (const auto before = history.stageAt(u, first)) {
            ++table[indexOf(before)][indexOf(history.stageAt(u, second))];
        }
    }
    ChiSquareSum sum;
    sum.add(table);
    return sum.test();
}

Result<LikelihoodRatioTest> testSecondOrder(const StageHistory &history, std::size_t first,
                                            std::size_t second, std::size_t third)
{
    if (const Status rising = checkRising(history, {first, second, third}); !rising) {
        return rising.error();
    }
    std::vector<std::vector<Row>> byMiddle(kStageCount, std::vector<Row>(kStageCount));
    for (std::size_t u = 0; u < history.user.size(); ++u) {
        if (const auto before = history.stageAt(u, first)) {
            const std::size_t middle = indexOf(history.stageAt(u, second));
            ++byMiddle[middle][indexOf(before)][indexOf(history.stageAt(u, third))];
        }
    }
    ChiSquareSum sum;
    for (const std::vector<Row> &table : byMiddle) {
        sum.add(table);
    }
    return sum.test();
}

Result<LikelihoodRatioTest> testStationarity(const StageHistory &history, std::size_t first,
                                             std::size_t last)
{
    if (const Status rising = checkRising(history, {first, first + 1, last}); !rising) {
        return rising.error();
    }
    // By stage gone from: a row per move.
    std::vector<std::vector<Row>> byStage(kStageCount, std::vector<Row>(last - first));
    for (std::size_t u = 0; u < history.user.size(); ++u) {
        std::optional<Stage> before = history.stageAt(u, first);
        for (std::size_t end = first + 1; end <= last; ++end) {
            const std::optional<Stage> after = history.stageAt(u, end);
            if (before) {
                ++byStage[indexOf(before)][end - first - 1][indexOf(after)];
            }
            before = after;
        }
    }
    ChiSquareSum sum;
    for (const std::vector<Row> &table : byStage) {
        sum.add(table);
    }
    return sum.test();
}

} // namespace perennial
