#include "core/neural/blas.h"

#include <dlfcn.h>

namespace perennial::net {

namespace {

template <class T>
using Gemm = void (*)(const char *, const char *, const int *, const int *, const int *, const T *,
                      const T *, const int *, const T *, const int *, const T *, T *, const int *);

Gemm<float> singleGemm() noexcept
{
    static const auto f = reinterpret_cast<Gemm<float>>(dlsym(RTLD_DEFAULT, "sgemm_"));
    return f;
}

Gemm<double> doubleGemm() noexcept
{
    static const auto f = reinterpret_cast<Gemm<double>>(dlsym(RTLD_DEFAULT, "dgemm_"));
    return f;
}

/// BLAS stores by columns: what it sees of row-major matrices are their transposes, so that it is
/// asked for cᵀ = op(b)ᵀ op(a)ᵀ.
template <class T>
void byRows(Gemm<T> gemm, Side sideA, Side sideB, std::int64_t m, std::int64_t n, std::int64_t k,
            T alpha, Rows<const T> a, Rows<const T> b, T beta, Rows<T> c) noexcept
{
    if (m == 0 || n == 0 || k == 0) {
        return;
    }
    const char *turnedA = sideA == Side::Turned ? "T" : "N";
    const char *turnedB = sideB == Side::Turned ? "T" : "N";
    const int rows = static_cast<int>(m), columns = static_cast<int>(n), inner = static_cast<int>(k);
    const int lda = static_cast<int>(a.stride), ldb = static_cast<int>(b.stride);
    const int ldc = static_cast<int>(c.stride);
    gemm(turnedB, turnedA, &columns, &rows, &inner, &alpha, b.data, &ldb, a.data, &lda, &beta, c.data,
         &ldc);
}

} // namespace

bool hasBlas() noexcept { return singleGemm() != nullptr && doubleGemm() != nullptr; }

void product(Side sideA, Side sideB, std::int64_t m, std::int64_t n, std::int64_t k, float alpha,
             Rows<const float> a, Rows<const float> b, float beta, Rows<float> c) noexcept
{
    byRows(singleGemm(), sideA, sideB, m, n, k, alpha, a, b, beta, c);
}

void product(Side sideA, Side sideB, std::int64_t m, std::int64_t n, std::int64_t k, double alpha,
             Rows<const double> a, Rows<const double> b, double beta, Rows<double> c) noexcept
{
    byRows(doubleGemm(), sideA, sideB, m, n, k, alpha, a, b, beta, c);
}

} // namespace perennial::net
