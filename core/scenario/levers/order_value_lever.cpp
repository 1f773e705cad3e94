#include "core/scenario/levers/levers.h"

namespace perennial {

namespace {

/// An order brings x % more net revenue; how often customers order and how long they stay is
/// unchanged.
class OrderValueLever final : public Lever {
public:
    std::string_view name() const noexcept override { return "order_value"; }
    LeverUnit unit() const noexcept override { return LeverUnit::Percent; }
    double lowest() const noexcept override { return -100; }
    double highest() const noexcept override { return 1000; }
    void apply(double effect, const TargetFuture &, FutureChange &change) const override
    {
        change.orderValue *= 1 + effect / 100;
    }
};

} // namespace

const Lever &orderValueLever()
{
    static const OrderValueLever lever;
    return lever;
}

} // namespace perennial
