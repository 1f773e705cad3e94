#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace perennial {

/// What happened. The numbers are stored in project files: append, never renumber.
enum class EventKind : std::int8_t {
    View = 1,
    Click = 2,
    Cart = 3,
    Purchase = 4,
    Refund = 5,
    Coupon = 6,
    Rating = 7,
    Search = 8,
    Impression = 9,
    Share = 10,
};
inline constexpr std::array kEventKinds{
    EventKind::View,   EventKind::Click,  EventKind::Cart,   EventKind::Purchase,
    EventKind::Refund, EventKind::Coupon, EventKind::Rating, EventKind::Search,
    EventKind::Impression, EventKind::Share};
inline constexpr int kEventKindCount = 11; ///< one past the highest number, for tables by kind

/// "view", "purchase", …: the names in files, on the command line and in JSON.
std::string_view eventKindName(EventKind kind) noexcept;
std::optional<EventKind> eventKindFromName(std::string_view name) noexcept;

/// The ladder of design.md §3, in the fixed order of legends. Stored: append, never renumber.
enum class Stage : std::int8_t {
    Acquired = 0,
    Active = 1,
    Retained = 2,
    Converted = 3,
    Loyal = 4,
    Dormant = 5,
    Churned = 6,
};
inline constexpr int kStageCount = 7;
inline constexpr std::array kStages{Stage::Acquired, Stage::Active,  Stage::Retained,
                                    Stage::Converted, Stage::Loyal, Stage::Dormant,
                                    Stage::Churned};

std::string_view stageName(Stage stage) noexcept; // "acquired", …
std::optional<Stage> stageFromName(std::string_view name) noexcept;

} // namespace perennial
