#include "core/scenario/levers/levers.h"

namespace perennial {

namespace {

/// Customers order x % more often while they are active; how long they stay is unchanged (that is
/// the retention lever's). Expected orders in any window rise by exactly x %.
class FrequencyLever final : public Lever {
public:
    std::string_view name() const noexcept override { return "frequency"; }
    LeverUnit unit() const noexcept override { return LeverUnit::Percent; }
    double lowest() const noexcept override { return -100; }
    double highest() const noexcept override { return 1000; }
    void apply(double effect, const TargetFuture &, FutureChange &change) const override
    {
        change.orders *= 1 + effect / 100;
    }
};

} // namespace

const Lever &frequencyLever()
{
    static const FrequencyLever lever;
    return lever;
}

} // namespace perennial
