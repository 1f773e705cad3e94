#pragma once

#include "core/base/result.h"

#include <QString>

namespace perennial {

/// An error in words: what happened, and to which thing.
QString errorText(const Error &error);
/// What the user can do about it; empty where there is nothing to add.
QString errorAdvice(ErrorCode code);
/// "file_missing": the stable name in JSON and in "Copy details".
QString errorCodeName(ErrorCode code);
/// Plain text for the clipboard: code, detail, where, program version.
QString errorDetails(const Error &error);

} // namespace perennial
