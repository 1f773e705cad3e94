#include "core/ingest/kind_words.h"

#include "core/base/text.h"
#include "core/ingest/clean_text.h"
#include "core/ingest/kind_names.h"
#include "core/ingest/notation.h"

#include <algorithm>
#include <map>

namespace perennial {

namespace {

constexpr std::size_t kMostWords = 100, kMostBytes = 200;

} // namespace

std::vector<KindWord> kindWords(const CsvSample &sample, const ImportPlan &plan)
{
    const int column = plan.role(Role::Kind).column;
    if (column < 0) {
        return {};
    }
    std::map<std::string, std::int64_t> rows;
    for (const std::string &text : columnTexts(sample, static_cast<std::size_t>(column))) {
        const std::string word(trimmed(text));
        ++rows[isMissing(plan, word) ? std::string() : word];
    }
    const KindNames names(plan.recipe.kinds);
    std::vector<KindWord> words;
    for (const auto &[word, count] : rows) {
        words.push_back({cleanText(word, kMostBytes), count, names.find(word)});
    }
    std::ranges::stable_sort(words, std::greater(), &KindWord::rows);
    words.resize(std::min(words.size(), kMostWords));
    return words;
}

} // namespace perennial
