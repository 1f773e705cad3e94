#pragma once

#include <QString>

#include <string>

namespace perennial {

/// What a head of a run says: "churn" → "P(no order)"; an unknown name as it stands.
QString headText(const std::string &head);
/// "hr10" → "HR@10"; an unknown name as it stands.
QString figureNameText(const std::string &figure);
/// What users are grouped by (user_groups.h): "newness" → "New or returning"; an attribute as it
/// stands.
QString userGroupingText(const std::string &by);
/// One of its groups: "2-4" of "history" → "2–4 events", "" → "not known"; data as they stand.
QString userGroupText(const std::string &by, const std::string &group);
/// Decimals that a figure is told with: money two, shares and scores four.
int figureDecimals(const std::string &figure);

} // namespace perennial
