#include "core/base/money.h"

#include <cmath>
#include <limits>

namespace perennial {

Money moneyFromUnits(double units) noexcept
{
    const double scaled = units * static_cast<double>(kMoneyUnit);
    if (std::isnan(scaled)) {
        return 0;
    }
    constexpr double kLimit = 9.2e18;
    if (scaled >= kLimit) {
        return std::numeric_limits<Money>::max();
    }
    if (scaled <= -kLimit) {
        return std::numeric_limits<Money>::min();
    }
    return std::llround(scaled);
}

std::string formatMoney(Money amount)
{
    // Unsigned, so that the smallest Money has a magnitude too.
    const auto magnitude = amount < 0 ? 0 - static_cast<std::uint64_t>(amount)
                                      : static_cast<std::uint64_t>(amount);
    const auto unit = static_cast<std::uint64_t>(kMoneyUnit);
    std::string fraction = std::to_string(unit + magnitude % unit).substr(1);
    while (!fraction.empty() && fraction.back() == '0') {
        fraction.pop_back();
    }
    std::string text = (amount < 0 ? "-" : "") + std::to_string(magnitude / unit);
    return fraction.empty() ? text : text + "." + fraction;
}

} // namespace perennial
