#include "core/neural/attention_kernel.h"
#include "core/neural/drop_torch.h"
#include "core/neural/layers_torch.h"
#include "core/neural/ops_torch.h"

#include <array>

namespace perennial::net {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

namespace {

/// The block's parameters in the order in which its operation takes them.
enum Part : std::size_t {
    Norm1Weight, Norm1Bias, QkvWeight, QkvBias, OutWeight, OutBias,
    Norm2Weight, Norm2Bias, Ff1Weight, Ff1Bias, Ff2Weight, Ff2Bias
};
constexpr std::array<const char *, 12> kParts{
    "norm1.weight", "norm1.bias", "qkv.weight", "qkv.bias", "out.weight", "out.bias",
    "norm2.weight", "norm2.bias", "ff1.weight", "ff1.bias", "ff2.weight", "ff2.bias"};

/// What the way back needs of the way there, in the order in which it is kept.
struct Kept {
    at::Tensor x, normed1, qkv, weights, mixed, attended, normed2, inner, moments;
    variable_list all() const
    {
        return {x, normed1, qkv, weights, mixed, attended, normed2, inner, moments};
    }
    static Kept of(const variable_list &v)
    {
        return {v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8]};
    }
};

/// The block's dropouts, in the order of its sites.
struct Drops {
    Drop weights, attended, result;
    static Drops of(const Dropout &dropout, std::uint64_t site)
    {
        return {dropout.at(site), dropout.at(site + 1), dropout.at(site + 2)};
    }
    void save(AutogradContext *context) const
    {
        saveDrop(context, "weights", weights);
        saveDrop(context, "attended", attended);
        saveDrop(context, "result", result);
    }
    static Drops saved(AutogradContext *context)
    {
        return {savedDrop(context, "weights"), savedDrop(context, "attended"),
                savedDrop(context, "result")};
    }
};

template <class T>
const T *in(const at::Tensor &x)
{
    return x.data_ptr<T>();
}
template <class T>
T *out(const at::Tensor &x)
{
    return x.data_ptr<T>();
}

/// y = x · weightᵀ, all by rows without gaps.
template <class T>
void linear(const at::Tensor &x, const at::Tensor &weight, const at::Tensor &y)
{
    product(Side::Plain, Side::Turned, y.size(0), y.size(1), x.size(1), T{1}, {in<T>(x), x.size(1)},
            {in<T>(weight), x.size(1)}, false, {out<T>(y), y.size(1)});
}

/// The same way back: gx = gy · weight, weightGrad = gyᵀ · x, biasGrad = Σ gy.
template <class T>
void linearBackward(const at::Tensor &x, const at::Tensor &weight, const at::Tensor &gy,
                    const at::Tensor &gx, const at::Tensor &weightGrad, const at::Tensor &biasGrad)
{
    const std::int64_t n = gy.size(0), wide = gy.size(1), narrow = x.size(1);
    product(Side::Plain, Side::Plain, n, narrow, wide, T{1}, {in<T>(gy), wide},
            {in<T>(weight), narrow}, false, {out<T>(gx), narrow});
    product(Side::Turned, Side::Plain, wide, narrow, n, T{1}, {in<T>(gy), wide}, {in<T>(x), narrow},
            false, {out<T>(weightGrad), narrow});
    addColumns(in<T>(gy), out<T>(biasGrad), n, wide);
}

/// Row 2 k of the moments is norm k's means, the next its scales.
template <class T>
Norm<T> normOf(const at::TensorList &parameters, Part weight, const at::Tensor &moments,
               std::int64_t first)
{
    return {in<T>(parameters[weight]), in<T>(parameters[weight + 1]),
            out<T>(moments) + first * moments.size(1),
            out<T>(moments) + (first + 1) * moments.size(1)};
}

template <class T>
at::Tensor forwardOf(const Kept &kept, const at::TensorList &p,
                     const std::vector<std::int64_t> &lengths, const AttentionShape &shape,
                     const Drops &drops)
{
    const std::int64_t n = shape.tokens, d = shape.d;
    normRows(in<T>(kept.x), normOf<T>(p, Norm1Weight, kept.moments, 0), out<T>(kept.normed1), n, d);
    linear<T>(kept.normed1, p[QkvWeight], kept.qkv);
    addBias(out<T>(kept.qkv), in<T>(p[QkvBias]), n, 3 * d);
    const at::Tensor room = at::empty({shape.room()}, kept.qkv.options());
    attend(in<T>(kept.qkv), lengths, shape, drops.weights, out<T>(kept.weights), out<T>(room),
           out<T>(kept.mixed));
    linear<T>(kept.mixed, p[OutWeight], kept.attended);
    addDropped(in<T>(kept.x), in<T>(kept.attended), in<T>(p[OutBias]), out<T>(kept.attended),
               drops.attended, n, d);
    normRows(in<T>(kept.attended), normOf<T>(p, Norm2Weight, kept.moments, 2),
             out<T>(kept.normed2), n, d);
    linear<T>(kept.normed2, p[Ff1Weight], kept.inner);
    reluRows(out<T>(kept.inner), in<T>(p[Ff1Bias]), n, d);
    at::Tensor result = at::empty_like(kept.x);
    linear<T>(kept.inner, p[Ff2Weight], result);
    addDropped(in<T>(kept.attended), in<T>(result), in<T>(p[Ff2Bias]), out<T>(result),
               drops.result, n, d);
    return result;
}

/// @return the derivatives by x and by each parameter.
template <class T>
variable_list backwardOf(const Kept &kept, const at::TensorList &p, const at::Tensor &grad,
                         const std::vector<std::int64_t> &lengths, const AttentionShape &shape,
                         const Drops &drops)
{
    const std::int64_t n = shape.tokens, d = shape.d;
    variable_list result{at::empty_like(kept.x)};
    for (const at::Tensor &parameter : p) {
        result.push_back(at::zeros_like(parameter));
    }
    const auto by = [&](Part part) -> const at::Tensor & { return result[part + 1]; };
    const at::Tensor outer = at::empty_like(kept.x), inner = at::empty_like(kept.x);
    dropRow(in<T>(grad), out<T>(outer), drops.result, n * d);
    linearBackward<T>(kept.inner, p[Ff2Weight], outer, inner, by(Ff2Weight), by(Ff2Bias));
    reluBackward(in<T>(kept.inner), out<T>(inner), n * d);
    linearBackward<T>(kept.normed2, p[Ff1Weight], inner, outer, by(Ff1Weight), by(Ff1Bias));
    const at::Tensor attended = grad.clone();
    normRowsBackward(in<T>(kept.attended), normOf<T>(p, Norm2Weight, kept.moments, 2), in<T>(outer),
                     out<T>(attended), out<T>(by(Norm2Weight)), out<T>(by(Norm2Bias)), n, d);
    dropRow(in<T>(attended), out<T>(outer), drops.attended, n * d);
    linearBackward<T>(kept.mixed, p[OutWeight], outer, inner, by(OutWeight), by(OutBias));
    const at::Tensor qkv = at::empty_like(kept.qkv);
    const at::Tensor room = at::empty({shape.room()}, qkv.options());
    attendBackward(in<T>(kept.qkv), in<T>(kept.weights), in<T>(inner), lengths, shape,
                   drops.weights, out<T>(room), out<T>(qkv));
    linearBackward<T>(kept.normed1, p[QkvWeight], qkv, outer, by(QkvWeight), by(QkvBias));
    result[0].copy_(attended);
    normRowsBackward(in<T>(kept.x), normOf<T>(p, Norm1Weight, kept.moments, 0), in<T>(outer),
                     out<T>(result[0]), out<T>(by(Norm1Weight)), out<T>(by(Norm1Bias)), n, d);
    return result;
}

AttentionShape shapeOf(const at::Tensor &x, const std::vector<std::int64_t> &lengths,
                       std::int64_t heads)
{
    return attentionShape(x.size(0), x.size(1), heads, lengths);
}

struct AttentionBlock : torch::autograd::Function<AttentionBlock> {
    static at::Tensor forward(AutogradContext *context, const at::Tensor &x,
                              at::TensorList parameters, const std::vector<std::int64_t> &lengths,
                              std::int64_t heads, const Drops &drops)
    {
        const AttentionShape shape = shapeOf(x, lengths, heads);
        const at::TensorOptions as = x.options();
        const std::int64_t n = shape.tokens, d = shape.d;
        const auto empty = [&](std::int64_t width) { return at::empty({n, width}, as); };
        const Kept kept{x.contiguous(), empty(d), empty(3 * d), at::empty({shape.weights()}, as),
                        empty(d),       empty(d), empty(d),     empty(d), at::empty({4, n}, as)};
        at::Tensor result;
        AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "attentionBlock", [&] {
            result = forwardOf<scalar_t>(kept, parameters, lengths, shape, drops);
        });
        variable_list saved = kept.all();
        saved.insert(saved.end(), parameters.begin(), parameters.end());
        context->save_for_backward(saved);
        context->saved_data["lengths"] = lengths;
        context->saved_data["heads"] = heads;
        drops.save(context);
        return result;
    }

