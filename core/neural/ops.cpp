#include "core/neural/ops_torch.h"

#include "core/neural/drop_torch.h"
#include "core/neural/row_loops.h"

#include <algorithm>
#include <cmath>

namespace perennial::net {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

namespace {

/// out[i] += Σ over k of table[index[i, k]].
template <class T>
void gatherRows(const T *table, const std::int64_t *index, T *out, std::int64_t n, std::int64_t k,
                std::int64_t d)
{
    for (std::int64_t i = 0; i < n * k; ++i) {
        addScaled(out + i / k * d, table + index[i] * d, T{1}, d);
    }
}

/// table[index[i, k]] += grad[i].
template <class T>
void scatterRows(const T *grad, const std::int64_t *index, T *table, std::int64_t n,
                 std::int64_t k, std::int64_t d)
{
    for (std::int64_t i = 0; i < n * k; ++i) {
        addScaled(table + index[i] * d, grad + i / k * d, T{1}, d);
    }
}

/// out + the sums of rows, in place.
at::Tensor gathered(at::Tensor out, const at::Tensor &table, const at::Tensor &index)
{
    const at::Tensor from = table.contiguous(), at_ = index.contiguous();
    AT_DISPATCH_FLOATING_TYPES(table.scalar_type(), "sumRows", [&] {
        gatherRows(from.data_ptr<scalar_t>(), at_.data_ptr<std::int64_t>(), out.data_ptr<scalar_t>(),
                   at_.size(0), at_.size(1), from.size(1));
    });
    return out;
}

at::Tensor scattered(const at::Tensor &grad, const at::Tensor &index, std::int64_t rows)
{
    const at::Tensor from = grad.contiguous(), at_ = index.contiguous();
    at::Tensor table = at::zeros({rows, from.size(1)}, from.options());
    AT_DISPATCH_FLOATING_TYPES(from.scalar_type(), "sumRowsBackward", [&] {
        scatterRows(from.data_ptr<scalar_t>(), at_.data_ptr<std::int64_t>(),
                    table.data_ptr<scalar_t>(), at_.size(0), at_.size(1), from.size(1));
    });
    return table;
}

struct SumRows : torch::autograd::Function<SumRows> {
    static at::Tensor forward(AutogradContext *context, const at::Tensor &table,
                              const at::Tensor &index)
    {
        context->save_for_backward({index});
        context->saved_data["rows"] = table.size(0);
        return gathered(at::zeros({index.size(0), table.size(1)}, table.options()), table, index);
    }

    static variable_list backward(AutogradContext *context, const variable_list &grads)
    {
        return {scattered(grads[0], context->get_saved_variables()[0],
                          context->saved_data["rows"].toInt()),
                Variable()};
    }
};

struct AddSumRows : torch::autograd::Function<AddSumRows> {
    static at::Tensor forward(AutogradContext *context, const at::Tensor &base,
                              const at::Tensor &table, const at::Tensor &index)
    {
        context->save_for_backward({index});
        context->saved_data["rows"] = table.size(0);
        return gathered(base.contiguous().clone(), table, index);
    }

    static variable_list backward(AutogradContext *context, const variable_list &grads)
    {
        return {grads[0],
                scattered(grads[0], context->get_saved_variables()[0],
                          context->saved_data["rows"].toInt()),
                Variable()};
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
        saveDrop(context, "drop", drop);
        return dropped(x, drop);
    }

    static variable_list backward(AutogradContext *context, const variable_list &grads)
    {
        return {dropped(grads[0], savedDrop(context, "drop")), Variable()};
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

at::Tensor addSumRows(const at::Tensor &base, const at::Tensor &table, const at::Tensor &index)
{
    return table.is_cpu() ? AddSumRows::apply(base, table, index) : base + sumRowsPlain(table, index);
}

at::Tensor sumRowsPlain(const at::Tensor &table, const at::Tensor &index)
{
    return table.index_select(0, index.reshape({-1}))
        .view({index.size(0), index.size(1), table.size(1)})
        .sum(1);
}

at::Tensor keyedDropout(const at::Tensor &x, const Drop &drop)
{
    if (drop.threshold == 0) {
        return x;
    }
    return x.is_cpu() ? KeyedDropout::apply(x, drop) : at::dropout(x, drop.share(), true);
}

} // namespace perennial::net
