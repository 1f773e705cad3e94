#include "core/neural/ops_torch.h"

#include <dlfcn.h>

#include <algorithm>
#include <cmath>

namespace perennial::net {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

namespace {

template <class T>
using Gemm = void (*)(const char *, const char *, const int *, const int *, const int *, const T *,
                      const T *, const int *, const T *, const int *, const T *, T *, const int *);

/// The product of the BLAS that LibTorch itself loaded; calling it directly saves building a tensor
/// view for each of the few hundred small products of a step.
template <class T>
Gemm<T> blasGemm() noexcept;
template <>
Gemm<float> blasGemm<float>() noexcept
{
    static const auto f = reinterpret_cast<Gemm<float>>(dlsym(RTLD_DEFAULT, "sgemm_"));
    return f;
}
template <>
Gemm<double> blasGemm<double>() noexcept
{
    static const auto f = reinterpret_cast<Gemm<double>>(dlsym(RTLD_DEFAULT, "dgemm_"));
    return f;
}

template <class T>
struct Matrix {
    T *data;
    std::int64_t stride;
};

/// out[i][j] = scale Σ_c a[i][c] b[j][c], all stored by rows: rows × rows from rows × inner.
template <class T>
void timesTransposed(Matrix<const T> a, Matrix<const T> b, Matrix<T> out, std::int64_t rows,
                     std::int64_t inner, T scale)
{
    const int l = static_cast<int>(rows), k = static_cast<int>(inner);
    const int lda = static_cast<int>(a.stride), ldb = static_cast<int>(b.stride);
    const int ldc = static_cast<int>(out.stride);
    const T zero = 0;
    blasGemm<T>()("T", "N", &l, &l, &k, &scale, b.data, &ldb, a.data, &lda, &zero, out.data, &ldc);
}

/// out[i][c] = scale Σ_j w[i][j] b[j][c], or Σ_j w[j][i] b[j][c]: rows × inner.
template <class T>
void weighted(const char *side, Matrix<const T> w, Matrix<const T> b, Matrix<T> out,
              std::int64_t rows, std::int64_t inner, T scale)
{
    const int l = static_cast<int>(rows), k = static_cast<int>(inner);
    const int ldw = static_cast<int>(w.stride), ldb = static_cast<int>(b.stride);
    const int ldc = static_cast<int>(out.stride);
    const T zero = 0;
    blasGemm<T>()("N", side, &k, &l, &l, &scale, b.data, &ldb, w.data, &ldw, &zero, out.data, &ldc);
}
constexpr const char *kByRow = "N";    // w[i][j]
constexpr const char *kByColumn = "T"; // w[j][i]

struct Shape {
    std::int64_t tokens = 0, d = 0, heads = 0, inner = 0, longest = 0;
};
Shape shapeOf(const at::Tensor &qkv, const std::vector<std::int64_t> &lengths, std::int64_t heads)
{
    const std::int64_t d = qkv.size(1) / 3;
    return {qkv.size(0), d, heads, d / heads, *std::max_element(lengths.begin(), lengths.end())};
}

/// Scores of one (sequence, head), the future masked out. The mask is finite so that a softmax over
/// the row never meets inf − inf.
template <class T>
void scoreSequence(const T *qkv, T *scores, std::int64_t length, const Shape &shape, T scale)
{
    const Matrix<const T> q{qkv, 3 * shape.d}, k{qkv + shape.d, 3 * shape.d};
    timesTransposed<T>(q, k, {scores, shape.longest}, length, shape.inner, scale);
    for (std::int64_t i = 0; i < length; ++i) {
        std::fill(scores + i * shape.longest + i + 1, scores + (i + 1) * shape.longest, T(-1e30));
    }
}

/// Calls f(first token, length, head, offset of the (sequence, head)'s scores).
template <class F>
void eachSequence(const std::vector<std::int64_t> &lengths, const Shape &shape, F f)
{
    for (std::int64_t head = 0; head < shape.heads; ++head) {
        std::int64_t first = 0;
        for (const std::int64_t length : lengths) {
            f(first, length, head, (head * shape.tokens + first) * shape.longest);
            first += length;
        }
    }
}

struct PackedAttention : torch::autograd::Function<PackedAttention> {
    static at::Tensor forward(AutogradContext *context, const at::Tensor &qkvIn,
                              const std::vector<std::int64_t> &lengths, std::int64_t heads)
    {
        const at::Tensor qkv = qkvIn.contiguous();
        const Shape shape = shapeOf(qkv, lengths, heads);
        at::Tensor weights =
            at::empty({shape.heads * shape.tokens, shape.longest}, qkv.options());
        at::Tensor out = at::empty({shape.tokens, shape.d}, qkv.options());
        AT_DISPATCH_FLOATING_TYPES(qkv.scalar_type(), "packedAttention", [&] {
            const auto *in = qkv.data_ptr<scalar_t>();
            auto *w = weights.data_ptr<scalar_t>();
            auto *to = out.data_ptr<scalar_t>();
            const auto scale =
                static_cast<scalar_t>(1.0 / std::sqrt(static_cast<double>(shape.inner)));
            eachSequence(lengths, shape, [&](auto first, auto length, auto head, auto slot) {
                scoreSequence(in + first * 3 * shape.d + head * shape.inner, w + slot, length, shape,
                              scale);
            });
            at::_softmax_out(weights, weights, 1, false);
            eachSequence(lengths, shape, [&](auto first, auto length, auto head, auto slot) {
                const auto *v = in + first * 3 * shape.d + 2 * shape.d + head * shape.inner;
                weighted<scalar_t>(kByRow, {w + slot, shape.longest}, {v, 3 * shape.d},
                                   {to + first * shape.d + head * shape.inner, shape.d}, length,
                                   shape.inner, 1);
            });
        });
        context->save_for_backward({qkv, weights});
        context->saved_data["lengths"] = lengths;
        context->saved_data["heads"] = heads;
        return out;
    }

