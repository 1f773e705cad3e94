#pragma once

#include "core/base/dates.h"
#include "core/base/words.h"
#include "core/project/run_store.h"

#include <QString>
#include <string_view>

namespace perennial {

QString stageText(Stage stage);        ///< "Loyal"
QString stageDefinition(Stage stage);  ///< one sentence with the default thresholds' meaning
QString eventKindText(EventKind kind); ///< "Purchase"
QString periodText(Period period);     ///< "week"
QString runStateText(RunState state);  ///< "Done"
/// The stage key of a Task report ("training") in words; unknown keys come back spaced and plain.
QString taskStageText(std::string_view key);
/// An audit line's JSON as one line to read: "model bg-nbd · run 3 · state Done". Content hashes are
/// left to the line's own. What is no JSON object comes back as it is.
QString auditText(const std::string &detail);

} // namespace perennial
