#include "core/neural/ops_torch.h"

#include <algorithm>
#include <cstdint>

namespace perennial::net {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

namespace {

/// Of one row of so many in their mean.
template <class T>
T shareOf(std::int64_t rows)
{
    return T{1} / static_cast<T>(std::max<std::int64_t>(rows, 1));
}

template <class T>
void averageRows(const T *table, const std::int64_t *offsets, const std::int64_t *index, T *out,
                 std::int64_t n, std::int64_t d)
{
    for (std::int64_t i = 0; i < n; ++i) {
        T *__restrict to = out + i * d;
        const T share = shareOf<T>(offsets[i + 1] - offsets[i]);
        for (std::int64_t j = offsets[i]; j < offsets[i + 1]; ++j) {
            const T *__restrict from = table + index[j] * d;
            for (std::int64_t c = 0; c < d; ++c) {
                to[c] += share * from[c];
            }
        }
    }
}

template <class T>
void scatterAverages(const T *grad, const std::int64_t *offsets, const std::int64_t *index,
                     T *table, std::int64_t n, std::int64_t d)
{
    for (std::int64_t i = 0; i < n; ++i) {
        const T *__restrict from = grad + i * d;
        const T share = shareOf<T>(offsets[i + 1] - offsets[i]);
        for (std::int64_t j = offsets[i]; j < offsets[i + 1]; ++j) {
            T *__restrict to = table + index[j] * d;
            for (std::int64_t c = 0; c < d; ++c) {
                to[c] += share * from[c];
            }
        }
    }
}

struct MeanRows : torch::autograd::Function<MeanRows> {
    static at::Tensor forward(AutogradContext *context, const at::Tensor &table,
                              const at::Tensor &offsets, const at::Tensor &index)
    {
        context->save_for_backward({offsets, index});
        context->saved_data["rows"] = table.size(0);
        const at::Tensor from = table.contiguous();
        const std::int64_t n = offsets.size(0) - 1;
        at::Tensor out = at::zeros({n, table.size(1)}, table.options());
        AT_DISPATCH_FLOATING_TYPES(table.scalar_type(), "meanRows", [&] {
            averageRows(from.data_ptr<scalar_t>(), offsets.data_ptr<std::int64_t>(),
                        index.data_ptr<std::int64_t>(), out.data_ptr<scalar_t>(), n, from.size(1));
        });
        return out;
    }

    static variable_list backward(AutogradContext *context, const variable_list &grads)
    {
        const auto saved = context->get_saved_variables();
        const at::Tensor grad = grads[0].contiguous();
        at::Tensor table =
            at::zeros({context->saved_data["rows"].toInt(), grad.size(1)}, grad.options());
        AT_DISPATCH_FLOATING_TYPES(grad.scalar_type(), "meanRowsBackward", [&] {
            scatterAverages(grad.data_ptr<scalar_t>(), saved[0].data_ptr<std::int64_t>(),
                            saved[1].data_ptr<std::int64_t>(), table.data_ptr<scalar_t>(),
                            grad.size(0), grad.size(1));
        });
        return {table, Variable(), Variable()};
    }
};

} // namespace

at::Tensor meanRows(const at::Tensor &table, const at::Tensor &offsets, const at::Tensor &index)
{
    if (!table.device().is_cpu()) {
        return meanRowsPlain(table, offsets, index);
    }
    return MeanRows::apply(table, offsets.contiguous(), index.contiguous());
}

at::Tensor meanRowsPlain(const at::Tensor &table, const at::Tensor &offsets,
                         const at::Tensor &index)
{
    const std::int64_t n = offsets.size(0) - 1;
    const at::Tensor counts = offsets.narrow(0, 1, n) - offsets.narrow(0, 0, n);
    const at::Tensor row = at::repeat_interleave(counts);
    const at::Tensor sums = at::zeros({n, table.size(1)}, table.options())
                                .index_add(0, row, table.index_select(0, index));
    return sums / counts.clamp_min(1).to(table.scalar_type()).unsqueeze(1);
}

} // namespace perennial::net
