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
    std::int64_t tokens = 0, d = 0, heads = 0, inner = 0;
    std::int64_t longest = 0; ///< sequence
    std::int64_t stride = 0;  ///< of the weights: columns of the longest sequence's last row
    std::int64_t weights() const noexcept { return heads * tokens * stride; }
    /// Values of the memory that attend and attendBackward work in.
    std::int64_t room() const noexcept { return (inner + 2 * longest) * stride; }
};

/// @param lengths one or more, each >= 1. @param heads divides d.
inline AttentionShape attentionShape(std::int64_t tokens, std::int64_t d, std::int64_t heads,
                                     const std::vector<std::int64_t> &lengths)
{
    const std::int64_t longest = *std::max_element(lengths.begin(), lengths.end());
    return {tokens, d, heads, d / heads, longest, causalColumns(longest - 1, longest)};
}

/// Calls f(first token, length, head, offset of the (sequence, head)'s weights).
template <class F>
void eachSequence(const std::vector<std::int64_t> &lengths, const AttentionShape &shape, F f)
{
    for (std::int64_t head = 0; head < shape.heads; ++head) {
        std::int64_t first = 0;
        for (const std::int64_t length : lengths) {
            f(first, length, head, (head * shape.tokens + first) * shape.stride);
            first += length;
        }
    }
}

/// Calls f(first row, rows) for each block of a sequence's rows.
template <class F>
void eachBlock(std::int64_t length, F f)
{
    for (std::int64_t i = 0; i < length; i += kCausalRows) {
        f(i, std::min(kCausalRows, length - i));
    }
}

/// Memory that a head of a sequence is worked on in, for one after another.
template <class T>
struct AttentionRoom {
    Rows<T> turned;   ///< [inner, stride]: keys, or values on the way back
    Rows<T> left;     ///< [longest, stride]: weights after dropout
    Rows<T> byScores; ///< [longest, stride]

    AttentionRoom(T *memory, const AttentionShape &shape)
        : turned{memory, shape.stride}, left{turned.row(shape.inner), shape.stride},
          byScores{left.row(shape.longest), shape.stride}
    {
        std::fill(memory, left.data, T{0}); // past a sequence's end it is read, if for nothing
    }
    /// @param x [length, inner].
    Rows<const T> turnThere(std::int64_t length, std::int64_t inner, Rows<const T> x)
    {
        turn(length, inner, x, turned);
        return {turned.data, turned.stride};
    }
};

/// out = scale x y of a sequence's rows, each up to the end of its block.
/// @param y [inner, length or more].
template <class T>
void causalProduct(std::int64_t length, std::int64_t inner, T scale, Rows<const T> x,
                   Rows<const T> y, Rows<T> out)
{
    eachBlock(length, [&](std::int64_t i, std::int64_t rows) {
        product(Side::Plain, Side::Plain, rows, causalColumns(i, length), inner, scale,
                {x.row(i), x.stride}, y, false, {out.row(i), out.stride});
    });
}

/// out = scale w y, w being 0 above the diagonal. @param y [length, inner].
template <class T>
void timesCausal(std::int64_t length, std::int64_t inner, T scale, Rows<const T> w,
                 Rows<const T> y, Rows<T> out)
{
    eachBlock(length, [&](std::int64_t i, std::int64_t rows) {
        product(Side::Plain, Side::Plain, rows, inner, i + rows, scale, {w.row(i), w.stride}, y,
                false, {out.row(i), out.stride});
    });
}

/// out = scale wᵀ y.
template <class T>
void timesCausalTurned(std::int64_t length, std::int64_t inner, T scale, Rows<const T> w,
                       Rows<const T> y, Rows<T> out)
{
    eachBlock(length, [&](std::int64_t j, std::int64_t columns) {
        product(Side::Turned, Side::Plain, columns, inner, length - j, scale,
                {w.row(j) + j, w.stride}, {y.row(j), y.stride}, false, {out.row(j), out.stride});
    });
}

template <class T>
Rows<const T> unchanged(Rows<T> x)
{
    return {x.data, x.stride};
}

/// @param qkv [tokens, 3 d]. @param drop of the weights. @param weights shape.weights() values, of
/// which the columns of each row (causalColumns) are written, before dropout.
/// @param memory shape.room() values. @param out [tokens, d].
template <class T>
void attend(const T *qkv, const std::vector<std::int64_t> &lengths, const AttentionShape &shape,
            const Drop &drop, T *weights, T *memory, T *out)
{
    const T scale = static_cast<T>(1.0 / std::sqrt(static_cast<double>(shape.inner)));
    const std::int64_t row = 3 * shape.d;
    AttentionRoom<T> room(memory, shape);
    eachSequence(lengths, shape, [&](auto first, auto length, auto head, auto slot) {
        const T *in = qkv + first * row + head * shape.inner;
        const Rows<T> w{weights + slot, shape.stride};
        causalProduct<T>(length, shape.inner, scale, {in, row},
                         room.turnThere(length, shape.inner, {in + shape.d, row}), w);
        causalSoftmax(w, {drop, slot, room.left}, length);
        timesCausal<T>(length, shape.inner, T{1}, unchanged(drop.threshold > 0 ? room.left : w),
                       {in + 2 * shape.d, row},
                       {out + first * shape.d + head * shape.inner, shape.d});
    });
}

/// @param weights and @param drop as attend had them. @param grad [tokens, d]. @param memory
/// shape.room() values. @param out [tokens, 3 d]: the derivative by qkv.
template <class T>
void attendBackward(const T *qkv, const T *weights, const T *grad,
                    const std::vector<std::int64_t> &lengths, const AttentionShape &shape,
                    const Drop &drop, T *memory, T *out)
{
    const T scale = static_cast<T>(1.0 / std::sqrt(static_cast<double>(shape.inner)));
    const std::int64_t row = 3 * shape.d;
    AttentionRoom<T> room(memory, shape);
    eachSequence(lengths, shape, [&](auto first, auto length, auto head, auto slot) {
        const auto offset = first * row + head * shape.inner;
        const Rows<const T> w{weights + slot, shape.stride};
        const Rows<const T> g{grad + first * shape.d + head * shape.inner, shape.d};
        causalProduct<T>(length, shape.inner, T{1}, g,
                         room.turnThere(length, shape.inner, {qkv + offset + 2 * shape.d, row}),
                         room.byScores);
        causalSoftmaxBackward(w, room.byScores, {drop, slot, room.left}, length);
        timesCausalTurned<T>(length, shape.inner, T{1},
                             drop.threshold > 0 ? unchanged(room.left) : w, g,
                             {out + offset + 2 * shape.d, row});
        timesCausal<T>(length, shape.inner, scale, unchanged(room.byScores),
                       {qkv + offset + shape.d, row}, {out + offset, row});
        timesCausalTurned<T>(length, shape.inner, scale, unchanged(room.byScores),
                             {qkv + offset, row}, {out + offset + shape.d, row});
    });
}

} // namespace perennial::net
