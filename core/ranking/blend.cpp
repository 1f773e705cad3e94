#include "core/ranking/rankers.h"
#include "core/ranking/ranking_metrics.h"

#include <algorithm>
#include <array>

namespace perennial {

namespace {

constexpr std::array kWeightSteps{0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0};
constexpr int kPasses = 3;

/// Divided by the largest of the candidates, so that recommenders can be added up.
void scale(std::span<float> scores, std::size_t candidates)
{
    const auto largest = std::max_element(
        scores.begin(), scores.begin() + static_cast<std::ptrdiff_t>(candidates));
    const float top = candidates == 0 ? 0.0F : *largest;
    for (float &score : scores) {
        score = top > 0.0F ? score / top : 0.0F;
    }
}

class FittedBlend final : public FittedRanker {
public:
    FittedBlend(std::vector<Fitted> components, std::vector<double> weights,
                std::size_t candidates, std::vector<RankerNote> notes)
        : m_components(std::move(components)), m_weights(std::move(weights)),
          m_candidates(candidates), m_notes(std::move(notes))
    {
    }

    void score(const ItemRows &rows, Day at, std::span<float> scores) const override
    {
        std::fill(scores.begin(), scores.end(), 0.0F);
        std::vector<float> own(scores.size());
        for (std::size_t c = 0; c < m_components.size(); ++c) {
            m_components[c]->score(rows, at, own);
            scale(own, m_candidates);
            for (std::size_t i = 0; i < own.size(); ++i) {
                scores[i] += static_cast<float>(m_weights[c]) * own[i];
            }
        }
    }
    std::vector<RankerNote> notes() const override { return m_notes; }

private:
    std::vector<Fitted> m_components;
    std::vector<double> m_weights;
    std::size_t m_candidates;
    std::vector<RankerNote> m_notes;
};

/// Users of the past window with something new in it, and the components' scores for them.
class Validation {
public:
    Validation(std::size_t components, std::size_t candidates, std::size_t top)
        : m_candidates(candidates), m_top(top), m_scores(components)
    {
    }

    void addUser(std::vector<std::int32_t> masked, std::vector<RelevantItem> relevant)
    {
        m_masked.push_back(std::move(masked));
        m_relevant.push_back(std::move(relevant));
    }
    void addScores(std::size_t component, std::span<const float> scores)
    {
        m_scores[component].insert(m_scores[component].end(), scores.begin(),
                                   scores.begin() + static_cast<std::ptrdiff_t>(m_candidates));
    }
    std::size_t users() const noexcept { return m_masked.size(); }

    /// Mean NDCG of the weighted sum.
    double quality(const std::vector<double> &weights) const
    {
        double sum = 0;
        std::vector<float> scores(m_candidates);
        for (std::size_t u = 0; u < users(); ++u) {
            std::fill(scores.begin(), scores.end(), 0.0F);
            for (std::size_t c = 0; c < weights.size(); ++c) {
                if (weights[c] > 0) {
                    const float *from = m_scores[c].data() + u * m_candidates;
                    for (std::size_t i = 0; i < m_candidates; ++i) {
                        scores[i] += static_cast<float>(weights[c]) * from[i];
                    }
                }
            }
            const auto list = bestItems(scores, m_candidates, m_masked[u], m_top);
            sum += judgeList(list, m_relevant[u],
                             m_top)[static_cast<std::size_t>(RankingMetric::Ndcg)];
        }
        return users() > 0 ? sum / static_cast<double>(users()) : 0.0;
    }

private:
    std::size_t m_candidates, m_top;
    std::vector<std::vector<std::int32_t>> m_masked;
    std::vector<std::vector<RelevantItem>> m_relevant;
    std::vector<std::vector<float>> m_scores; ///< of each component, users × candidates
};

class Blend final : public Ranker {
public:
    Blend(std::string name, std::vector<const Ranker *> components, const BlendOptions &options)
        : m_name(std::move(name)), m_components(std::move(components)), m_options(options)
    {
    }
    std::string_view name() const override { return m_name; }

