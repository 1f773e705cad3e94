#include "core/neural/layers_torch.h"
#include "core/neural/ops_torch.h"

#include <algorithm>

namespace perennial::net {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

namespace {

/// Σ of decays up to each place in a sequence, by rows of d. @return longest × d.
template <class T>
std::vector<T> decaySums(const T *decay, const std::vector<std::int64_t> &lengths, std::int64_t d)
{
    const std::int64_t longest = *std::max_element(lengths.begin(), lengths.end());
    std::vector<T> sums(static_cast<std::size_t>(longest * d), T{1});
    for (std::int64_t i = 1; i < longest; ++i) {
        for (std::int64_t c = 0; c < d; ++c) {
            const auto k = static_cast<std::size_t>(i * d + c);
            sums[k] = decay[c] * sums[k - static_cast<std::size_t>(d)] + T{1};
        }
    }
    return sums;
}

template <class T>
void meansOf(const T *x, const T *decay, T *out, const std::vector<std::int64_t> &lengths,
             std::int64_t d)
{
    const std::vector<T> sums = decaySums(decay, lengths, d);
    std::vector<T> state(static_cast<std::size_t>(d));
    for (const std::int64_t length : lengths) {
        std::fill(state.begin(), state.end(), T{0});
        for (std::int64_t i = 0; i < length; ++i, x += d, out += d) {
            const T *sum = sums.data() + i * d;
            T *s = state.data();
            for (std::int64_t c = 0; c < d; ++c) {
                s[c] = decay[c] * s[c] + x[c];
                out[c] = s[c] / sum[c];
            }
        }
    }
}

/// Backward through s_i = λ s_{i−1} + x_i, n_i = λ n_{i−1} + 1, y_i = s_i / n_i. With S and N the
/// derivatives by s_i and n_i: dx_i = S_i, and λ gathers S_i s_{i−1} + N_i n_{i−1}.
template <class T>
void meansBack(const T *y, const T *decay, const T *grad, T *dx, T *dDecay,
               const std::vector<std::int64_t> &lengths, std::int64_t d)
{
    const std::vector<T> sums = decaySums(decay, lengths, d);
    std::vector<T> byState(static_cast<std::size_t>(d)), bySum(static_cast<std::size_t>(d));
    std::int64_t first = 0;
    for (const std::int64_t length : lengths) {
        std::fill(byState.begin(), byState.end(), T{0});
        std::fill(bySum.begin(), bySum.end(), T{0});
        for (std::int64_t i = length - 1; i >= 0; --i) {
            const std::int64_t at_ = (first + i) * d;
            const T *sum = sums.data() + i * d;
            for (std::int64_t c = 0; c < d; ++c) {
                const auto k = static_cast<std::size_t>(c);
                const T g = grad[at_ + c] / sum[c];
                byState[k] = g + decay[c] * byState[k];
                bySum[k] = decay[c] * bySum[k] - g * y[at_ + c];
                dx[at_ + c] = byState[k];
                if (i > 0) {
                    const T before = sum[c - d];
                    dDecay[c] += (byState[k] * y[at_ + c - d] + bySum[k]) * before;
                }
            }
        }
        first += length;
    }
}

struct DecayedMean : torch::autograd::Function<DecayedMean> {
    static at::Tensor forward(AutogradContext *context, const at::Tensor &xIn,
                              const at::Tensor &decayIn, const std::vector<std::int64_t> &lengths)
    {
        const at::Tensor x = xIn.contiguous();
        const at::Tensor decay = decayIn.contiguous();
        at::Tensor out = at::empty_like(x);
        AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "decayedMean", [&] {
            meansOf(x.data_ptr<scalar_t>(), decay.data_ptr<scalar_t>(), out.data_ptr<scalar_t>(),
                    lengths, x.size(1));
        });
        context->save_for_backward({out, decay});
        context->saved_data["lengths"] = lengths;
        return out;
    }

    static variable_list backward(AutogradContext *context, const variable_list &grads)
    {
        const variable_list saved = context->get_saved_variables();
        const at::Tensor grad = grads[0].contiguous();
        at::Tensor dx = at::empty_like(grad);
        at::Tensor dDecay = at::zeros_like(saved[1]);
        AT_DISPATCH_FLOATING_TYPES(grad.scalar_type(), "decayedMeanBackward", [&] {
            meansBack(saved[0].data_ptr<scalar_t>(), saved[1].data_ptr<scalar_t>(),
                      grad.data_ptr<scalar_t>(), dx.data_ptr<scalar_t>(),
                      dDecay.data_ptr<scalar_t>(),
                      context->saved_data["lengths"].toIntVector(), grad.size(1));
        });
        return {dx, dDecay, Variable()};
    }
};

} // namespace

at::Tensor decayedMean(const at::Tensor &x, const at::Tensor &decay,
                       const std::vector<std::int64_t> &lengths)
{
    return x.is_cpu() ? DecayedMean::apply(x, decay, lengths)
                      : decayedMeanPlain(x, decay, lengths);
}

at::Tensor decayedMeanPlain(const at::Tensor &x, const at::Tensor &decay,
                            const std::vector<std::int64_t> &lengths)
{
    const TimeOrder order = timeOrder(lengths, x.device());
    const at::Tensor inTime = x.index_select(0, order.tokens);
    at::Tensor state = at::zeros({order.batch.front(), x.size(1)}, x.options());
    at::Tensor sum = at::zeros_like(decay);
    std::vector<at::Tensor> means;
    std::int64_t from = 0;
    for (const std::int64_t batch : order.batch) {
        state = state.narrow(0, 0, batch) * decay + inTime.narrow(0, from, batch);
        sum = sum * decay + 1;
        means.push_back(state / sum);
        from += batch;
    }
    return at::cat(means).index_select(0, order.places);
}

} // namespace perennial::net
