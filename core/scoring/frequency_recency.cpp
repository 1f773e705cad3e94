#include "core/scoring/frequency_recency.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace perennial {

namespace {

constexpr std::int32_t kMostSingleRows = 10; ///< x = 0 … 9, then all above
constexpr std::int32_t kMostColumns = 16;
constexpr std::array kColumnDays{7, 14, 28, 56, 91, 182, 364};

/// x and whole days since the last order of everybody who has ordered.
struct Customers {
    std::vector<std::int32_t> x, days;
};

Customers customersOf(std::span<const UserState> states, Day snapshot)
{
    Customers customers;
    for (const UserState &state : states) {
        if (state.orders > 0 && state.lastOrderDay && *state.lastOrderDay <= snapshot) {
            customers.x.push_back(state.orders - 1);
            customers.days.push_back(snapshot - *state.lastOrderDay);
        }
    }
    return customers;
}

void setRows(FrequencyRecency &grid, std::vector<std::int32_t> x)
{
    std::sort(x.begin(), x.end());
    const std::int32_t most = x.back();
    for (std::int32_t from = 0; from <= std::min(most, kMostSingleRows); ++from) {
        grid.rowFrom.push_back(from);
        grid.rowAt.push_back(from);
    }
    if (most > kMostSingleRows) {
        const auto first = std::lower_bound(x.begin(), x.end(), kMostSingleRows);
        grid.rowAt.back() = *(first + (x.end() - first) / 2);
    }
}

void setColumns(FrequencyRecency &grid, std::int32_t most)
{
    const auto fits = [most](int days) { return most / days < kMostColumns; };
    const auto width = std::find_if(kColumnDays.begin(), kColumnDays.end(), fits);
    grid.columnDays = width != kColumnDays.end() ? *width : kColumnDays.back();
    const std::int32_t columns = std::min(kMostColumns, most / grid.columnDays + 1);
    for (std::int32_t j = 0; j < columns; ++j) {
        grid.columnFrom.push_back(j * grid.columnDays);
    }
}

void countUsers(FrequencyRecency &grid, const Customers &customers)
{
    grid.users.assign(grid.rowFrom.size(), std::vector<std::int64_t>(grid.columnFrom.size(), 0));
    for (std::size_t i = 0; i < customers.x.size(); ++i) {
        const auto row = std::min<std::size_t>(static_cast<std::size_t>(customers.x[i]),
                                               grid.rowFrom.size() - 1);
        const auto column =
            std::min<std::size_t>(static_cast<std::size_t>(customers.days[i] / grid.columnDays),
                                  grid.columnFrom.size() - 1);
        ++grid.users[row][column];
    }
}

} // namespace

Result<FrequencyRecency> frequencyRecency(const ModelFit &fit, Period period, double tenure,
                                          std::span<const UserState> states, Day snapshot,
                                          int horizonDays)
{
    const auto model = findFrequencyModel(fit.reportedModel);
    if (!model) {
        return model.error();
    }
    if (!fit.usable()) {
        return fail(ErrorCode::NotTrained, fit.reason, fit.model);
    }
    const Customers customers = customersOf(states, snapshot);
    if (customers.x.empty()) {
        return fail(ErrorCode::NoPurchases);
    }
    FrequencyRecency grid;
    grid.tenure = tenure;
    setRows(grid, customers.x);
    setColumns(grid, *std::max_element(customers.days.begin(), customers.days.end()));
    countUsers(grid, customers);
    const double unit = daysPer(period), horizon = horizonDays / unit;
    const bool wholePeriods = (*model)->clock() == OrderClock::WholePeriods;
    for (const std::int32_t x : grid.rowAt) {
        std::vector<double> &orders = grid.expectedOrders.emplace_back();
        std::vector<double> &alive = grid.pAlive.emplace_back();
        for (const std::int32_t from : grid.columnFrom) {
            const double since = (from + (grid.columnDays - 1) / 2.0) / unit;
            RepeatHistory h{x, x > 0 ? tenure - since : 0.0, x > 0 ? tenure : since};
            if (wholePeriods) {
                h.tx = std::floor(h.tx);
                h.T = std::floor(h.T);
            }
            if (h.tx < 0.0 || (wholePeriods && h.tx < x)) { // no room for so many orders
                orders.push_back(std::numeric_limits<double>::quiet_NaN());
                alive.push_back(std::numeric_limits<double>::quiet_NaN());
                continue;
            }
            alive.push_back((*model)->pAlive(fit.parameters, h));
            orders.push_back(alive.back() *
                             (*model)->expectedWhileAlive(fit.parameters, h, horizon));
        }
    }
    return grid;
}

} // namespace perennial
