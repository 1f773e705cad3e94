#include "core/neural/dense_algebra.h"

#include "core/neural/runtime.h"
#include "core/neural/runtime_torch.h"

#include <torch/torch.h>

namespace perennial {

Status invertSymmetric(std::span<float> matrix, std::int64_t n)
{
    prepareTorchRuntime();
    return withTorchErrors([&]() -> Status {
        const at::NoGradGuard frozen;
        at::Tensor m = at::from_blob(matrix.data(), {n, n}, at::kFloat);
        const auto [factor, info] = at::linalg_cholesky_ex(m);
        if (info.item<int>() != 0) {
            return fail(ErrorCode::NotFinite, std::to_string(info.item<int>()), "cholesky");
        }
        m.copy_(at::cholesky_inverse(factor));
        return Done{};
    });
}

} // namespace perennial
