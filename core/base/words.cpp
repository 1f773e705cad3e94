#include "core/base/words.h"

namespace perennial {

std::string_view eventKindName(EventKind kind) noexcept
{
    switch (kind) {
    case EventKind::View: return "view";
    case EventKind::Click: return "click";
    case EventKind::Cart: return "cart";
    case EventKind::Purchase: return "purchase";
    case EventKind::Refund: return "refund";
    case EventKind::Coupon: return "coupon";
    case EventKind::Rating: return "rating";
    case EventKind::Search: return "search";
    case EventKind::Impression: return "impression";
    case EventKind::Share: return "share";
    }
    return "unknown";
}

std::optional<EventKind> eventKindFromName(std::string_view name) noexcept
{
    for (const EventKind kind : kEventKinds) {
        if (eventKindName(kind) == name) {
            return kind;
        }
    }
    return std::nullopt;
}

std::string_view stageName(Stage stage) noexcept
{
    switch (stage) {
    case Stage::Acquired: return "acquired";
    case Stage::Active: return "active";
    case Stage::Retained: return "retained";
    case Stage::Converted: return "converted";
    case Stage::Loyal: return "loyal";
    case Stage::Dormant: return "dormant";
    case Stage::Churned: return "churned";
    }
    return "unknown";
}

std::optional<Stage> stageFromName(std::string_view name) noexcept
{
    for (const Stage stage : kStages) {
        if (stageName(stage) == name) {
            return stage;
        }
    }
    return std::nullopt;
}

} // namespace perennial
