#include "core/value/value_draws.h"

#include "core/base/rng.h"
#include "core/base/robust.h"
#include "core/value/discounting.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace perennial {

namespace {

constexpr std::size_t kCustomersPerCheck = 4096;
/// Orders beyond which a table of counts is cut, and the mass it may leave out.
constexpr int kMostOrders = 20000;
constexpr double kTailMass = 1e-6;

/// One vector of parameters, and what follows from it for all customers.
struct ParameterDraw {
    std::vector<double> frequency, spend; ///< spend empty = the observed mean
};

/// What an active customer of a class orders under one parameter vector.
struct ClassTable {
    std::vector<float> cumulative; ///< P(X <= n | active)
    float discount = 1.0F;         ///< mean discount of an order
};

ClassTable tableOf(const FrequencyModel &model, std::span<const double> parameters,
                   const RepeatHistory &h, double horizon, double force)
{
    const double expected = model.expectedWhileAlive(parameters, h, horizon);
    ClassTable table;
    if (force > 0.0 && expected > 0.0) {
        table.discount = static_cast<float>(
            discountedWhileAlive(model, parameters, h, horizon, force) / expected);
    }
    int most = std::min(kMostOrders, 8 + static_cast<int>(std::min(4.0 * expected, 1e4)));
    for (;; most = std::min(kMostOrders, 2 * most)) {
        const std::vector<double> counts = model.countsWhileAlive(parameters, h, most, horizon);
        double sum = 0.0;
        table.cumulative.clear();
        for (const double p : counts) {
            sum += p;
            table.cumulative.push_back(static_cast<float>(sum));
            if (sum >= 1.0 - kTailMass) {
                return table;
            }
        }
        if (most == kMostOrders) {
            return table;
        }
    }
}

/// Draws one customer after the other; everything that does not change is here.
class Sampler {
public:
    Sampler(const CustomerSummary &customers, const FrequencyModel &model, std::string_view spend,
            const ValueOptions &options, const DrawOptions &draws)
        : m_customers(customers), m_model(model), m_draws(draws),
          m_horizon(options.horizonDays / daysPer(customers.period)),
          m_force(discountForce(options.discountPerYear, customers.period)),
          m_share(options.margin * customers.netRatio()), m_meanSpend(observedMeanSpend(customers)),
          m_isGammaGamma(spend == "gamma-gamma"), m_values(static_cast<std::size_t>(draws.draws))
    {
    }

    void setParameters(std::vector<ParameterDraw> parameters)
    {
        m_parameters = std::move(parameters);
        m_tables.resize(m_parameters.size());
    }

    void enterClass(const RepeatHistory &h)
    {
        m_silence = -1.0;
        for (std::size_t k = 0; k < m_parameters.size(); ++k) {
            m_tables[k] = tableOf(m_model, m_parameters[k].frequency, h, m_horizon, m_force);
        }
    }

    std::span<const float> drawsOf(std::size_t row)
    {
        Rng rng(m_draws.seed, static_cast<std::uint64_t>(m_customers.user[row]));
        findAlive({m_customers.x[row], m_customers.tx[row], m_customers.T[row]});
        for (std::size_t k = 0; k < m_parameters.size(); ++k) {
            for (std::size_t d = k; d < m_values.size(); d += m_parameters.size()) {
                const int orders = ordersOf(m_tables[k], m_alive[k], rng);
                m_values[d] = orders == 0 ? 0.0F
                                          : static_cast<float>(m_share * m_tables[k].discount *
                                                               spendOf(row, k, orders, rng));
            }
        }
        return m_values;
    }

private:
    /// P(alive) under each vector; customers of a class come by tx, so that equal ones share it.
    void findAlive(const RepeatHistory &h)
    {
        if (m_silence == h.T - h.tx) {
            return;
        }
        m_silence = h.T - h.tx;
        m_alive.clear();
        for (const ParameterDraw &draw : m_parameters) {
            m_alive.push_back(static_cast<float>(m_model.pAlive(draw.frequency, h)));
        }
    }

    int ordersOf(const ClassTable &table, float alive, Rng &rng)
    {
        const float u = (static_cast<float>(rng.next32() >> 8) + 0.5F) * 0x1p-24F;
        if (u >= alive) {
            return 0;
        }
        const float within = u / alive;
        const auto last = table.cumulative.end() - 1;
        return static_cast<int>(std::find_if(table.cumulative.begin(), last,
                                             [&](float p) { return within < p; }) -
                                table.cumulative.begin());
    }

    /// What `orders` order days bring, gross. Gamma-Gamma: a day's spend is Γ(p, ν), and ν given
    /// n days of mean z is Γ(q + p n, γ + n z).
    double spendOf(std::size_t row, std::size_t k, int orders, Rng &rng) const
    {
        const std::vector<double> &p = m_parameters[k].spend;
        if (p.empty() || !m_isGammaGamma) {
            return m_meanSpend * orders;
        }
        const bool seen = m_customers.spendDays[row] > 0 && m_customers.meanSpend[row] > 0.0;
        const double days = seen ? m_customers.spendDays[row] : 0.0;
        const double spent = seen ? days * m_customers.meanSpend[row] : 0.0;
        const double rate = rng.gamma(p[1] + p[0] * days) / (p[2] + spent);
        return rng.gamma(p[0] * orders) / rate;
    }

