#pragma once

#include <array>
#include <cstdint>

namespace perennial {

using PhiloxBlock = std::array<std::uint32_t, 4>;

/// Philox4x32-10: four words from a counter and a key, no state, so that a stream never drifts
/// when a computation uses fewer numbers.
/// Source: Salmon, Moraes, Dror & Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3".
PhiloxBlock philox4x32(PhiloxBlock counter, std::array<std::uint32_t, 2> key) noexcept;

/// A stream of random numbers addressed by (seed, stream, substream): the same address gives the
/// same numbers on every machine and in every order of use.
class Rng {
public:
    explicit Rng(std::uint64_t seed, std::uint64_t stream = 0) noexcept;

    std::uint32_t next32() noexcept;
    std::uint64_t next64() noexcept;
    /// In (0, 1), never an end: its log is finite.
    double uniform() noexcept;
    /// In [0, n), n > 0, unbiased (Lemire 2019).
    std::uint32_t below(std::uint32_t n) noexcept;
    /// Standard normal, by inversion-free Box–Muller; both halves are used.
    double normal() noexcept;
    /// Rate 1.
    double exponential() noexcept;
    /// Shape > 0, scale 1. Source: Marsaglia & Tsang (2000).
    double gamma(double shape) noexcept;
    /// a, b > 0; in (0, 1).
    double beta(double a, double b) noexcept;
    /// Mean >= 0: multiplication below 30, the rounded normal above 1e6, PTRS (Hörmann 1993) between.
    std::int64_t poisson(double mean) noexcept;

private:
    void refill() noexcept;

    std::array<std::uint32_t, 2> m_key;
    PhiloxBlock m_counter;
    PhiloxBlock m_block{};
    unsigned m_used = 4;
    double m_spareNormal = 0.0;
    bool m_hasSpare = false;
};

} // namespace perennial
