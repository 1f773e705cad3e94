#pragma once

// For core/neural and core/behavior alone: what an optimiser does with one stretch of a parameter,
// in single precision.

#include <cstdint>

namespace perennial::net {

/// sum += each of the others. @param others `count` stretches of n values.
void addStretches(float *sum, const float *const *others, std::int64_t count,
                  std::int64_t n) noexcept;
/// gradient += l1 sign(weight) + l2 weight; the sign of 0 is 0.
void addPenalties(float *gradient, const float *weight, float l1, float l2, std::int64_t n) noexcept;
/// Σ x².
double squaresOf(const float *x, std::int64_t n) noexcept;

/// One step of Adam: g' = clip g + decay w; m = β₁ m + (1 − β₁) g'; v = β₂ v + (1 − β₂) g'²;
/// w = keep w − size m / (√v · root + ε).
/// Source: Kingma & Ba (2015), algorithm 1, ε beside the corrected root; keep = 1 − rate · decay is
/// AdamW's, Loshchilov & Hutter (2019), algorithm 2.
struct AdamStep {
    float clip = 1, decay = 0, keep = 1;
    float beta1 = 0.9F, beta2 = 0.98F;
    float size = 0; ///< rate / (1 − β₁ᵗ)
    float root = 1; ///< 1 / √(1 − β₂ᵗ)
    float epsilon = 1e-8F;
};
void adamStretch(float *weight, const float *gradient, float *first, float *second,
                 const AdamStep &step, std::int64_t n) noexcept;

/// One step of SGD: b = momentum b + clip g + decay w; w = w − rate b.
/// Source: Sutskever et al. (2013), eq. 1 and 2, in the form of PyTorch's SGD.
struct SgdStep {
    float clip = 1, decay = 0, momentum = 0, rate = 0;
};
void sgdStretch(float *weight, const float *gradient, float *buffer, const SgdStep &step,
                std::int64_t n) noexcept;

} // namespace perennial::net
