#include "core/neural/blas.h"
#include "core/neural/ops_torch.h"

#include <algorithm>
#include <cmath>

namespace perennial::net {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

namespace {

/// Logits held at a time: few enough for a core's caches, rows enough for the product.
constexpr std::int64_t kLossValues = 800'000;

/// Derivatives of the loss of some rows; what they need of the logits is used up before the next.
template <class T>
struct LossGradients {
    Rows<T> hidden, table;
    T *bias = nullptr;
};

/// Σ −log softmax of the rows of `hidden`; derivatives go to `by`, those by table and bias are added.
template <class T>
double lossOfRows(Rows<const T> hidden, Rows<const T> table, const T *bias,
                  const std::int64_t *target, std::int64_t rows, std::int64_t items, std::int64_t d,
                  T *logits, T *scaled, const LossGradients<T> &by)
{
    product(Side::Plain, Side::Turned, rows, items, d, T{1}, hidden, table, T{0}, {logits, items});
    double loss = 0;
    for (std::int64_t i = 0; i < rows; ++i) {
        T *p = logits + i * items;
        const T hit = p[target[i]] + bias[target[i]];
        const SoftmaxRow<T> row = expRow(p, bias, items);
        loss += std::log(static_cast<double>(row.sum)) + static_cast<double>(row.top - hit);
        p[target[i]] -= row.sum;
        const T share = T{1} / row.sum;
        addScaled(by.bias, p, share, items);
        for (std::int64_t c = 0; c < d; ++c) {
            scaled[i * d + c] = hidden.row(i)[c] * share;
        }
        // the same division for the row's own derivative, after the product
        scaled[rows * d + i] = share;
    }
    product(Side::Plain, Side::Plain, rows, d, items, T{1}, {logits, items}, table, T{0}, by.hidden);
    for (std::int64_t i = 0; i < rows; ++i) {
        for (std::int64_t c = 0; c < d; ++c) {
            by.hidden.row(i)[c] *= scaled[rows * d + i];
        }
    }
    product(Side::Turned, Side::Plain, items, d, rows, T{1}, {logits, items}, {scaled, d}, T{1},
            by.table);
    return loss;
}

/// What both ways keep are the derivatives themselves.
variable_list scaledGradients(AutogradContext *context, const variable_list &grads)
{
    const variable_list saved = context->get_saved_variables();
    return {saved[0] * grads[0], saved[1] * grads[0], saved[2] * grads[0], Variable(), Variable()};
}

struct SoftmaxLoss : torch::autograd::Function<SoftmaxLoss> {
    static at::Tensor forward(AutogradContext *context, const at::Tensor &hiddenIn,
                              const at::Tensor &tableIn, const at::Tensor &biasIn,
                              const at::Tensor &targetIn, std::int64_t first)
    {
        const at::Tensor hidden = hiddenIn.contiguous(), table = tableIn.contiguous();
        const at::Tensor bias = biasIn.contiguous(), target = targetIn.contiguous();
        const std::int64_t m = hidden.size(0), d = hidden.size(1), items = bias.size(0);
        const std::int64_t atOnce = std::clamp<std::int64_t>(kLossValues / items, 16, 1024);
        const at::Tensor hiddenGrad = at::empty_like(hidden);
        const at::Tensor tableGrad = at::zeros_like(table), biasGrad = at::zeros_like(bias);
        const at::Tensor logits = at::empty({atOnce, items}, hidden.options());
        const at::Tensor scaled = at::empty({atOnce, d + 1}, hidden.options());
        double loss = 0;
        AT_DISPATCH_FLOATING_TYPES(hidden.scalar_type(), "softmaxLoss", [&] {
            using T = scalar_t;
            for (std::int64_t from = 0; from < m; from += atOnce) {
                loss += lossOfRows<T>(
                    {hidden.data_ptr<T>() + from * d, d}, {table.data_ptr<T>() + first * d, d},
                    bias.data_ptr<T>(), target.data_ptr<std::int64_t>() + from,
                    std::min(atOnce, m - from), items, d, logits.data_ptr<T>(),
                    scaled.data_ptr<T>(),
                    {{hiddenGrad.data_ptr<T>() + from * d, d},
                     {tableGrad.data_ptr<T>() + first * d, d},
                     biasGrad.data_ptr<T>()});
            }
        });
        context->save_for_backward({hiddenGrad, tableGrad, biasGrad});
        // By way of double: at::full throws where a float would overflow, and that is for who adds
        // the losses up to see and to name the batch of.
        return at::full({}, loss, hidden.options().dtype(at::kDouble)).to(hidden.scalar_type());
    }

    static variable_list backward(AutogradContext *context, const variable_list &grads)
    {
        return scaledGradients(context, grads);
    }
};

constexpr std::int64_t kLossRows = 256; ///< logits held at a time: 256 × items

/// The same by whole tensors, for devices that have no memory of ours.
struct TensorSoftmaxLoss : torch::autograd::Function<TensorSoftmaxLoss> {
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
        return scaledGradients(context, grads);
    }
};

} // namespace

at::Tensor softmaxLoss(const at::Tensor &hidden, const at::Tensor &table, const at::Tensor &bias,
                       const at::Tensor &target, std::int64_t first)
{
    return hidden.is_cpu() && hasBlas()
               ? SoftmaxLoss::apply(hidden, table, bias, target, first)
               : TensorSoftmaxLoss::apply(hidden, table.narrow(0, first, bias.size(0)), bias, target);
}

at::Tensor softmaxLossPlain(const at::Tensor &hidden, const at::Tensor &table,
                            const at::Tensor &bias, const at::Tensor &target, std::int64_t first)
{
    const at::Tensor logits =
        at::addmm(bias, hidden, table.narrow(0, first, bias.size(0)).t());
    return -at::log_softmax(logits, 1).gather(1, target.unsqueeze(1)).sum();
}

} // namespace perennial::net
