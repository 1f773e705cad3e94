#pragma once

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <vector>

namespace perennial::test {

inline at::TensorOptions real() { return at::TensorOptions().dtype(at::kDouble); }

/// The same numbers in [−1, 1] each time.
inline at::Tensor noise(at::IntArrayRef size, double phase)
{
    std::int64_t n = 1;
    for (const std::int64_t s : size) {
        n *= s;
    }
    return at::sin(at::arange(n, real()) * 1.7 + phase).view(size);
}

inline double largest(const at::Tensor &x) { return x.abs().max().item<double>(); }

using Loss = std::function<at::Tensor(const std::vector<at::Tensor> &)>;

/// Largest difference between the derivative of `loss` and its central difference.
inline double gradientError(const Loss &loss, std::vector<at::Tensor> inputs)
{
    for (at::Tensor &input : inputs) {
        input.requires_grad_(true);
    }
    const auto exact = torch::autograd::grad({loss(inputs)}, inputs);
    const at::NoGradGuard frozen;
    constexpr double kStep = 1e-5;
    double worst = 0;
    for (std::size_t k = 0; k < inputs.size(); ++k) {
        double *values = inputs[k].data_ptr<double>();
        const at::Tensor rows = exact[k].contiguous();
        const double *slopes = rows.data_ptr<double>();
        for (std::int64_t i = 0; i < inputs[k].numel(); ++i) {
            const double before = values[i];
            values[i] = before + kStep;
            const double up = loss(inputs).item<double>();
            values[i] = before - kStep;
            const double down = loss(inputs).item<double>();
            values[i] = before;
            worst = std::max(worst, std::abs((up - down) / (2 * kStep) - slopes[i]));
        }
    }
    return worst;
}

} // namespace perennial::test