    static variable_list backward(AutogradContext *context, const variable_list &grads)
    {
        const variable_list saved = context->get_saved_variables();
        const at::Tensor &qkv = saved[0];
        const at::Tensor &weights = saved[1];
        const std::vector<std::int64_t> lengths = context->saved_data["lengths"].toIntVector();
        const Shape shape = shapeOf(qkv, lengths, context->saved_data["heads"].toInt());
        const at::Tensor grad = grads[0].contiguous();
        at::Tensor scores = at::zeros_like(weights);
        at::Tensor out = at::empty_like(qkv);
        AT_DISPATCH_FLOATING_TYPES(qkv.scalar_type(), "packedAttentionBackward", [&] {
            backwardOf(qkv.data_ptr<scalar_t>(), weights, grad.data_ptr<scalar_t>(), scores,
                       out.data_ptr<scalar_t>(), lengths, shape);
        });
        return {out, Variable(), Variable()};
    }

private:
    template <class T>
    static void backwardOf(const T *in, const at::Tensor &weights, const T *grad,
                           at::Tensor &scores, T *out, const std::vector<std::int64_t> &lengths,
                           const Shape &shape)
    {
        const T scale = static_cast<T>(1.0 / std::sqrt(static_cast<double>(shape.inner)));
        const std::int64_t row = 3 * shape.d;
        const T *w = weights.data_ptr<T>();
        T *s = scores.data_ptr<T>();
        eachSequence(lengths, shape, [&](auto first, auto length, auto head, auto slot) {
            const auto offset = first * row + head * shape.inner;
            const Matrix<const T> g{grad + first * shape.d + head * shape.inner, shape.d};
            timesTransposed<T>(g, {in + offset + 2 * shape.d, row}, {s + slot, shape.longest}, length,
                               shape.inner, 1);
            weighted<T>(kByColumn, {w + slot, shape.longest}, g, {out + offset + 2 * shape.d, row},
                        length, shape.inner, 1);
        });
        scores = at::_softmax_backward_data(scores, weights, 1, weights.scalar_type());
        s = scores.data_ptr<T>();
        eachSequence(lengths, shape, [&](auto first, auto length, auto head, auto slot) {
            const auto offset = first * row + head * shape.inner;
            const Matrix<const T> ds{s + slot, shape.longest};
            weighted<T>(kByRow, ds, {in + offset + shape.d, row}, {out + offset, row}, length,
                        shape.inner, scale);
            weighted<T>(kByColumn, ds, {in + offset, row}, {out + offset + shape.d, row}, length,
                        shape.inner, scale);
        });
    }
};

} // namespace

bool hasFusedAttention() noexcept
{
    return blasGemm<float>() != nullptr && blasGemm<double>() != nullptr;
}

at::Tensor packedAttention(const at::Tensor &qkv, const std::vector<std::int64_t> &lengths,
                           std::int64_t heads)
{
    return qkv.is_cpu() && hasFusedAttention() ? PackedAttention::apply(qkv, lengths, heads)
                                               : packedAttentionPlain(qkv, lengths, heads);
}

at::Tensor packedAttentionPlain(const at::Tensor &qkv, const std::vector<std::int64_t> &lengths,
                                std::int64_t heads)
{
    const Shape shape = shapeOf(qkv, lengths, heads);
    const auto batch = static_cast<std::int64_t>(lengths.size());
    std::vector<std::int64_t> place;
    place.reserve(static_cast<std::size_t>(shape.tokens));
    for (std::int64_t b = 0; b < batch; ++b) {
        for (std::int64_t i = 0; i < lengths[static_cast<std::size_t>(b)]; ++i) {
            place.push_back(b * shape.longest + i);
        }
    }
    const at::Tensor index =
        at::tensor(place, at::TensorOptions().dtype(at::kLong)).to(qkv.device());
    const at::Tensor padded =
        at::zeros({batch * shape.longest, 3 * shape.d}, qkv.options())
            .index_copy(0, index, qkv)
            .view({batch, shape.longest, 3, shape.heads, shape.inner})
            .permute({2, 0, 3, 1, 4});
    const at::Tensor future =
        at::ones({shape.longest, shape.longest}, qkv.options().dtype(at::kBool)).triu(1);
    const at::Tensor scores =
        (at::matmul(padded[0], padded[1].transpose(-1, -2)) /
         std::sqrt(static_cast<double>(shape.inner)))
            .masked_fill(future, -1e30);
    return at::matmul(at::softmax(scores, -1), padded[2])
        .transpose(1, 2)
        .reshape({batch * shape.longest, shape.d})
        .index_select(0, index);
}

} // namespace perennial::net
