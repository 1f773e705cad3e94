#include "core/neural/ops_torch.h"

#include "core/base/hash.h"

#include <algorithm>
#include <cmath>

namespace perennial::net {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

namespace {

template <class T>
void addRows(const T *table, const std::int64_t *index, T *out, std::int64_t n, std::int64_t k,
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
            addRows(from.data_ptr<scalar_t>(), at_.data_ptr<std::int64_t>(),
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

constexpr std::int64_t kLossRows = 256; ///< logits held at a time: 256 × items

struct SoftmaxLoss : torch::autograd::Function<SoftmaxLoss> {
    static at::Tensor forward(AutogradContext *context, const at::Tensor &hidden,
                              const at::Tensor &table, const at::Tensor &bias,
                              const at::Tensor &target)
    {
        const std::int64_t m = hidden.size(0);
        at::Tensor hiddenGrad = at::empty_like(hidden);
        at::Tensor tableGrad = at::zeros(table.sizes(), table.options());
        at::Tensor biasGrad = at::zeros(bias.sizes(), bias.options());
        at::Tensor loss = at::zeros({}, hidden.options());
        at::Tensor scratch = at::empty({std::min(m, kLossRows), table.size(0)}, hidden.options());
        for (std::int64_t from = 0; from < m; from += kLossRows) {
            const std::int64_t rows = std::min(kLossRows, m - from);
            const at::Tensor h = hidden.narrow(0, from, rows);
            const at::Tensor aim = target.narrow(0, from, rows).unsqueeze(1);
            at::Tensor p = scratch.narrow(0, 0, rows);
            at::addmm_out(p, bias, h, table.t());
            const at::Tensor top = p.amax(1, true);
            const at::Tensor hit = p.gather(1, aim);
            p.sub_(top).exp_();
            const at::Tensor sum = p.sum(1, true);
            loss += (sum.log() + top - hit).sum();
            p.div_(sum);
            p.scatter_add_(1, aim, at::full({rows, 1}, -1.0, hidden.options()));
            at::Tensor part = hiddenGrad.narrow(0, from, rows);
            at::mm_out(part, p, table);
            tableGrad.addmm_(p.t(), h);
            biasGrad += p.sum(0);
        }
        context->save_for_backward({hiddenGrad, tableGrad, biasGrad});
        return loss;
    }

    static variable_list backward(AutogradContext *context, const variable_list &grads)
    {
        const variable_list saved = context->get_saved_variables();
        return {saved[0] * grads[0], saved[1] * grads[0], saved[2] * grads[0], Variable()};
    }
};

/// 16 random bits decide each value, four values to a hash.
template <class T>
void dropValues(const T *x, T *out, std::int64_t n, std::uint64_t key, std::uint32_t threshold)
{
    // a table in place of a branch that would be guessed wrong every few values
    const T factor[2] = {T{0}, static_cast<T>(65536.0 / (65536.0 - threshold))};
    for (std::int64_t i = 0; i < n; i += 4) {
        std::uint64_t bits = mix64(key + static_cast<std::uint64_t>(i) * 0x9e3779b97f4a7c15ULL);
        const std::int64_t end = std::min<std::int64_t>(i + 4, n);
        for (std::int64_t j = i; j < end; ++j) {
            out[j] = x[j] * factor[(bits & 0xffffU) >= threshold ? 1 : 0];
            bits >>= 16;
        }
    }
}

at::Tensor dropped(const at::Tensor &x, std::int64_t key, std::int64_t threshold)
{
    const at::Tensor from = x.contiguous();
    at::Tensor out = at::empty_like(from);
    AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "keyedDropout", [&] {
        dropValues(from.data_ptr<scalar_t>(), out.data_ptr<scalar_t>(), from.numel(),
                   static_cast<std::uint64_t>(key), static_cast<std::uint32_t>(threshold));
    });
    return out;
}

struct KeyedDropout : torch::autograd::Function<KeyedDropout> {
    static at::Tensor forward(AutogradContext *context, const at::Tensor &x, std::int64_t key,
                              std::int64_t threshold)
    {
        context->saved_data["key"] = key;
        context->saved_data["threshold"] = threshold;
        return dropped(x, key, threshold);
    }

    static variable_list backward(AutogradContext *context, const variable_list &grads)
    {
        return {dropped(grads[0], context->saved_data["key"].toInt(),
                        context->saved_data["threshold"].toInt()),
                Variable(), Variable()};
    }
};

} // namespace

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

at::Tensor softmaxLoss(const at::Tensor &hidden, const at::Tensor &table, const at::Tensor &bias,
                       const at::Tensor &target)
{
    return SoftmaxLoss::apply(hidden, table, bias, target);
}

at::Tensor softmaxLossPlain(const at::Tensor &hidden, const at::Tensor &table,
                            const at::Tensor &bias, const at::Tensor &target)
{
    const at::Tensor logits = at::addmm(bias, hidden, table.t());
    return -at::log_softmax(logits, 1).gather(1, target.unsqueeze(1)).sum();
}

at::Tensor keyedDropout(const at::Tensor &x, double p, std::uint64_t key)
{
    const auto threshold = static_cast<std::int64_t>(std::lround(p * 65536.0));
    if (threshold <= 0) {
        return x;
    }
    return x.is_cpu() ? KeyedDropout::apply(x, static_cast<std::int64_t>(key), threshold)
                      : at::dropout(x, p, true);
}

} // namespace perennial::net
