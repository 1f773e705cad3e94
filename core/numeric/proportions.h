#pragma once

#include "core/numeric/bootstrap.h"

#include <cstdint>
#include <span>
#include <vector>

namespace perennial {

/// Wilson's score interval of a share. @param share in [0, 1]. @param n its trials, > 0, may be a
/// sum of weights. @param level in (0, 1).
/// Source: Wilson (1927), JASA 22(158).
Interval wilsonInterval(double share, double n, double level);

/// Interval of p₁ − p₂ of two independent samples, by their Wilson intervals; in [−1, 1].
/// @param x1, x2 successes, 0 <= x <= n. @param n1, n2 > 0.
/// Source: Newcombe (1998), Statistics in Medicine 17, 873–890, method 10.
Interval differenceInterval(std::int64_t x1, std::int64_t n1, std::int64_t x2, std::int64_t n2,
                            double level);

/// Interval of p₁ / p₂ by the normal law of its logarithm. @param x1, x2 > 0, up to n.
/// Source: Katz, Baptista, Azen & Pike (1978), Biometrics 34, 469–474.
Interval ratioInterval(std::int64_t x1, std::int64_t n1, std::int64_t x2, std::int64_t n2,
                       double level);

/// Two-sided P of two samples with one rate giving a table as unlike as this: Pearson's χ² without
/// correction where all expected counts are >= 5 (Cochran 1954), Fisher's exact test else (the
/// tables no likelier than this one). 1 where all or none are successes. In [0, 1].
/// Cost O(1), of the exact test O(the smallest margin).
double twoSharesP(std::int64_t x1, std::int64_t n1, std::int64_t x2, std::int64_t n2);

/// p-values adjusted for their number, in their order; those <= q are discoveries of which at most
/// the share q is expected to be false.
/// Source: Benjamini & Hochberg (1995), JRSS B 57, 289–300.
std::vector<double> benjaminiHochberg(std::span<const double> p);

/// P(χ² with df degrees of freedom >= value), df > 0.
double chiSquareTail(double value, double df);

/// Quantile of Beta(a, b), a, b > 0. @param p in [0, 1].
double betaQuantile(double a, double b, double p);

} // namespace perennial
