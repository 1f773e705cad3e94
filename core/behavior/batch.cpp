#include "core/behavior/batch.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace perennial {

namespace {

constexpr std::size_t at(TokenField field) { return static_cast<std::size_t>(field); }

} // namespace

TokenLayout layoutTokens(const SequenceVocabulary &vocabulary, int sequenceLength)
{
    std::array<std::int64_t, kTokenFields> size{};
    size[at(TokenField::Kind)] = kAnchorKind + 1;
    size[at(TokenField::Hour)] = 25;
    size[at(TokenField::Weekday)] = 8;
    size[at(TokenField::Device)] = codeCount(vocabulary.deviceIds);
    size[at(TokenField::Place)] = codeCount(vocabulary.placeIds);
    size[at(TokenField::Channel)] = codeCount(vocabulary.channelIds);
    size[at(TokenField::Gap)] = kGapCodes;
    size[at(TokenField::Amount)] = bandCount(vocabulary.amountEdges);
    size[at(TokenField::Position)] = sequenceLength + 1;
    TokenLayout layout;
    for (std::size_t f = 0; f < kTokenFields; ++f) {
        layout.offset[f] = layout.rows;
        layout.rows += size[f];
    }
    return layout;
}

void SequenceBatch::addLabels(const WindowOutcome &outcome, int days)
{
    churned.push_back(outcome.ordered ? 0.0F : 1.0F);
    value.push_back(static_cast<float>(std::max(outcome.net, 0.0)));
    clicked.push_back(outcome.clicked ? 1.0F : 0.0F);
    const bool came = outcome.returnDays > 0;
    returnDays.push_back(static_cast<float>(came ? outcome.returnDays : days));
    returned.push_back(came ? 1.0F : 0.0F);
}

EventSpan BatchBuilder::historyRows(std::int64_t user, Day anchor) const
{
    EventSpan span = eventsUpTo(m_source.events, user, anchor);
    span.begin = std::max(span.begin, span.end - m_source.sequenceLength);
    return span;
}

void BatchBuilder::addHistory(std::int64_t user, Day anchor)
{
    addTokens(user, anchor, historyRows(user, anchor), -1);
}

void BatchBuilder::addHistoryWithout(std::int64_t user, Day anchor, std::int64_t left)
{
    addTokens(user, anchor, historyRows(user, anchor), left);
}

void BatchBuilder::addToken(std::int64_t item, const std::array<std::int64_t, kTokenFields> &codes)
{
    m_batch.items.push_back(item);
    for (std::size_t f = 0; f < kTokenFields; ++f) {
        m_batch.context.push_back(m_source.layout.offset[f] + codes[f]);
    }
}

void BatchBuilder::addTokens(std::int64_t user, Day anchor, EventSpan rows, std::int64_t left)
{
    const EventTable &events = m_source.events;
    const EncodedEvents &e = m_source.encoded;
    const bool gone = left >= rows.begin && left < rows.end;
    const std::int64_t length = rows.size() + 1 - (gone ? 1 : 0);
    std::int64_t position = m_source.sequenceLength + 1 - length;
    const std::int64_t first = events.offsets[static_cast<std::size_t>(user)];
    std::int64_t before = rows.begin > first ? rows.begin - 1 : -1;
    std::int64_t lastItem = 0;
    const auto gapSince = [&](UtcSecond now) -> std::int64_t {
        return before < 0 ? 0 : gapCode(now - events.at[static_cast<std::size_t>(before)]);
    };
    for (std::int64_t row = rows.begin; row < rows.end; ++row) {
        if (row == left) {
            continue;
        }
        const auto i = static_cast<std::size_t>(row);
        addToken(e.item[i], {e.kind[i], e.hour[i], e.weekday[i], e.device[i], e.place[i],
                             e.channel[i], gapSince(events.at[i]), e.amountBand[i], position});
        lastItem = e.item[i] != 0 ? e.item[i] : lastItem;
        before = row;
        ++position;
    }
    addToken(lastItem, {kAnchorKind, 0, weekdayOf(anchor), 0, 0, 0, gapSince(startOf(anchor + 1)), 0,
                        position});
    m_batch.lengths.push_back(length);
    m_batch.anchors.push_back(static_cast<std::int64_t>(m_batch.items.size()) - 1);
    const auto summary = readSummary(m_source, user, anchor);
    m_batch.summary.insert(m_batch.summary.end(), summary.begin(), summary.end());
}

std::int64_t BatchBuilder::chooseTarget(std::int64_t row, std::int64_t userEnd, Rng &rng) const
{
    const auto &at_ = m_source.events.at;
    std::int64_t end = row + 1;
    while (end < userEnd && at_[static_cast<std::size_t>(end)] == at_[static_cast<std::size_t>(row)]) {
        ++end;
    }
    if (end - row == 1) {
        return row;
    }
    const std::int64_t chosen = row + rng.below(static_cast<std::uint32_t>(end - row));
    const auto i = static_cast<std::size_t>(chosen);
    return m_source.encoded.item[i] != 0 && showsInterest(m_source.events.kind[i]) ? chosen : row;
}

void BatchBuilder::addTarget(std::int64_t token, std::int64_t row, const TrainingLimits &limits)
{
    const auto i = static_cast<std::size_t>(row);
    const std::int64_t item = m_source.encoded.item[i];
    if (dayOf(m_source.events.at[i]) <= limits.targets && item <= m_source.vocabulary.ownItems) {
        m_batch.targetTokens.push_back(token);
        m_batch.targetItems.push_back(item);
    }
}