    const CustomerSummary &m_customers;
    const FrequencyModel &m_model;
    DrawOptions m_draws;
    double m_horizon, m_force, m_share, m_meanSpend;
    bool m_isGammaGamma;
    std::vector<ParameterDraw> m_parameters;
    std::vector<ClassTable> m_tables;
    double m_silence = -1.0; ///< T − tx of the customers that `m_alive` is of; −1 = none
    std::vector<float> m_alive, m_values;
};

std::vector<ParameterDraw> parameterDraws(const ModelFit &frequency, const ModelFit &spend,
                                          bool useSpend, const DrawOptions &draws)
{
    const int many = std::min(draws.parameterDraws, draws.draws);
    // Other streams than the customers': those count from 1.
    auto ofFrequency = drawParameters(frequency, many, ~draws.seed);
    auto ofSpend = useSpend ? drawParameters(spend, many, ~draws.seed ^ 0x5bd1e995)
                            : std::vector<std::vector<double>>(ofFrequency.size());
    std::vector<ParameterDraw> result;
    for (std::size_t k = 0; k < ofFrequency.size(); ++k) {
        result.push_back({std::move(ofFrequency[k]), std::move(ofSpend[k])});
    }
    return result;
}

/// Rows ordered by class, in a class by tx.
std::vector<std::uint32_t> rowsByClass(const CustomerSummary &customers,
                                       const OutlookClasses &classes)
{
    std::vector<std::uint32_t> rows(classes.of.size());
    std::iota(rows.begin(), rows.end(), 0U);
    std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
        return classes.of[a] != classes.of[b] ? classes.of[a] < classes.of[b]
                                              : customers.tx[a] < customers.tx[b];
    });
    return rows;
}

} // namespace

Status eachCustomersDraws(const CustomerSummary &customers, const ModelFit &frequency,
                          const ModelFit &spend, const ValueOptions &options,
                          const DrawOptions &draws, const DrawSink &sink, const Task &task)
{
    if (!frequency.usable()) {
        return fail(ErrorCode::NotTrained, frequency.reason, frequency.model);
    }
    if (draws.draws < 2 || draws.parameterDraws < 1) {
        return fail(ErrorCode::InvalidArgument, std::to_string(draws.draws), "draws");
    }
    const auto model = findFrequencyModel(frequency.reportedModel);
    if (!model) {
        return model.error();
    }
    const auto spendModel = findSpendModel(options.spendModel);
    if (!spendModel) {
        return spendModel.error();
    }
    const bool useSpend = spend.usable() && (*spendModel)->hasFiniteMean(spend.parameters);
    Sampler sampler(customers, **model, options.spendModel, options, draws);
    sampler.setParameters(parameterDraws(frequency, spend, useSpend, draws));
    const OutlookClasses classes = outlookClasses(customers, (*model)->outlookReadsRecency());
    std::uint32_t entered = UINT32_MAX;
    std::size_t done = 0;
    for (const std::uint32_t row : rowsByClass(customers, classes)) {
        if (done % kCustomersPerCheck == 0) {
            if (task.cancelled()) {
                return fail(ErrorCode::Cancelled);
            }
            task.progress(static_cast<double>(done) / static_cast<double>(customers.size()),
                          "drawing");
        }
        ++done;
        const std::uint32_t c = classes.of[row];
        if (c != entered) {
            sampler.enterClass({classes.x[c], classes.tx[c], classes.T[c]});
            entered = c;
        }
        sink(row, sampler.drawsOf(row));
    }
    task.progress(1.0, "drawing");
    return Done{};
}

Result<ValueIntervals> intervalsOfDraws(std::size_t customers,
                                        const std::function<Status(const DrawSink &)> &eachDraws,
                                        double level)
{
    if (!(level > 0.0 && level < 1.0)) {
        return fail(ErrorCode::InvalidArgument, std::to_string(level), "level");
    }
    ValueIntervals result;
    result.level = level;
    result.lower.resize(customers);
    result.upper.resize(customers);
    const double tail = 0.5 * (1.0 - level);
    std::vector<double> future;
    const Status drawn = eachDraws([&](std::size_t row, std::span<const float> values) {
        result.totals.resize(values.size(), 0.0);
        for (std::size_t d = 0; d < values.size(); ++d) {
            result.totals[d] += values[d];
        }
        future.assign(values.begin(), values.end());
        result.lower[row] = static_cast<float>(quantileOf(future, tail));
        result.upper[row] = static_cast<float>(quantileOf(future, 1.0 - tail));
    });
    if (!drawn) {
        return drawn.error();
    }
    if (!result.totals.empty()) {
        result.totalLower = quantileOf(result.totals, tail);
        result.totalUpper = quantileOf(result.totals, 1.0 - tail);
    }
    return result;
}

Result<ValueIntervals> drawValueIntervals(const CustomerSummary &customers,
                                          const ModelFit &frequency, const ModelFit &spend,
                                          const ValueOptions &options, const DrawOptions &draws,
                                          double level, const Task &task)
{
    return intervalsOfDraws(
        customers.size(),
        [&](const DrawSink &sink) {
            return eachCustomersDraws(customers, frequency, spend, options, draws, sink, task);
        },
        level);
}

} // namespace perennial