    static variable_list backward(AutogradContext *context, const variable_list &grads)
    {
        const variable_list saved = context->get_saved_variables();
        const Kept kept = Kept::of(saved);
        const at::TensorList parameters = at::TensorList(saved).slice(saved.size() - kParts.size());
        const std::vector<std::int64_t> lengths = context->saved_data["lengths"].toIntVector();
        const AttentionShape shape = shapeOf(kept.x, lengths, context->saved_data["heads"].toInt());
        const Drops drops = Drops::saved(context);
        const at::Tensor grad = grads[0].contiguous();
        variable_list result;
        AT_DISPATCH_FLOATING_TYPES(grad.scalar_type(), "attentionBlockBackward", [&] {
            result = backwardOf<scalar_t>(kept, parameters, grad, lengths, shape, drops);
        });
        result.insert(result.end(), 3, Variable());
        return result;
    }
};

} // namespace

at::Tensor attentionBlock(const Parameters &weights, const at::Tensor &x,
                          const std::vector<std::int64_t> &lengths, std::int64_t heads,
                          const std::string &name, const Dropout &dropout, std::uint64_t site)
{
    if (!x.is_cpu()) {
        return attentionBlockPlain(weights, x, lengths, heads, name, dropout, site);
    }
    std::vector<at::Tensor> parameters;
    parameters.reserve(kParts.size());
    for (const char *part : kParts) {
        parameters.push_back(weights[name + part]);
    }
    return AttentionBlock::apply(x, at::TensorList(parameters), lengths, heads,
                                 Drops::of(dropout, site));
}

at::Tensor attentionBlockPlain(const Parameters &weights, const at::Tensor &x,
                               const std::vector<std::int64_t> &lengths, std::int64_t heads,
                               const std::string &name, const Dropout &dropout, std::uint64_t site)
{
    const at::Tensor mixed = packedAttention(
        weights.linear(weights.normed(x, name + "norm1"), name + "qkv"), lengths, heads,
        dropout.at(site));
    const at::Tensor attended = x + dropout(weights.linear(mixed, name + "out"), site + 1);
    return feedForward(weights, attended, name, dropout, site + 2);
}

} // namespace perennial::net
