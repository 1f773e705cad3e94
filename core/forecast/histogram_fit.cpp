#include "core/forecast/histogram_fit.h"

#include "core/value/frequency_model.h"

#include <boost/math/distributions/chi_squared.hpp>

#include <algorithm>

namespace perennial {

namespace {

constexpr int kMostOrders = 200;
constexpr double kLeastExpected = 5.0;

struct Classes {
    std::vector<double> expected, actual;
};

/// Neighbours joined until each class expects enough; what is left over joins the last.
Classes pooled(const std::vector<double> &expected, const std::vector<double> &actual)
{
    Classes classes;
    double e = 0.0;
    double a = 0.0;
    for (std::size_t n = 0; n < expected.size(); ++n) {
        e += expected[n];
        a += actual[n];
        if (e >= kLeastExpected) {
            classes.expected.push_back(e);
            classes.actual.push_back(a);
            e = a = 0.0;
        }
    }
    if (!classes.expected.empty()) {
        classes.expected.back() += e;
        classes.actual.back() += a;
    }
    return classes;
}

} // namespace

std::optional<HistogramFit> histogramFit(const ModelFit &model, const CustomerSummary &customers)
{
    if (!model.usable()) {
        return std::nullopt;
    }
    const auto expected = expectedHistogram(model, customers, kMostOrders);
    if (!expected) {
        return std::nullopt;
    }
    std::vector<double> actual(expected->size(), 0.0);
    for (const std::int32_t x : customers.x) {
        actual[static_cast<std::size_t>(std::min(x, kMostOrders + 1))] += 1.0;
    }
    const Classes classes = pooled(*expected, actual);
    if (classes.expected.size() < 2) {
        return std::nullopt;
    }
    HistogramFit fit;
    for (std::size_t i = 0; i < classes.expected.size(); ++i) {
        const double gap = classes.actual[i] - classes.expected[i];
        fit.chiSquared += gap * gap / classes.expected[i];
    }
    fit.degrees = std::max(1, static_cast<int>(classes.expected.size()) - 1 -
                                  static_cast<int>(model.parameters.size()));
    const boost::math::chi_squared distribution(fit.degrees);
    fit.p = boost::math::cdf(boost::math::complement(distribution, fit.chiSquared));
    return fit;
}

} // namespace perennial
