#include "core/ranking/blend_weights.h"
#include "core/ranking/rankers.h"
#include "core/ranking/ranking_metrics.h"

#include <algorithm>

namespace perennial {

namespace {

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
            scaleScores(own, m_candidates);
            for (std::size_t i = 0; i < own.size(); ++i) {
                scores[i] += static_cast<float>(m_weights[c]) * own[i];
            }
        }
    }
    std::vector<RankerNote> notes() const override { return m_notes; }

private:
    std::vector<Fitted> m_components; ///< those with a weight
    std::vector<double> m_weights;
    std::size_t m_candidates;
    std::vector<RankerNote> m_notes;
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
        const auto cases = pastCases(history, at - m_options.windowDays, m_components,
                                     m_options.mostUsers, task.part(0.0, 0.4));
        if (!cases) {
            return cases.error();
        }
        const auto fit = fitBlendWeights(*cases, m_options.fit, task.part(0.4, 0.6));
        if (!fit) {
            return fit.error();
        }
        std::vector<Fitted> fitted;
        std::vector<double> weights;
        std::vector<RankerNote> notes = notesOf(*fit);
        for (std::size_t c = 0; c < m_components.size(); ++c) {
            if (fit->members[c].weight == 0) {
                continue;
            }
            auto one = m_components[c]->fit(history, at, task.part(0.6, 1.0));
            if (!one) {
                return one.error();
            }
            for (RankerNote &note : (*one)->notes()) {
                notes.push_back(std::move(note));
            }
            fitted.push_back(std::move(*one));
            weights.push_back(fit->members[c].weight);
        }
        return Fitted(std::make_unique<FittedBlend>(std::move(fitted), std::move(weights),
                                                    history.candidates, std::move(notes)));
    }

private:
    static std::vector<RankerNote> notesOf(const BlendWeights &fit)
    {
        std::vector<RankerNote> notes;
        if (fit.users == 0) {
            notes.push_back({"weights_unknown", 0.0});
        }
        for (const BlendMember &member : fit.members) {
            if (member.weight > 0) {
                notes.push_back({"weight_" + member.name, member.weight});
                notes.push_back({"adds_" + member.name, member.adds});
            }
        }
        return notes;
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
