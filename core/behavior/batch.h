#pragma once

// Private to core/behavior: users' histories cut into the integer arrays that the network reads.
// No LibTorch here.

#include "core/base/rng.h"
#include "core/behavior/augmentation.h"
#include "core/features/event_sequences.h"
#include "core/features/splits.h"

#include <array>
#include <cstdint>
#include <vector>

namespace perennial {

/// The context fields of a token. Their codes share one table of embeddings, each field with its own
/// block of rows.
enum class TokenField { Kind, Hour, Weekday, Device, Place, Channel, Gap, Amount, Position };
inline constexpr std::size_t kTokenFields = 9;
/// The kind of the token that closes every sequence: "now", at the end of the anchor day.
inline constexpr int kAnchorKind = kEventKindCount;

struct TokenLayout {
    std::array<std::int64_t, kTokenFields> offset{};
    std::int64_t rows = 0;
};
TokenLayout layoutTokens(const SequenceVocabulary &vocabulary, int sequenceLength);

/// z = (x − mean) / deviation, clipped to ±3.
struct Standardization {
    std::array<float, kSummarySize> mean{};
    std::array<float, kSummarySize> deviation{};
};

/// Everything sequences are read from. Immutable once built, shared by the workers.
struct SequenceSource {
    EventTable events;
    SequenceVocabulary vocabulary;
    ItemCatalog catalog;
    EncodedEvents encoded;
    TokenLayout layout;
    Standardization standardization;
    int sequenceLength = 50;
};

/// Sequences packed one after another, oldest token first, each closed by its anchor token, which
/// carries the item last met.
struct SequenceBatch {
    std::vector<std::int64_t> lengths;      ///< tokens per sequence, >= 1
    std::vector<std::int64_t> items;        ///< catalogue row per token
    std::vector<std::int64_t> context;      ///< kTokenFields table rows per token
    std::vector<std::int64_t> anchors;      ///< the anchor token of each sequence
    std::vector<float> summary;             ///< kSummarySize per sequence, standardised
    std::vector<std::int64_t> targetTokens, targetItems; ///< next-item targets; catalogue rows
    std::vector<std::int64_t> anchorTargets; ///< those of anchors: positions among the targets
    std::vector<std::int64_t> labelled;     ///< sequences whose window is known
    std::vector<float> churned, value;      ///< of those; value >= 0, currency units
    std::vector<float> clicked;             ///< 1 = within the window
    std::vector<float> returnDays, returned; ///< days until the next event that shows interest;
                                            ///< returned = 0: none in the days of the window
    void addLabels(const WindowOutcome &outcome, int days);
    std::size_t sequences() const noexcept { return lengths.size(); }
};

/// A sequence to train on.
struct TrainingWindow {
    std::int64_t user = 0;
    Day anchor = 0;
    bool labelled = false;
};

/// What training may see.
struct TrainingLimits {
    Day targets = 0;     ///< last day of a next item, and of a label window
    int labelDays = 0;
};

class BatchBuilder {
public:
    /// @param augmentation of the sequences to train on.
    explicit BatchBuilder(const SequenceSource &source, const Augmentation &augmentation = {})
        : m_source(source), m_augmentation(augmentation)
    {
    }

    /// The user as known at the end of `anchor`.
    void addHistory(std::int64_t user, Day anchor);
    /// The same without one of his events. @param left a row of `historyRows`.
    void addHistoryWithout(std::int64_t user, Day anchor, std::int64_t left);
    /// With targets; where several items follow in the same second, one of them by `rng`.
    void addTraining(const TrainingWindow &window, const TrainingLimits &limits, Rng &rng);

    /// The event rows that addHistory shows the network, oldest first.
    EventSpan historyRows(std::int64_t user, Day anchor) const;
    SequenceBatch take();

private:
    void addTokens(std::int64_t user, Day anchor, EventSpan rows, std::int64_t left);
    void addToken(std::int64_t item, const std::array<std::int64_t, kTokenFields> &codes);
    /// Shuffles a stretch of the tokens [first, first + events). @return the stretch.
    EventSpan shuffleTokens(std::int64_t first, std::int64_t events, Rng &rng);
    void maskTokens(std::int64_t first, Rng &rng);
    std::int64_t chooseTarget(std::int64_t row, std::int64_t userEnd, Rng &rng) const;
    void addTarget(std::int64_t token, std::int64_t row, const TrainingLimits &limits);

    const SequenceSource &m_source;
    Augmentation m_augmentation;
    SequenceBatch m_batch;
};

/// First row after `from` and before `end` that shows interest in a known item; `end` = none.
std::int64_t firstInterest(const SequenceSource &source, std::int64_t from, std::int64_t end);

/// A user's history up to an anchor summed up, as the network reads it.
std::array<float, kSummarySize> readSummary(const SequenceSource &source, std::int64_t user,
                                            Day anchor);

/// Mean and deviation of the summaries of (user, anchor) windows; a constant number gets
/// deviation 1.
Standardization standardize(const EventTable &events, const std::vector<TrainingWindow> &windows);

} // namespace perennial
