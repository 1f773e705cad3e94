#pragma once

#include "core/scoring/score_users.h"

#include <QString>

namespace perennial {

/// Why a part of the scores is empty or not what one would expect, as a sentence.
QString scoreNoteText(ScoreNote note);
/// All notes of the last scoring, one a line; empty where all went as usual.
QString scoreNotesText(const Project &project);

} // namespace perennial
