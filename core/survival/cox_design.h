#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace perennial {

/// A covariate as an analyst names it: a number or a word for each row.
struct Covariate {
    std::string name;
    std::vector<double> numbers;    ///< one of both
    std::vector<std::string> words; ///< "" is a word like any other
    bool isWords() const noexcept { return !words.empty(); }
};

/// One column of the model.
struct DesignColumn {
    std::size_t term = 0; ///< the covariate
    std::string level;    ///< of words: 1 where a row has this one
    std::vector<double> values;
};

struct CoxDesign {
    std::vector<std::string> terms;     ///< names of the covariates
    std::vector<std::string> baselines; ///< by term: the word that the others are compared with
    std::vector<bool> isWords;          ///< by term
    std::vector<DesignColumn> columns;  ///< of a term's words in their order, the baseline left out

    std::vector<std::span<const double>> spans() const;
    std::vector<std::size_t> termOf() const; ///< by column
    std::string columnName(std::size_t column) const; ///< "age", "contract=One year"
};
inline constexpr std::size_t kMostWords = 100;

/// Words become dummies against the commonest of them, of equals the first in the alphabet. One word
/// alone becomes a column of 0: a constant.
/// @error InvalidArgument, detail: the covariate, for more than kMostWords words.
Result<CoxDesign> designOf(std::vector<Covariate> covariates);

} // namespace perennial
