#include "core/behavior/augmentation.h"

#include <algorithm>
#include <cmath>

namespace perennial {

bool chosen(double chance, Rng &rng) { return chance > 0 && rng.uniform() < chance; }

EventSpan cropped(EventSpan rows, Rng &rng)
{
    if (rows.size() > 1) {
        rows.begin += rng.below(static_cast<std::uint32_t>(rows.size()));
    }
    return rows;
}

EventSpan stretchOf(std::int64_t tokens, Rng &rng)
{
    if (tokens < 2) {
        return {};
    }
    const auto size = std::clamp<std::int64_t>(
        std::lround(kReorderShare * static_cast<double>(tokens)), 2, tokens);
    const std::int64_t begin = rng.below(static_cast<std::uint32_t>(tokens - size + 1));
    return {begin, begin + size};
}

} // namespace perennial
