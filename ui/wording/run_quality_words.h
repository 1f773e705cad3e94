#pragma once

#include <QString>

#include <string>

namespace perennial {

/// What a head of a run says: "churn" → "P(no order)"; an unknown name as it stands.
QString headText(const std::string &head);
/// "hr10" → "HR@10"; an unknown name as it stands.
QString figureNameText(const std::string &figure);

} // namespace perennial
