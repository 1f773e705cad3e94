#include "core/scenario/customer_groups.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>
#include <tuple>

namespace perennial {

namespace {

/// Ten digits near the fit and six where a draw's alpha is a fifth of the fit's; see tst_draw_future.
constexpr std::size_t kNodes = 14;

struct Customer {
    std::int32_t x = 0;
    double T = 0;
    std::uint8_t stage = 0;
    double tx = 0;
    std::int32_t spendDays = 0;
    double spend = 0;

    auto cell() const { return std::tie(x, T, stage); }
    auto row() const { return std::tie(x, T, stage, tx, spendDays); }
};

std::vector<Customer> sortedCustomers(const CustomerSummary &summary,
                                      const std::vector<Stage> &stages)
{
    std::vector<Customer> customers(summary.size());
    for (std::size_t i = 0; i < customers.size(); ++i) {
        // As the spend models have it: a mean that is not positive says nothing.
        const bool spent = summary.spendDays[i] > 0 && summary.meanSpend[i] > 0;
        customers[i] = {summary.x[i],
                        summary.T[i],
                        static_cast<std::uint8_t>(stages[i]),
                        summary.tx[i],
                        spent ? summary.spendDays[i] : 0,
                        spent ? summary.meanSpend[i] : 0};
    }
    std::stable_sort(customers.begin(), customers.end(),
                     [](const Customer &a, const Customer &b) { return a.row() < b.row(); });
    return customers;
}

/// Numbers the distinct values it is asked about.
template <class Value>
class Numbers {
public:
    std::uint32_t operator()(Value value)
    {
        const auto [at, added] =
            m_of.emplace(value, static_cast<std::uint32_t>(m_values.size()));
        if (added) {
            m_values.push_back(value);
        }
        return at->second;
    }
    std::vector<Value> take() { return std::move(m_values); }

private:
    std::map<Value, std::uint32_t> m_of;
    std::vector<Value> m_values;
};

/// Chebyshev points of the second kind between two tenures, in y = log(scale + T).
std::vector<double> chebyshevTenures(double first, double last, double scale)
{
    const double from = std::log(scale + first), to = std::log(scale + last);
    std::vector<double> nodes(kNodes);
    for (std::size_t i = 0; i < kNodes; ++i) {
        const double z = std::cos(std::numbers::pi * static_cast<double>(i) / (kNodes - 1));
        nodes[i] = std::max(0.0, std::exp((from + to) / 2 - z * (to - from) / 2) - scale);
    }
    nodes.front() = first;
    nodes.back() = last;
    return nodes;
}

/// Barycentric weights of a tenure in those points.
/// Source: Berrut & Trefethen (2004), "Barycentric Lagrange interpolation", SIAM Review 46(3).
void appendWeights(const std::vector<double> &nodes, double T, double scale, bool interpolate,
                   std::vector<double> &out)
{
    const std::size_t start = out.size();
    out.resize(start + nodes.size(), 0.0);
    const auto exact = std::find(nodes.begin(), nodes.end(), T);
    if (!interpolate || exact != nodes.end()) {
        out[start + static_cast<std::size_t>(exact - nodes.begin())] = 1;
        return;
    }
    const double y = std::log(scale + T);
    double total = 0;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const double end = i == 0 || i + 1 == nodes.size() ? .5 : 1;
        const double w = (i % 2 == 0 ? end : -end) / (y - std::log(scale + nodes[i]));
        out[start + i] = w;
        total += w;
    }
    for (std::size_t i = start; i < out.size(); ++i) {
        out[i] /= total;
    }
}

void addRow(CustomerGroups &groups, const Customer &customer, Numbers<double> &times,
            Numbers<std::int32_t> &spendDays)
{
    groups.times.x.push_back(customer.x);
    groups.times.tx.push_back(times(customer.tx));
    groups.times.T.push_back(times(customer.T));
    groups.count.push_back(0);
    groups.spendSum.push_back(0);
    groups.spendDays.push_back(customer.spendDays);
    groups.spendClass.push_back(spendDays(customer.spendDays));
}

/// The curve of customers [first, last), which have one x, with weights for each of its cells.
void addCurve(CustomerGroups &groups, std::span<const Customer> customers, double scale)
{
    std::vector<double> tenures;
    for (const Customer &customer : customers) {
        if (tenures.empty() || tenures.back() != customer.T) {
            tenures.push_back(customer.T);
        }
    }
    const bool interpolate = tenures.size() > kNodes;
    CustomerGroups::Curve curve{
        customers.front().x,
        interpolate ? chebyshevTenures(tenures.front(), tenures.back(), scale) : tenures};
    const auto index = static_cast<std::uint32_t>(groups.curves.size());
    double weightedT = -1;
    std::uint32_t weights = 0;
    for (CustomerGroups::Cell &cell : groups.cells) {
        if (cell.curve != index) {
            continue;
        }
        const double T = groups.times.value[groups.times.T[cell.firstRow]];
        if (T != weightedT) {
            weights = static_cast<std::uint32_t>(groups.nodeWeights.size());
            appendWeights(curve.nodes, T, scale, interpolate, groups.nodeWeights);
            weightedT = T;
        }
        cell.weights = weights;
    }
    groups.curves.push_back(std::move(curve));
}

} // namespace

std::size_t CustomerGroups::nodeCount() const noexcept
{
    return std::accumulate(curves.begin(), curves.end(), std::size_t{0},
                           [](std::size_t sum, const Curve &c) { return sum + c.nodes.size(); });
}

CustomerGroups groupCustomers(const CustomerSummary &summary, const std::vector<Stage> &stages,
                              double tenureScale)
{
    CustomerGroups groups;
    groups.netRatio = summary.netRatio();
    const std::vector<Customer> customers = sortedCustomers(summary, stages);
    Numbers<double> times;
    Numbers<std::int32_t> spendDays;
    std::vector<std::size_t> curveStarts;
    for (std::size_t i = 0; i < customers.size(); ++i) {
        const Customer &customer = customers[i];
        const bool sameCurve = i > 0 && customers[i - 1].x == customer.x;
        const bool sameCell = i > 0 && customers[i - 1].cell() == customer.cell();
        if (!sameCurve) {
            curveStarts.push_back(i);
        }
        if (!sameCell) {
            groups.cells.push_back({static_cast<std::uint32_t>(curveStarts.size() - 1),
                                    customer.stage, 0, groups.count.size(), 0});
        }
        if (!sameCell || customers[i - 1].row() != customer.row()) {
            addRow(groups, customer, times, spendDays);
        }
        groups.count.back() += 1;
        groups.spendSum.back() += customer.spend;
        groups.cells.back().lastRow = groups.count.size();
        ++groups.customers[customer.stage];
    }
    groups.times.value = times.take();
    groups.distinctSpendDays = spendDays.take();
    curveStarts.push_back(customers.size());
    for (std::size_t c = 0; c + 1 < curveStarts.size(); ++c) {
        addCurve(groups,
                 std::span(customers).subspan(curveStarts[c], curveStarts[c + 1] - curveStarts[c]),
                 tenureScale);
    }
    return groups;
}

} // namespace perennial
