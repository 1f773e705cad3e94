#include "core/scenario/order_kernel.h"

#include "core/value/geometric_dropout.h"
#include "core/numeric/special.h"

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

/// Source: Fader, Hardie & Lee (2005), Marketing Science 24(2).
class BgNbdKernel final : public OrderKernel {
public:
    explicit BgNbdKernel(std::span<const double> p) : m_r(p[0]), m_alpha(p[1]), m_a(p[2]), m_b(p[3])
    {
    }

    bool hasDropout() const noexcept override { return true; }

    void alive(const TimeColumn &customers, std::vector<double> &out) const override
    {
        std::vector<double> logs(customers.value.size());
        std::transform(customers.value.begin(), customers.value.end(), logs.begin(),
                       [this](double time) { return std::log(m_alpha + time); });
        std::vector<double> odds; // that one who has just ordered for the x-th time leaves
        const std::size_t rows = customers.x.size();
        out.resize(rows);
        for (std::size_t i = 0; i < rows; ++i) {
            const auto x = static_cast<std::size_t>(customers.x[i]);
            while (odds.size() <= x) {
                odds.push_back(m_a / (m_b + static_cast<double>(odds.size()) - 1));
            }
            const double silence = logs[customers.T[i]] - logs[customers.tx[i]];
            out[i] = x == 0 ? 1.0
                            : 1 / (1 + odds[x] * std::exp((m_r + static_cast<double>(x)) *
                                                          silence));
        }
    }

    double rate(std::int32_t x, double T) const override { return (m_r + x) / (m_alpha + T); }

    double orders(std::int32_t x, double T, double t) override
    {
        const Window window(*this, x, T, t);
        if (!window.isShort()) {
            return expectedUntilDropout(m_r + x, m_alpha + T, m_a, m_b + x, t);
        }
        return window.sum(tableOf(x), &Table::made);
    }

    double staying(std::int32_t x, double T, double t) override
    {
        const Window window(*this, x, T, t);
        if (!window.isShort()) {
            return stayingUntilDropout(m_r + x, m_alpha + T, m_a, m_b + x, t);
        }
        return window.sum(tableOf(x), &Table::stays);
    }

private:
    /// Of a customer with x repeat orders: after n more, the chance to have stayed through all of
    /// them, the number made on average, and the factor (shape + n) / (n + 1) from P(N = n) to
    /// P(N = n + 1), which `hit` completes.
    struct Table {
        std::vector<double> stays, made, factor;
        double shape = 0, leaves = 0, keeps = 0;

        void grow(std::size_t terms)
        {
            while (factor.size() < terms) {
                const auto n = static_cast<double>(factor.size());
                const double stayed =
                    factor.empty() ? 1.0
                                   : stays.back() * (keeps + n - 1) / (leaves + keeps + n - 1);
                made.push_back(factor.empty() ? 0.0 : made.back() + stays.back());
                stays.push_back(stayed);
                factor.push_back((shape + n) / (n + 1));
            }
        }
    };

    /// The number N of orders in t if nobody left is negative binomial; what is asked for is the
    /// mean of a table over it.
    struct Window {
        Window(const BgNbdKernel &kernel, std::int32_t x, double T, double t)
            : shape(kernel.m_r + x), hit(t / (kernel.m_alpha + T + t)),
              logMiss(-shape * std::log1p(t / (kernel.m_alpha + T)))
        {
        }
        /// Whether the sum has at most a few hundred terms and its first one does not underflow.
        bool isShort() const
        {
            return hit < .95 && logMiss > -600 && shape * hit < 300 * (1 - hit);
        }
        double sum(Table &table, std::vector<double> Table::*column) const
        {
            constexpr std::size_t kBlock = 16;
            double probability = std::exp(logMiss);
            double total = 0;
            for (std::size_t n = 0;; n += kBlock) {
                table.grow(n + kBlock + 1);
                const double *values = (table.*column).data() + n;
                const double *factors = table.factor.data() + n;
                for (std::size_t i = 0; i < kBlock; ++i) {
                    total += probability * values[i];
                    probability *= hit * factors[i];
                }
                // Ratios of terms fall towards `hit` (or rise to it from below); the tables grow by
                // at most 1 a step.
                const double ratio = std::max(hit, hit * factors[kBlock]);
                if (ratio < 1 &&
                    probability * (values[kBlock] + 1 / (1 - ratio)) <= 1e-14 * total * (1 - ratio)) {
                    return total;
                }
            }
        }
        double shape, hit, logMiss;
    };

    Table &tableOf(std::int32_t x)
    {
        const auto index = static_cast<std::size_t>(x);
        if (m_tables.size() <= index) {
            m_tables.resize(index + 1);
        }
        if (!m_tables[index]) {
            m_tables[index] = std::make_unique<Table>();
            m_tables[index]->shape = m_r + x;
            m_tables[index]->leaves = m_a;
            m_tables[index]->keeps = m_b + x;
        }
        return *m_tables[index];
    }

    double m_r, m_alpha, m_a, m_b;
    std::vector<std::unique_ptr<Table>> m_tables;
};

/// Source: Ehrenberg (1959), Applied Statistics 8(1). Nobody leaves.
class NbdKernel final : public OrderKernel {
public:
    explicit NbdKernel(std::span<const double> p) : m_r(p[0]), m_alpha(p[1]) {}

    bool hasDropout() const noexcept override { return false; }

    void alive(const TimeColumn &customers, std::vector<double> &out) const override
    {
        out.assign(customers.x.size(), 1.0);
    }
    double orders(std::int32_t x, double T, double t) override { return rate(x, T) * t; }
    double rate(std::int32_t x, double T) const override { return (m_r + x) / (m_alpha + T); }
    double staying(std::int32_t, double, double) override { return 1; }

private:
    double m_r, m_alpha;
};

} // namespace

double OrderKernel::ordersWith(double dropout, std::int32_t x, double T, double t)
{
    constexpr double kNone = 1e-12; // below this the limit is exact to rounding
    if (dropout == 1 || !hasDropout()) {
        return orders(x, T, t);
    }
    if (dropout <= kNone) {
        return rate(x, T) * t;
    }
    return std::isinf(dropout) ? 0 : orders(x, T, dropout * t) / dropout;
}

double OrderKernel::stayingWith(double dropout, std::int32_t x, double T, double t)
{
    if (!hasDropout()) {
        return 1;
    }
    return std::isinf(dropout) ? 0 : staying(x, T, dropout * t);
}

Result<std::unique_ptr<OrderKernel>> makeOrderKernel(std::string_view model,
                                                     std::span<const double> parameters)
{
    if (model == "bg-nbd" && parameters.size() == 4) {
        return std::unique_ptr<OrderKernel>(std::make_unique<BgNbdKernel>(parameters));
    }
    if (model == "nbd" && parameters.size() == 2) {
        return std::unique_ptr<OrderKernel>(std::make_unique<NbdKernel>(parameters));
    }
    return fail(ErrorCode::UnknownModel, std::string(model));
}

} // namespace perennial
