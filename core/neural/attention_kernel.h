#pragma once

// For core/neural alone: causal attention over packed sequences on plain memory, float or double.

#include "core/neural/products.h"
#include "core/neural/softmax_loops.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace perennial::net {

struct AttentionShape {
    std::int64_t tokens = 0, d = 0, heads = 0, inner = 0, longest = 0;
    std::int64_t weights() const noexcept { return heads * tokens * longest; }
};

/// @param lengths one or more, each >= 1. @param heads divides d.
inline AttentionShape attentionShape(std::int64_t tokens, std::int64_t d, std::int64_t heads,
                                     const std::vector<std::int64_t> &lengths)
{
    return {tokens, d, heads, d / heads, *std::max_element(lengths.begin(), lengths.end())};
}

/// Calls f(first token, length, head, offset of the (sequence, head)'s weights).
template <class F>
void eachSequence(const std::vector<std::int64_t> &lengths, const AttentionShape &shape, F f)
{
    for (std::int64_t head = 0; head < shape.heads; ++head) {
        std::int64_t first = 0;
        for (const std::int64_t length : lengths) {
            f(first, length, head, (head * shape.tokens + first) * shape.longest);
            first += length;
        }
    }
}

/// A sequence's weights w after dropout: w itself where there is none, else in scratch.
template <class T>
Rows<const T> dropped(Rows<const T> w, T *scratch, const Drop &drop, std::int64_t slot,
                      std::int64_t length)
{
    if (drop.threshold == 0) {
        return w;
    }
    dropTriangle(w, {scratch, length}, drop, {slot, w.stride}, length);
    return {scratch, length};
}

/// @param qkv [tokens, 3 d]. @param drop of the weights. @param weights heads · tokens rows of
/// `longest` values, of which a sequence's block of length² is written, before dropout.
/// @param scratch longest² values. @param out [tokens, d].
template <class T>
void attend(const T *qkv, const std::vector<std::int64_t> &lengths, const AttentionShape &shape,
            const Drop &drop, T *weights, T *scratch, T *out)
{
    const T scale = static_cast<T>(1.0 / std::sqrt(static_cast<double>(shape.inner)));
    const std::int64_t row = 3 * shape.d;
    eachSequence(lengths, shape, [&](auto first, auto length, auto head, auto slot) {
        const T *in = qkv + first * row + head * shape.inner;
        const Rows<T> w{weights + slot, shape.longest};
        product(Side::Plain, Side::Turned, length, length, shape.inner, scale, {in, row},
                {in + shape.d, row}, false, w);
        causalSoftmax(w, length);
        product(Side::Plain, Side::Plain, length, shape.inner, length, T{1},
                dropped<T>({w.data, w.stride}, scratch, drop, slot, length),
                {in + 2 * shape.d, row}, false,
                {out + first * shape.d + head * shape.inner, shape.d});
    });
}

/// @param weights and @param drop as attend had them. @param grad [tokens, d]. @param scratch
/// longest² values. @param out [tokens, 3 d]: the derivative by qkv.
template <class T>
void attendBackward(const T *qkv, const T *weights, const T *grad,
                    const std::vector<std::int64_t> &lengths, const AttentionShape &shape,
                    const Drop &drop, T *scratch, T *out)
{
    const T scale = static_cast<T>(1.0 / std::sqrt(static_cast<double>(shape.inner)));
    const std::int64_t row = 3 * shape.d;
    eachSequence(lengths, shape, [&](auto first, auto length, auto head, auto slot) {
        const auto offset = first * row + head * shape.inner;
        const Rows<const T> w{weights + slot, shape.longest};
        const Rows<const T> g{grad + first * shape.d + head * shape.inner, shape.d};
        const Rows<T> ds{scratch, length};
        product(Side::Turned, Side::Plain, length, shape.inner, length, T{1},
                dropped<T>(w, scratch, drop, slot, length), g, false,
                {out + offset + 2 * shape.d, row});
        product(Side::Plain, Side::Turned, length, length, shape.inner, T{1}, g,
                {qkv + offset + 2 * shape.d, row}, false, ds);
        if (drop.threshold > 0) {
            dropTriangle({scratch, length}, ds, drop, {slot, w.stride}, length);
        }
        causalSoftmaxBackward(w, ds, length);
        product(Side::Plain, Side::Plain, length, shape.inner, length, scale, {scratch, length},
                {qkv + offset + shape.d, row}, false, {out + offset, row});
        product(Side::Turned, Side::Plain, length, shape.inner, length, scale, {scratch, length},
                {qkv + offset, row}, false, {out + offset + shape.d, row});
    });
}

} // namespace perennial::net
