#include "core/base/rng.h"

#include <cmath>
#include <numbers>

namespace perennial {

PhiloxBlock philox4x32(PhiloxBlock counter, std::array<std::uint32_t, 2> key) noexcept
{
    constexpr std::uint64_t kMultiplierA = 0xD2511F53;
    constexpr std::uint64_t kMultiplierB = 0xCD9E8D57;
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t a = kMultiplierA * counter[0];
        const std::uint64_t b = kMultiplierB * counter[2];
        counter = {static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key[0],
                   static_cast<std::uint32_t>(b),
                   static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key[1],
                   static_cast<std::uint32_t>(a)};
        key[0] += 0x9E3779B9;
        key[1] += 0xBB67AE85;
    }
    return counter;
}

Rng::Rng(std::uint64_t seed, std::uint64_t stream) noexcept
    : m_key{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)},
      m_counter{0, 0, static_cast<std::uint32_t>(stream), static_cast<std::uint32_t>(stream >> 32)}
{
}

void Rng::refill() noexcept
{
    m_block = philox4x32(m_counter, m_key);
    if (++m_counter[0] == 0) {
        ++m_counter[1];
    }
    m_used = 0;
}

std::uint32_t Rng::next32() noexcept
{
    if (m_used == 4) {
        refill();
    }
    return m_block[m_used++];
}

std::uint64_t Rng::next64() noexcept
{
    const std::uint64_t high = next32();
    return high << 32 | next32();
}

double Rng::uniform() noexcept
{
    return (static_cast<double>(next64() >> 12) + 0.5) * 0x1p-52;
}

std::uint32_t Rng::below(std::uint32_t n) noexcept
{
    std::uint64_t product = std::uint64_t{next32()} * n;
    if (static_cast<std::uint32_t>(product) < n) {
        const std::uint32_t threshold = (0U - n) % n;
        while (static_cast<std::uint32_t>(product) < threshold) {
            product = std::uint64_t{next32()} * n;
        }
    }
    return static_cast<std::uint32_t>(product >> 32);
}

double Rng::normal() noexcept
{
    if (m_hasSpare) {
        m_hasSpare = false;
        return m_spareNormal;
    }
    const double radius = std::sqrt(-2.0 * std::log(uniform()));
    const double angle = 2.0 * std::numbers::pi * uniform();
    m_spareNormal = radius * std::sin(angle);
    m_hasSpare = true;
    return radius * std::cos(angle);
}

double Rng::exponential() noexcept
{
    return -std::log(uniform());
}

double Rng::gamma(double shape) noexcept
{
    if (shape < 1.0) {
        const double boost = std::pow(uniform(), 1.0 / shape);
        return gamma(shape + 1.0) * boost;
    }
    const double d = shape - 1.0 / 3.0;
    const double c = 1.0 / std::sqrt(9.0 * d);
    for (;;) {
        const double x = normal();
        const double root = 1.0 + c * x;
        if (root <= 0.0) {
            continue;
        }
        const double v = root * root * root;
        if (std::log(uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) {
            return d * v;
        }
    }
}

double Rng::beta(double a, double b) noexcept
{
    const double x = gamma(a);
    const double y = gamma(b);
    return x + y > 0.0 ? x / (x + y) : a / (a + b);
}

std::int64_t Rng::poisson(double mean) noexcept
{
    if (!(mean > 0.0)) {
        return 0;
    }
    if (mean < 30.0) {
        const double limit = std::exp(-mean);
        std::int64_t count = 0;
        for (double product = uniform(); product > limit; product *= uniform()) {
            ++count;
        }
        return count;
    }
    if (mean > 1e6) {
        return std::llround(std::max(0.0, mean + std::sqrt(mean) * normal()));
    }
    const double b = 0.931 + 2.53 * std::sqrt(mean);
    const double a = -0.059 + 0.02483 * b;
    const double vr = 0.9277 - 3.6224 / (b - 2.0);
    const double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
    for (;;) {
        const double u = uniform() - 0.5;
        const double v = uniform();
        const double us = 0.5 - std::abs(u);
        const double k = std::floor((2.0 * a / us + b) * u + mean + 0.43);
        if (us >= 0.07 && v <= vr) {
            return static_cast<std::int64_t>(k);
        }
        if (k < 0.0 || (us < 0.013 && v > us)) {
            continue;
        }
        if (std::log(v) + std::log(inverseAlpha) - std::log(a / (us * us) + b) <=
            k * std::log(mean) - mean - std::lgamma(k + 1.0)) {
            return static_cast<std::int64_t>(k);
        }
    }
}

} // namespace perennial
