#include "core/neural/update_loops.h"

#include "core/neural/each_processor.h"

#include <cmath>

namespace perennial::net {

PERENNIAL_EACH_PROCESSOR void addStretches(float *__restrict sum, const float *const *others,
                                           std::int64_t count, std::int64_t n) noexcept
{
    for (std::int64_t k = 0; k < count; ++k) {
        const float *__restrict other = others[k];
#pragma omp simd
        for (std::int64_t i = 0; i < n; ++i) {
            sum[i] += other[i];
        }
    }
}

PERENNIAL_EACH_PROCESSOR void addPenalties(float *__restrict gradient, const float *__restrict weight,
                                           float l1, float l2, std::int64_t n) noexcept
{
#pragma omp simd
    for (std::int64_t i = 0; i < n; ++i) {
        const float w = weight[i];
        const float sign = (w > 0 ? 1.0F : 0.0F) - (w < 0 ? 1.0F : 0.0F);
        gradient[i] += l1 * sign + l2 * w;
    }
}

PERENNIAL_EACH_PROCESSOR double squaresOf(const float *x, std::int64_t n) noexcept
{
    double sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t i = 0; i < n; ++i) {
        sum += static_cast<double>(x[i]) * static_cast<double>(x[i]);
    }
    return sum;
}

PERENNIAL_EACH_PROCESSOR void adamStretch(float *__restrict weight, const float *__restrict gradient,
                                          float *__restrict first, float *__restrict second,
                                          const AdamStep &step, std::int64_t n) noexcept
{
    const AdamStep s = step;
#pragma omp simd
    for (std::int64_t i = 0; i < n; ++i) {
        const float w = weight[i];
        const float g = s.clip * gradient[i] + s.decay * w;
        const float m = s.beta1 * first[i] + (1.0F - s.beta1) * g;
        const float v = s.beta2 * second[i] + (1.0F - s.beta2) * g * g;
        first[i] = m;
        second[i] = v;
        weight[i] = s.keep * w - s.size * m / (std::sqrt(v) * s.root + s.epsilon);
    }
}

PERENNIAL_EACH_PROCESSOR void sgdStretch(float *__restrict weight, const float *__restrict gradient,
                                         float *__restrict buffer, const SgdStep &step,
                                         std::int64_t n) noexcept
{
    const SgdStep s = step;
#pragma omp simd
    for (std::int64_t i = 0; i < n; ++i) {
        const float w = weight[i];
        const float b = s.momentum * buffer[i] + s.clip * gradient[i] + s.decay * w;
        buffer[i] = b;
        weight[i] = w - s.rate * b;
    }
}

} // namespace perennial::net