EventSpan BatchBuilder::shuffleTokens(std::int64_t first, std::int64_t events, Rng &rng)
{
    EventSpan stretch = stretchOf(events, rng);
    stretch.begin += first;
    stretch.end += first;
    for (std::int64_t last = stretch.end - 1; last > stretch.begin; --last) {
        const std::int64_t other =
            stretch.begin + rng.below(static_cast<std::uint32_t>(last - stretch.begin + 1));
        const auto a = static_cast<std::size_t>(last), b = static_cast<std::size_t>(other);
        std::swap(m_batch.items[a], m_batch.items[b]);
        for (std::size_t f = 0; f < kTokenFields; ++f) {
            if (f != at(TokenField::Position)) {
                std::swap(m_batch.context[a * kTokenFields + f],
                          m_batch.context[b * kTokenFields + f]);
            }
        }
    }
    return stretch;
}

void BatchBuilder::maskTokens(std::int64_t first, Rng &rng)
{
    for (std::size_t token = static_cast<std::size_t>(first); token < m_batch.items.size(); ++token) {
        if (rng.uniform() < kMaskShare) {
            m_batch.items[token] = 0;
        }
    }
}

void BatchBuilder::addTraining(const TrainingWindow &window, const TrainingLimits &limits, Rng &rng)
{
    EventSpan rows = historyRows(window.user, window.anchor);
    if (chosen(m_augmentation.crop, rng)) {
        rows = cropped(rows, rng);
    }
    const auto firstToken = static_cast<std::int64_t>(m_batch.items.size());
    addTokens(window.user, window.anchor, rows, -1);
    const EventSpan shuffled = chosen(m_augmentation.reorder, rng)
                                   ? shuffleTokens(firstToken, rows.size(), rng)
                                   : EventSpan{};
    if (chosen(m_augmentation.mask, rng)) {
        maskTokens(firstToken, rng);
    }
    const std::int64_t userEnd = m_source.events.offsets[static_cast<std::size_t>(window.user) + 1];
    for (std::int64_t row = rows.begin; row < rows.end; ++row) {
        const std::int64_t target = m_source.encoded.target[static_cast<std::size_t>(row)];
        const std::int64_t token = firstToken + row - rows.begin;
        // what follows an event of the stretch may stand before it now: only its end has a target
        const bool open = token < shuffled.begin || token + 1 >= shuffled.end;
        if (target >= 0 && open) {
            addTarget(token, chooseTarget(target, userEnd, rng), limits);
        }
    }
    const std::int64_t next = firstInterest(m_source, rows.end, userEnd);
    if (next < userEnd) {
        const std::size_t before = m_batch.targetItems.size();
        addTarget(m_batch.anchors.back(), chooseTarget(next, userEnd, rng), limits);
        if (m_batch.targetItems.size() > before) {
            m_batch.anchorTargets.push_back(static_cast<std::int64_t>(before));
        }
    }
    if (window.labelled) {
        const WindowOutcome outcome =
            outcomeAfter(m_source.events, window.user, window.anchor, limits.labelDays);
        m_batch.labelled.push_back(static_cast<std::int64_t>(m_batch.sequences()) - 1);
        m_batch.addLabels(outcome, limits.labelDays);
    }
}

SequenceBatch BatchBuilder::take() { return std::exchange(m_batch, {}); }

std::int64_t firstInterest(const SequenceSource &source, std::int64_t from, std::int64_t end)
{
    std::int64_t row = from;
    while (row < end && (source.encoded.item[static_cast<std::size_t>(row)] == 0 ||
                         !showsInterest(source.events.kind[static_cast<std::size_t>(row)]))) {
        ++row;
    }
    return row;
}

std::array<float, kSummarySize> readSummary(const SequenceSource &source, std::int64_t user,
                                            Day anchor)
{
    const Standardization &by = source.standardization;
    HistorySummary summary = summarizeHistory(source.events, user, anchor);
    for (std::size_t k = 0; k < kSummarySize; ++k) {
        summary[k] = std::clamp((summary[k] - by.mean[k]) / by.deviation[k], -3.0F, 3.0F);
    }
    return summary;
}

Standardization standardize(const EventTable &events, const std::vector<TrainingWindow> &windows)
{
    std::array<double, kSummarySize> sum{};
    std::array<double, kSummarySize> squares{};
    for (const TrainingWindow &window : windows) {
        const HistorySummary summary = summarizeHistory(events, window.user, window.anchor);
        for (std::size_t k = 0; k < kSummarySize; ++k) {
            sum[k] += summary[k];
            squares[k] += double{summary[k]} * summary[k];
        }
    }
    Standardization result;
    result.deviation.fill(1.0F);
    const double n = static_cast<double>(std::max<std::size_t>(windows.size(), 1));
    for (std::size_t k = 0; k < kSummarySize; ++k) {
        const double mean = sum[k] / n;
        const double variance = squares[k] / n - mean * mean;
        result.mean[k] = static_cast<float>(mean);
        if (variance > 1e-8) {
            result.deviation[k] = static_cast<float>(std::sqrt(variance));
        }
    }
    return result;
}

} // namespace perennial
