#include "core/survival/cox_design.h"

#include <algorithm>
#include <map>

namespace perennial {

namespace {

using WordCounts = std::map<std::string, std::size_t>;

WordCounts countWords(const std::vector<std::string> &words)
{
    WordCounts counts;
    for (const std::string &word : words) {
        ++counts[word];
        if (counts.size() > kMostWords) {
            break;
        }
    }
    return counts;
}

void addDummies(CoxDesign &design, const Covariate &covariate, std::size_t term,
                const WordCounts &counts, const std::string &baseline)
{
    for (const auto &entry : counts) {
        if (entry.first == baseline) {
            continue;
        }
        DesignColumn column{term, entry.first, {}};
        column.values.reserve(covariate.words.size());
        for (const std::string &word : covariate.words) {
            column.values.push_back(word == entry.first ? 1.0 : 0.0);
        }
        design.columns.push_back(std::move(column));
    }
}

} // namespace

std::vector<std::span<const double>> CoxDesign::spans() const
{
    std::vector<std::span<const double>> spans;
    for (const DesignColumn &column : columns) {
        spans.emplace_back(column.values);
    }
    return spans;
}

std::vector<std::size_t> CoxDesign::termOf() const
{
    std::vector<std::size_t> places;
    for (const DesignColumn &column : columns) {
        places.push_back(column.term);
    }
    return places;
}

std::string CoxDesign::columnName(std::size_t column) const
{
    const DesignColumn &of = columns[column];
    return isWords[of.term] ? terms[of.term] + '=' + of.level : terms[of.term];
}

Result<CoxDesign> designOf(std::vector<Covariate> covariates)
{
    CoxDesign design;
    for (std::size_t term = 0; term < covariates.size(); ++term) {
        Covariate &covariate = covariates[term];
        design.terms.push_back(covariate.name);
        design.isWords.push_back(covariate.isWords());
        design.baselines.emplace_back();
        if (!covariate.isWords()) {
            design.columns.push_back({term, {}, std::move(covariate.numbers)});
            continue;
        }
        const WordCounts counts = countWords(covariate.words);
        if (counts.size() > kMostWords) {
            return fail(ErrorCode::InvalidArgument,
                        covariate.name + ": > " + std::to_string(kMostWords), "covariates");
        }
        const auto commonest = std::ranges::max_element(
            counts, {}, [](const auto &entry) { return entry.second; });
        design.baselines.back() = commonest->first;
        if (counts.size() == 1) { // told as a constant, not passed over in silence
            design.columns.push_back(
                {term, commonest->first, std::vector<double>(covariate.words.size(), 0.0)});
        }
        addDummies(design, covariate, term, counts, commonest->first);
    }
    return design;
}

} // namespace perennial
