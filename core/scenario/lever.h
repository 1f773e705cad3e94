#pragma once

#include <cmath>
#include <limits>
#include <string_view>
#include <vector>

namespace perennial {

/// What levers have changed in the future of a target's customers, as factors on the baseline; 1 is
/// "as it was". Factors of several levers multiply, so the order of levers never matters.
struct FutureChange {
    /// On the rate of leaving (the chance of dropping out after an order, per unit of time). 0:
    /// nobody leaves any more; infinite: everybody leaves at once.
    double dropout = 1;
    double orders = 1;     ///< on the rate of orders while active, the rate of leaving unchanged
    double orderValue = 1; ///< on the net revenue of an order

    /// Multiplies `dropout`; "everybody leaves at once" outweighs any other lever.
    void scaleDropout(double factor)
    {
        dropout = std::isinf(factor) || std::isinf(dropout) ? std::numeric_limits<double>::infinity()
                                                            : dropout * factor;
    }
};

/// The customers of a target in one draw of the parameters.
class TargetFuture {
public:
    virtual ~TargetFuture() = default;
    /// False where the value model has none (the no-churn boundary): nothing to change then.
    virtual bool hasDropout() const = 0;
    /// Of those active at t₀, the expected share still active at t₀ + H when the rate of leaving is
    /// multiplied by `dropout`; in [0, 1], falling in `dropout`. 1 for an empty target or where the
    /// model has no dropout.
    virtual double retention(double dropout) const = 0;
};

enum class LeverUnit { Points, Percent };

/// A kind of action. A new one is one file (`levers/x_lever.cpp`) and one line in lever.cpp.
class Lever {
public:
    virtual ~Lever() = default;
    virtual std::string_view name() const noexcept = 0; ///< in JSON: "retention"
    virtual LeverUnit unit() const noexcept = 0;
    virtual double lowest() const noexcept = 0;  ///< effects are in [lowest, highest]; what is drawn
    virtual double highest() const noexcept = 0; ///< outside is set to the nearer end
    /// Applies an effect. An effect of 0 changes nothing, exactly.
    virtual void apply(double effect, const TargetFuture &target, FutureChange &change) const = 0;
};

/// All levers, in the order in which a page offers them.
const std::vector<const Lever *> &levers();
/// Null where there is none of that name.
const Lever *leverByName(std::string_view name) noexcept;

} // namespace perennial
