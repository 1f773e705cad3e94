#include "core/behavior/model_impl_torch.h"
#include "core/neural/runtime_torch.h"

#include <cmath>
#include <utility>

// Why a trained run says what it says.

namespace perennial {

namespace {

/// Standard deviation over members of what one says; empty where it says nothing.
std::optional<double> deviationOf(const std::vector<BehaviorScore> &members,
                                  std::optional<double> BehaviorScore::*answer)
{
    const double n = static_cast<double>(members.size());
    double mean = 0, squares = 0;
    for (const BehaviorScore &member : members) {
        if (!(member.*answer)) {
            return std::nullopt;
        }
        mean += *(member.*answer) / n;
    }
    for (const BehaviorScore &member : members) {
        squares += (*(member.*answer) - mean) * (*(member.*answer) - mean);
    }
    return std::sqrt(squares / (n - 1));
}

} // namespace

Result<std::vector<BehaviorModel::LeftOut>>
BehaviorModel::leaveOneOut(std::int64_t user, std::span<const std::int64_t> positions) const
{
    return withTorchErrors([&]() -> Result<std::vector<LeftOut>> {
        if (const auto known = m_impl->knows(std::span(&user, 1)); !known) {
            return known.error();
        }
        BatchBuilder builder(m_impl->source);
        const EventSpan rows = builder.historyRows(user, m_impl->at);
        builder.addHistory(user, m_impl->at);
        for (std::int64_t row = rows.begin; row < rows.end; ++row) {
            builder.addHistoryWithout(user, m_impl->at, row);
        }
        const at::Tensor logs =
            m_impl->ensemble->logProbabilities(m_impl->ensemble->users(builder.take()));
        const auto width = static_cast<std::size_t>(logs.size(1));
        const float *values = logs.data_ptr<float>();
        std::vector<LeftOut> result;
        for (std::int64_t row = rows.begin; row < rows.end; ++row) {
            const float *without = values + static_cast<std::size_t>(row - rows.begin + 1) * width;
            LeftOut left;
            left.row = row;
            for (const std::int64_t position : positions) {
                left.lost.push_back(values[position] - without[position]);
            }
            result.push_back(std::move(left));
        }
        return result;
    });
}

SequenceBatch BehaviorModel::Impl::partsLeftOut(std::int64_t user, EventSpan rows) const
{
    BatchBuilder builder(source);
    builder.addHistory(user, at);
    for (std::int64_t row = rows.begin; row < rows.end; ++row) {
        builder.addHistoryWithout(user, at, row);
    }
    for (std::size_t k = 0; k < kSummarySize; ++k) {
        builder.addHistory(user, at);
    }
    SequenceBatch batch = builder.take();
    const auto events = static_cast<std::size_t>(rows.size());
    for (std::size_t k = 0; k < kSummarySize; ++k) {
        batch.summary[(1 + events + k) * kSummarySize + k] = 0;
    }
    return batch;
}

BehaviorModel::Explanation::Spread
BehaviorModel::Impl::spreadOf(net::Outlooks outlooks) const
{
    std::vector<BehaviorScore> members;
    for (const net::Inference::Outlook &outlook : outlooks) {
        members.push_back(scoreOf(net::Outlooks(&outlook, 1), 0));
    }
    return {static_cast<int>(members.size()), deviationOf(members, &BehaviorScore::pChurn),
            deviationOf(members, &BehaviorScore::pPurchase),
            deviationOf(members, &BehaviorScore::expectedValue)};
}

Result<BehaviorModel::Explanation> BehaviorModel::explain(std::int64_t user) const
{
    return withTorchErrors([&]() -> Result<Explanation> {
        if (const auto known = m_impl->knows(std::span(&user, 1)); !known) {
            return known.error();
        }
        BatchBuilder builder(m_impl->source);
        const EventSpan rows = builder.historyRows(user, m_impl->at);
        builder.addHistory(user, m_impl->at);
        const std::vector<std::vector<double>> blocks = m_impl->ensemble->attention(builder.take());
        const SequenceBatch batch = m_impl->partsLeftOut(user, rows);
        const auto events = static_cast<std::size_t>(rows.size());
        const auto outlooks = m_impl->outlooksOf(batch);
        const BehaviorScore whole = m_impl->scoreOf(outlooks, 0);
        Explanation told;
        told.pChurn = whole.pChurn;
        told.expectedValue = whole.expectedValue;
        if (outlooks.size() > 1) {
            told.spread = m_impl->spreadOf(outlooks);
        }
        const auto lost = [&](std::size_t index) {
            const BehaviorScore without = m_impl->scoreOf(outlooks, index);
            Explanation::Part part;
            if (told.pChurn) {
                part.pChurn = *told.pChurn - *without.pChurn;
            }
            if (told.expectedValue) {
                part.expectedValue = *told.expectedValue - *without.expectedValue;
            }
            return part;
        };
        for (std::size_t k = 0; k < events; ++k) {
            told.events.push_back(lost(1 + k));
            told.events.back().row = rows.begin + static_cast<std::int64_t>(k);
            for (const std::vector<double> &block : blocks) {
                told.events.back().attention = told.events.back().attention.value_or(0) +
                                               block[k] / static_cast<double>(blocks.size());
            }
        }
        for (std::size_t k = 0; k < kSummarySize; ++k) {
            told.features.push_back(lost(1 + events + k));
            told.features.back().name = summaryName(k);
            told.features.back().deviation = static_cast<double>(batch.summary[k]);
        }
        return told;
    });
}

} // namespace perennial
