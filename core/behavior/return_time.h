#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

namespace perennial {

/// Days between which the hazard of a return is constant; stretch k is (edge k, edge k + 1].
inline constexpr std::array<int, 22> kReturnEdges{
    0,  1,  2,   3,   5,   7,   10,  14,  21,   30,   45,
    60, 90, 120, 180, 270, 365, 545, 730, 1095, 1825, 3650};
inline constexpr std::size_t kReturnStretches = kReturnEdges.size() - 1;

/// The stretch that a day >= 1 lies in; days past the last edge lie in the last one.
std::size_t returnStretch(int day) noexcept;

/// When a user returns: T = whole days, 1, 2, …, until the next event that shows interest, of which
/// P(T > t) = exp(−Σ hazard × share of its stretch up to t). Past the last day that labels reached
/// the rate of its stretch goes on.
/// Source: Friedman (1982), "Piecewise exponential models for survival data with covariates".
class ReturnCurve {
public:
    /// @param hazards of each whole stretch, finite, >= 0. @param knownDays that labels reached,
    /// >= 1.
    ReturnCurve(const std::array<double, kReturnStretches> &hazards, int knownDays) noexcept;

    /// P(T <= days), in [0, 1], rising. Between whole days as if time were continuous.
    double within(double days) const noexcept;
    /// Least whole day by which the return is at least as likely as not; empty past 100 years.
    std::optional<double> median() const noexcept;
    /// E[min(T, days)], in [1, days]. @param days whole, >= 1.
    double meanWithin(int days) const noexcept;

private:
    double rate(std::size_t stretch) const noexcept; ///< a day
    double hazardUpTo(double days) const noexcept;

    std::array<double, kReturnStretches> m_hazards;
    std::size_t m_last; ///< stretch whose rate goes on for ever
};

/// Of who returns by one of several curves, each as likely: P(T <= t) is the mean of theirs.
class ReturnMixture {
public:
    explicit ReturnMixture(std::vector<ReturnCurve> curves) noexcept; ///< at least one

    double within(double days) const noexcept;          ///< as ReturnCurve
    std::optional<double> median() const noexcept;      ///< the same
    double meanWithin(int days) const noexcept;         ///< the same

private:
    std::vector<ReturnCurve> m_curves;
};

} // namespace perennial
