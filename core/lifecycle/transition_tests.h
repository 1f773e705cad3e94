#pragma once

#include "core/lifecycle/stage_history.h"

#include <cstdint>
#include <optional>

namespace perennial {

/// How far a likelihood-ratio test can be trusted.
enum class TestGround {
    Sound,
    /// More than a fifth of the expected counts are below 5, or one below 1: the χ² law is rough
    /// (Cochran 1954, Biometrics 10).
    Sparse,
    TooLittleData, ///< no degree of freedom is left: nothing to compare
};
std::string_view testGroundName(TestGround ground) noexcept; // "sound", "sparse", "too_little_data"

/// χ² = 2 Σ n ln(n / expected). Rows and columns without users take no part, nor count in df.
struct LikelihoodRatioTest {
    double chi2 = 0;       ///< >= 0
    std::int64_t df = 0;
    std::optional<double> p; ///< P(χ² or more if the simpler law holds); none without df
    std::int64_t users = 0;  ///< moves counted
    TestGround ground = TestGround::TooLittleData;
};

/// Whether the stage at the second day depends on that at the first (first order against
/// independence): df = (rows − 1)(columns − 1). Users known at both. Indices into
/// StageHistory::ends, rising; @error InvalidArgument (where: "dates").
/// Source: Anderson & Goodman (1957), Annals of Mathematical Statistics 28, 89–110, §3.
Result<LikelihoodRatioTest> testIndependence(const StageHistory &history, std::size_t first,
                                             std::size_t second);

/// Whether the stage at the third day depends on that at the first where that at the second is
/// known (second order against first): df = Σ (rows − 1)(columns − 1) over the stages at the
/// second. Users known at all three. Source as above, §4.
Result<LikelihoodRatioTest> testSecondOrder(const StageHistory &history, std::size_t first,
                                            std::size_t second, std::size_t third);

/// Whether the moves from each day to the next have the same probabilities all along: df = Σ over
/// stages of (periods with users in it − 1)(stages gone to − 1).
/// @param first, last at least two moves apart. Source as above, §3.
Result<LikelihoodRatioTest> testStationarity(const StageHistory &history, std::size_t first,
                                             std::size_t last);

} // namespace perennial
