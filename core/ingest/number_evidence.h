#pragma once

#include "core/ingest/decimal.h"

#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// What texts say about how their numbers are written.
struct NumberEvidence {
    /// The plainest format of those that read the most texts.
    NumberFormat format;
    /// Some text can be read with this decimal mark only, and none with the other mark only.
    /// Without it "1.234" could be a thousand and some, or one and some.
    bool settled = false;
    /// A text that reads as different numbers by different marks, no other text telling which, or,
    /// where each mark reads as many of the texts, one that the other mark does not read: somebody
    /// has to say. Empty where there is none.
    std::string ambiguous;
};
/// Decimal point or comma, thousands by the other of them, a blank, an apostrophe or none. Texts
/// that none of these reads do not count.
NumberEvidence numberEvidence(const std::vector<std::string> &texts);

/// Whether a text reads as one number by this format and as another with the other decimal mark:
/// "1.234".
bool isAmbiguousNumber(std::string_view text, const NumberFormat &format) noexcept;

} // namespace perennial
