#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace perennial {

/// Distinct times of customers, so that a logarithm is taken once each: rows refer to them by index.
struct TimeColumn {
    std::vector<double> value;           ///< periods, >= 0
    std::vector<std::uint32_t> tx, T;    ///< of each row, into `value`
    std::vector<std::int32_t> x;         ///< of each row
};

/// A frequency model with one draw's parameters, as scenarios need it: fast over many customers and
/// times. Numbers agree with FrequencyModel (core/value) to about 1e-10; tests hold it to that.
class OrderKernel {
public:
    virtual ~OrderKernel() = default;
    /// False for a model in which nobody ever leaves: there is then nothing to scale.
    virtual bool hasDropout() const noexcept = 0;

    /// P(still active at T | history) for every row.
    virtual void alive(const TimeColumn &customers, std::vector<double> &out) const = 0;
    /// E[orders in (T, T + t] | active at T] of a customer with x repeat orders. @param t >= 0.
    virtual double orders(std::int32_t x, double T, double t) = 0;
    /// E[rate of orders | active at T]: the limit of orders(t) / t as t goes to 0.
    virtual double rate(std::int32_t x, double T) const = 0;
    /// P(still active at T + t | active at T).
    virtual double staying(std::int32_t x, double T, double t) = 0;

    /// The same when the rate of leaving is multiplied by `dropout`, and all else stays: dropout p
    /// after an order becomes h·p, so that e^(-λpt) becomes e^(-λhpt) and
    ///   E[(1 - e^(-λhpt)) / (hp)] = orders(h t) / h,   exactly for all models in which a customer's
    /// rates of ordering and of leaving are constant while active (BG/NBD, Pareto/NBD, NBD).
    /// @param dropout >= 0; 0 = nobody leaves: rate × t; infinite: 0. Without effect where the model
    /// has no dropout.
    double ordersWith(double dropout, std::int32_t x, double T, double t);
    double stayingWith(double dropout, std::int32_t x, double T, double t);
};

/// @param model a reportedModel of core/value: "bg-nbd" (r, alpha, a, b) or "nbd" (r, alpha).
/// @error UnknownModel, detail: the name.
Result<std::unique_ptr<OrderKernel>> makeOrderKernel(std::string_view model,
                                                     std::span<const double> parameters);

} // namespace perennial
