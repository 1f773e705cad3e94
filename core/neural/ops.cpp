#include "core/neural/ops_torch.h"

#include "core/neural/row_loops.h"

#include <algorithm>
#include <cmath>

namespace perennial::net {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

namespace {

template <class T>
void gatherRows(const T *table, const std::int64_t *index, T *out, std::int64_t n, std::int64_t k,
             std::int64_t d)
{
    for (std::int64_t i = 0; i < n; ++i) {
        T *__restrict to = out + i * d;
        for (std::int64_t j = 0; j < k; ++j) {
            const T *__restrict from = table + index[i * k + j] * d;
            for (std::int64_t c = 0; c < d; ++c) {
                to[c] += from[c];
            }
        }
    }
}

template <class T>
void scatterRows(const T *grad, const std::int64_t *index, T *table, std::int64_t n,
                 std::int64_t k, std::int64_t d)
{
    for (std::int64_t i = 0; i < n; ++i) {
        const T *__restrict from = grad + i * d;
        for (std::int64_t j = 0; j < k; ++j) {
            T *__restrict to = table + index[i * k + j] * d;
            for (std::int64_t c = 0; c < d; ++c) {
                to[c] += from[c];
            }
        }
    }
}

struct SumRows : torch::autograd::Function<SumRows> {
    static at::Tensor forward(AutogradContext *context, const at::Tensor &table,
                              const at::Tensor &index)
    {
        context->save_for_backward({index});
        context->saved_data["rows"] = table.size(0);
        const at::Tensor from = table.contiguous();
        const at::Tensor at_ = index.contiguous();
        at::Tensor out = at::zeros({index.size(0), table.size(1)}, table.options());
        AT_DISPATCH_FLOATING_TYPES(table.scalar_type(), "sumRows", [&] {
            gatherRows(from.data_ptr<scalar_t>(), at_.data_ptr<std::int64_t>(),
                    out.data_ptr<scalar_t>(), at_.size(0), at_.size(1), from.size(1));
        });
        return out;
    }

    static variable_list backward(AutogradContext *context, const variable_list &grads)
    {
        const at::Tensor index = context->get_saved_variables()[0].contiguous();
        const at::Tensor grad = grads[0].contiguous();
        at::Tensor table =
            at::zeros({context->saved_data["rows"].toInt(), grad.size(1)}, grad.options());
        AT_DISPATCH_FLOATING_TYPES(grad.scalar_type(), "sumRowsBackward", [&] {
            scatterRows(grad.data_ptr<scalar_t>(), index.data_ptr<std::int64_t>(),
                        table.data_ptr<scalar_t>(), index.size(0), index.size(1), grad.size(1));
        });
        return {table, Variable()};
    }
};

at::Tensor dropped(const at::Tensor &x, const Drop &drop)
{
    const at::Tensor from = x.contiguous();
    at::Tensor out = at::empty_like(from);
    AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "keyedDropout", [&] {
        dropRow(from.data_ptr<scalar_t>(), out.data_ptr<scalar_t>(), drop, from.numel());
    });
    return out;
}

struct KeyedDropout : torch::autograd::Function<KeyedDropout> {
    static at::Tensor forward(AutogradContext *context, const at::Tensor &x, const Drop &drop)
    {
        context->saved_data["key"] = static_cast<std::int64_t>(drop.key);
        context->saved_data["threshold"] = std::int64_t{drop.threshold};
        return dropped(x, drop);
    }

    static variable_list backward(AutogradContext *context, const variable_list &grads)
    {
        const Drop drop{static_cast<std::uint64_t>(context->saved_data["key"].toInt()),
                        static_cast<std::uint32_t>(context->saved_data["threshold"].toInt())};
        return {dropped(grads[0], drop), Variable()};
    }
};

} // namespace

void addRows(at::Tensor &table, const std::vector<std::int64_t> &index, const at::Tensor &rows)
{
    if (!table.is_cpu()) {
        table.index_add_(0, at::tensor(index, at::kLong).to(table.device()), rows);
        return;
    }
    const at::Tensor from = rows.contiguous();
    AT_DISPATCH_FLOATING_TYPES(table.scalar_type(), "addRows", [&] {
        scatterRows(from.data_ptr<scalar_t>(), index.data(), table.data_ptr<scalar_t>(),
                    from.size(0), 1, from.size(1));
    });
}

at::Tensor sumRows(const at::Tensor &table, const at::Tensor &index)
{
    return table.is_cpu() ? SumRows::apply(table, index) : sumRowsPlain(table, index);
}

at::Tensor sumRowsPlain(const at::Tensor &table, const at::Tensor &index)
{
    return table.index_select(0, index.reshape({-1}))
        .view({index.size(0), index.size(1), table.size(1)})
        .sum(1);
}

at::Tensor keyedDropout(const at::Tensor &x, double p, std::uint64_t key)
{
    if (p <= 0) {
        return x;
    }
    return x.is_cpu() ? KeyedDropout::apply(x, dropOf(p, key)) : at::dropout(x, p, true);
}

} // namespace perennial::net
