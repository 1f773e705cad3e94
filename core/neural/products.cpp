#include "core/neural/products.h"

#include <algorithm>
#include <cstring>

// Written in vectors whose lanes each processor has, one version for each kind of it; the one at hand is
// taken when a product is first asked for.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define PERENNIAL_KINDS_OF_X86
#endif
#define PERENNIAL_INLINE inline __attribute__((always_inline))

namespace perennial::net {

namespace {

constexpr std::int64_t kDepth = 256;    ///< of a panel: how much of k is summed in registers
constexpr int kRows = 6, kFewRows = 2;  ///< of c, whose sums are in registers together
constexpr int kTurned = 16;             ///< rows that are turned together

template <class T, int Lanes>
struct VectorOf {
    typedef T Type __attribute__((vector_size(Lanes * sizeof(T)))); // not by using: GCC would drop it
};

/// a(r, k) lies at data + r · row + k · depth.
template <class T>
struct Left {
    const T *data = nullptr;
    std::int64_t row = 0, depth = 0;
};

template <class T>
struct Sizes {
    std::int64_t m = 0, n = 0, k = 0;
    T alpha = 1;
    bool add = false;
};

/// c (+)= alpha a b for R rows and C vectors of columns. @param columns of those that are c's.
template <class T, int Lanes, int R, int C>
PERENNIAL_INLINE void tile(const Left<T> &a, Rows<const T> b, const Sizes<T> &sizes,
                           std::int64_t columns, Rows<T> c)
{
    using Vector = typename VectorOf<T, Lanes>::Type;
    Vector sums[R][C] = {};
    for (std::int64_t p = 0; p < sizes.k; ++p) {
        Vector right[C];
#pragma GCC unroll 4
        for (int j = 0; j < C; ++j) {
            std::memcpy(&right[j], b.row(p) + j * Lanes, sizeof(Vector));
        }
#pragma GCC unroll 6
        for (int r = 0; r < R; ++r) {
            const T left = a.data[r * a.row + p * a.depth];
#pragma GCC unroll 4
            for (int j = 0; j < C; ++j) {
                sums[r][j] += right[j] * left;
            }
        }
    }
    if (columns == C * Lanes) {
#pragma GCC unroll 6
        for (int r = 0; r < R; ++r) {
#pragma GCC unroll 4
            for (int j = 0; j < C; ++j) {
                T *to = c.row(r) + j * Lanes;
                Vector sum = sums[r][j] * sizes.alpha, before;
                if (sizes.add) {
                    std::memcpy(&before, to, sizeof before);
                    sum += before;
                }
                std::memcpy(to, &sum, sizeof sum);
            }
        }
        return;
    }
    T values[R][C * Lanes];
    std::memcpy(values, sums, sizeof values);
    for (int r = 0; r < R; ++r) {
        T *to = c.row(r);
        for (std::int64_t j = 0; j < columns; ++j) {
            to[j] = values[r][j] * sizes.alpha + (sizes.add ? to[j] : T{0});
        }
    }
}

template <class T, int Lanes, int C>
PERENNIAL_INLINE void tilesOfColumns(const Left<T> &a, Rows<const T> b, const Sizes<T> &sizes,
                                     std::int64_t columns, Rows<T> c)
{
    std::int64_t r = 0;
    const auto from = [&](std::int64_t row) { return Left<T>{a.data + row * a.row, a.row, a.depth}; };
    const auto to = [&](std::int64_t row) { return Rows<T>{c.row(row), c.stride}; };
    for (; r + kRows <= sizes.m; r += kRows) {
        tile<T, Lanes, kRows, C>(from(r), b, sizes, columns, to(r));
    }
    for (; r + kFewRows <= sizes.m; r += kFewRows) {
        tile<T, Lanes, kFewRows, C>(from(r), b, sizes, columns, to(r));
    }
    for (; r < sizes.m; ++r) {
        tile<T, Lanes, 1, C>(from(r), b, sizes, columns, to(r));
    }
}

/// A block of 4 × 4 floats, by rows.
PERENNIAL_INLINE void turnFour(const float *from, std::int64_t stride, Rows<float> to)
{
    using Four = VectorOf<float, 4>::Type;
    Four r[4];
    for (int l = 0; l < 4; ++l) {
        std::memcpy(&r[l], from + l * stride, sizeof(Four));
    }
    const Four low = __builtin_shufflevector(r[0], r[1], 0, 4, 1, 5);
    const Four high = __builtin_shufflevector(r[0], r[1], 2, 6, 3, 7);
    const Four low2 = __builtin_shufflevector(r[2], r[3], 0, 4, 1, 5);
    const Four high2 = __builtin_shufflevector(r[2], r[3], 2, 6, 3, 7);
    r[0] = __builtin_shufflevector(low, low2, 0, 1, 4, 5);
    r[1] = __builtin_shufflevector(low, low2, 2, 3, 6, 7);
    r[2] = __builtin_shufflevector(high, high2, 0, 1, 4, 5);
    r[3] = __builtin_shufflevector(high, high2, 2, 3, 6, 7);
    for (int l = 0; l < 4; ++l) {
        std::memcpy(to.row(l), &r[l], sizeof(Four));
    }
}

/// to[j][i] = from[i][j].
template <class T>
PERENNIAL_INLINE void turnOf(std::int64_t m, std::int64_t n, Rows<const T> from, Rows<T> to)
{
    std::int64_t blocks = 0, wide = 0; // what is turned by fours: `blocks` rows, `wide` columns
    if constexpr (sizeof(T) == 4) {
        blocks = m / 4 * 4, wide = n / 4 * 4;
        for (std::int64_t i = 0; i < blocks; i += kTurned) { // so that lines are filled at once
            const std::int64_t end = std::min(i + kTurned, blocks);
            for (std::int64_t j = 0; j < wide; j += 4) {
                for (std::int64_t k = i; k < end; k += 4) {
                    turnFour(from.row(k) + j, from.stride, {to.row(j) + k, to.stride});
                }
            }
        }
    }
    for (std::int64_t i = 0; i < m; ++i) {
        for (std::int64_t j = i < blocks ? wide : 0; j < n; ++j) {
            to.row(j)[i] = from.row(i)[j];
        }
    }
}

/// Columns of op(b) as rows of whole vectors, zeros beyond its end.
template <class T>
PERENNIAL_INLINE void copyPanel(Side side, Rows<const T> b, std::int64_t depth, std::int64_t columns,
                                Rows<T> panel)
{
    if (columns < panel.stride) {
        std::fill_n(panel.data, depth * panel.stride, T{0});
    }
    if (side == Side::Turned) {
        turnOf(columns, depth, b, panel);
        return;
    }
    for (std::int64_t p = 0; p < depth; ++p) {
        std::copy_n(b.row(p), columns, panel.row(p));
    }
}

/// @param Most vectors of a panel: as many sums as fit the registers.
template <class T, int Lanes, int Most>
PERENNIAL_INLINE void productOf(Side sideA, Side sideB, const Sizes<T> &sizes, Rows<const T> a,
                                Rows<const T> b, Rows<T> c)
{
    alignas(64) T copied[kDepth * Lanes * Most];
    Left<T> left{a.data, a.stride, 1};
    if (sideA == Side::Turned) {
        std::swap(left.row, left.depth);
    }
    for (std::int64_t j = 0; j < sizes.n; j += Lanes * Most) {
        const std::int64_t columns = std::min<std::int64_t>(sizes.n - j, Lanes * Most);
        const std::int64_t vectors = (columns + Lanes - 1) / Lanes;
        for (std::int64_t p = 0; p < sizes.k; p += kDepth) {
            const Sizes<T> part{sizes.m, columns, std::min(sizes.k - p, kDepth), sizes.alpha,
                                sizes.add || p > 0};
            const T *start = sideB == Side::Plain ? b.row(p) + j : b.row(j) + p;
            Rows<const T> panel{start, b.stride};
            if (sideB == Side::Turned || columns < vectors * Lanes) {
                const Rows<T> copy{copied, vectors * Lanes};
                copyPanel(sideB, panel, part.k, columns, copy);
                panel = {copied, copy.stride};
            }
            const Left<T> from{left.data + p * left.depth, left.row, left.depth};
            const Rows<T> to{c.data + j, c.stride};
            if (vectors == 1) {
                tilesOfColumns<T, Lanes, 1>(from, panel, part, columns, to);
            } else if (vectors == 2) {
                tilesOfColumns<T, Lanes, 2>(from, panel, part, columns, to);
            } else if (vectors == 3) {
                tilesOfColumns<T, Lanes, std::min(3, Most)>(from, panel, part, columns, to);
            } else {
                tilesOfColumns<T, Lanes, Most>(from, panel, part, columns, to);
            }
        }
    }
}

template <class T>
using Product = void (*)(Side, Side, const Sizes<T> &, Rows<const T>, Rows<const T>, Rows<T>);

constexpr int kPlainBytes = 16;

template <class T>
void plainProduct(Side sideA, Side sideB, const Sizes<T> &sizes, Rows<const T> a, Rows<const T> b,
                  Rows<T> c)
{
    productOf<T, kPlainBytes / sizeof(T), 2>(sideA, sideB, sizes, a, b, c);
}

#ifdef PERENNIAL_KINDS_OF_X86
template <class T>
__attribute__((target("arch=x86-64-v3"))) void product256(Side sideA, Side sideB,
                                                          const Sizes<T> &sizes, Rows<const T> a,
                                                          Rows<const T> b, Rows<T> c)
{
    productOf<T, 32 / sizeof(T), 2>(sideA, sideB, sizes, a, b, c);
}

template <class T>
__attribute__((target("arch=x86-64-v4"))) void product512(Side sideA, Side sideB,
                                                          const Sizes<T> &sizes, Rows<const T> a,
                                                          Rows<const T> b, Rows<T> c)
{
    productOf<T, 64 / sizeof(T), 4>(sideA, sideB, sizes, a, b, c);
}
#endif

template <class T>
Product<T> productHere()
{
#ifdef PERENNIAL_KINDS_OF_X86
    if (__builtin_cpu_supports("x86-64-v4")) {
        return product512<T>;
    }
    if (__builtin_cpu_supports("x86-64-v3")) {
        return product256<T>;
    }
#endif
    return plainProduct<T>;
}

template <class T>
void productOn(Side sideA, Side sideB, const Sizes<T> &sizes, Rows<const T> a, Rows<const T> b,
               Rows<T> c)
{
    static const Product<T> here = productHere<T>();
    if (sizes.k == 0 && !sizes.add) {
        for (std::int64_t i = 0; i < sizes.m; ++i) {
            std::fill_n(c.row(i), sizes.n, T{0});
        }
    }
    here(sideA, sideB, sizes, a, b, c);
}

} // namespace

void product(Side sideA, Side sideB, std::int64_t m, std::int64_t n, std::int64_t k, float alpha,
             Rows<const float> a, Rows<const float> b, bool add, Rows<float> c) noexcept
{
    productOn<float>(sideA, sideB, {m, n, k, alpha, add}, a, b, c);
}

void product(Side sideA, Side sideB, std::int64_t m, std::int64_t n, std::int64_t k, double alpha,
             Rows<const double> a, Rows<const double> b, bool add, Rows<double> c) noexcept
{
    productOn<double>(sideA, sideB, {m, n, k, alpha, add}, a, b, c);
}

void turn(std::int64_t m, std::int64_t n, Rows<const float> from, Rows<float> to) noexcept
{
    turnOf(m, n, from, to);
}

void turn(std::int64_t m, std::int64_t n, Rows<const double> from, Rows<double> to) noexcept
{
    turnOf(m, n, from, to);
}

} // namespace perennial::net