    Result<Fitted> fit(const ItemHistory &history, Day at, const Task &task) const override
    {
        const auto validation = validate(history, at - m_options.windowDays, task.part(0.0, 0.4));
        if (!validation) {
            return validation.error();
        }
        std::vector<double> weights(m_components.size(), 0.0);
        std::vector<RankerNote> notes;
        if (validation->users() == 0) {
            weights.back() = 1.0; // nothing to fit on: the last alone
            notes.push_back({"weights_unknown", 0.0});
        } else if (const Status searched = search(*validation, weights, task.part(0.4, 0.6));
                   !searched) {
            return searched.error();
        }
        tell(*validation, weights, notes);
        std::vector<Fitted> fitted;
        for (std::size_t c = 0; c < m_components.size(); ++c) {
            auto one = m_components[c]->fit(history, at, task.part(0.6, 1.0));
            if (!one) {
                return one.error();
            }
            fitted.push_back(std::move(*one));
        }
        return Fitted(std::make_unique<FittedBlend>(std::move(fitted), std::move(weights),
                                                    history.candidates, std::move(notes)));
    }

private:
    Result<Validation> validate(const ItemHistory &whole, Day cut, const Task &task) const
    {
        const ItemHistory past = historyUpTo(whole, cut);
        Validation validation(m_components.size(), past.candidates,
                              static_cast<std::size_t>(m_options.top));
        std::vector<std::size_t> positions; // in past.user
        for (std::size_t k = 0, w = 0;
             k < past.users() && positions.size() < m_options.mostUsers; ++k) {
            while (whole.user[w] != past.user[k]) {
                ++w;
            }
            addUser(validation, positions, past, k, whole, w);
        }
        std::vector<float> scores(past.items());
        for (std::size_t c = 0; c < m_components.size() && !positions.empty(); ++c) {
            const auto fitted = m_components[c]->fit(past, cut, task);
            if (!fitted) {
                return fitted.error();
            }
            for (const std::size_t k : positions) {
                if (task.cancelled()) {
                    return fail(ErrorCode::Cancelled);
                }
                (*fitted)->score(rowsOf(past, k), cut, scores);
                scale(scores, past.candidates);
                validation.addScores(c, scores);
            }
        }
        return validation;
    }

    static void addUser(Validation &validation, std::vector<std::size_t> &positions,
                        const ItemHistory &past, std::size_t k, const ItemHistory &whole,
                        std::size_t w)
    {
        std::vector<std::int32_t> masked;
        for (const ProfileItem &p : profileOf(rowsOf(past, k))) {
            masked.push_back(p.item);
        }
        std::vector<RelevantItem> relevant;
        for (const ProfileItem &p : profileOf(rowsOf(whole, w))) {
            const auto id = static_cast<std::size_t>(whole.itemId[static_cast<std::size_t>(p.item)]);
            const std::int32_t number = id < past.numberOf.size() ? past.numberOf[id] : -1;
            if (number >= 0 && static_cast<std::size_t>(number) < past.candidates &&
                !std::binary_search(masked.begin(), masked.end(), number)) {
                relevant.push_back({number, 0.0});
            }
        }
        if (!relevant.empty()) {
            std::sort(relevant.begin(), relevant.end(),
                      [](const RelevantItem &a, const RelevantItem &b) { return a.item < b.item; });
            validation.addUser(std::move(masked), std::move(relevant));
            positions.push_back(k);
        }
    }

    /// From the best single one, each weight in turn to its best step, until nothing gets better.
    Status search(const Validation &validation, std::vector<double> &weights,
                  const Task &task) const
    {
        double best = -1;
        std::vector<double> start;
        for (std::size_t c = 0; c < weights.size(); ++c) {
            std::vector<double> alone(weights.size(), 0.0);
            alone[c] = 1.0;
            if (const double quality = validation.quality(alone); quality > best) {
                best = quality;
                start = alone;
            }
        }
        weights = start;
        for (int pass = 0; pass < kPasses; ++pass) {
            const double before = best;
            for (std::size_t c = 0; c < weights.size(); ++c) {
                for (const double step : kWeightSteps) {
                    if (task.cancelled()) {
                        return fail(ErrorCode::Cancelled);
                    }
                    std::vector<double> tried = weights;
                    tried[c] = step;
                    if (const double quality = validation.quality(tried); quality > best) {
                        best = quality;
                        weights = tried;
                    }
                }
                task.progress((pass + static_cast<double>(c) /
                                          static_cast<double>(weights.size())) / kPasses,
                              "blending");
            }
            if (best <= before) {
                break;
            }
        }
        return Done{};
    }

    void tell(const Validation &validation, const std::vector<double> &weights,
              std::vector<RankerNote> &notes) const
    {
        const double whole = validation.quality(weights);
        for (std::size_t c = 0; c < weights.size(); ++c) {
            if (weights[c] > 0) {
                std::vector<double> without = weights;
                without[c] = 0.0;
                const std::string name(m_components[c]->name());
                notes.push_back({"weight_" + name, weights[c]});
                notes.push_back({"adds_" + name, whole - validation.quality(without)});
            }
        }
    }

    std::string m_name;
    std::vector<const Ranker *> m_components;
    BlendOptions m_options;
};

} // namespace

std::unique_ptr<const Ranker> blendRanker(std::string name, std::vector<const Ranker *> components,
                                          const BlendOptions &options)
{
    return std::make_unique<Blend>(std::move(name), std::move(components), options);
}

} // namespace perennial
