#include "core/ingest/kind_names.h"

#include "core/base/text.h"

#include <array>
#include <utility>

namespace perennial {

namespace {

constexpr std::array<std::pair<std::string_view, EventKind>, 40> kSynonyms{{
    {"pageview", EventKind::View},
    {"page_view", EventKind::View},
    {"view_item", EventKind::View},
    {"item_view", EventKind::View},
    {"product_view", EventKind::View},
    {"viewed", EventKind::View},
    {"pv", EventKind::View},
    {"detail", EventKind::View},
    {"clicked", EventKind::Click},
    {"select_item", EventKind::Click},
    {"addtocart", EventKind::Cart},
    {"add_to_cart", EventKind::Cart},
    {"cart_add", EventKind::Cart},
    {"basket", EventKind::Cart},
    {"purchased", EventKind::Purchase},
    {"transaction", EventKind::Purchase},
    {"order", EventKind::Purchase},
    {"sale", EventKind::Purchase},
    {"buy", EventKind::Purchase},
    {"bought", EventKind::Purchase},
    {"paid", EventKind::Purchase},
    {"payment", EventKind::Purchase},
    {"refunded", EventKind::Refund},
    {"return", EventKind::Refund},
    {"returned", EventKind::Refund},
    {"credit", EventKind::Refund},
    {"cancellation", EventKind::Refund},
    {"coupon_redemption", EventKind::Coupon},
    {"redeem", EventKind::Coupon},
    {"redemption", EventKind::Coupon},
    {"voucher", EventKind::Coupon},
    {"rate", EventKind::Rating},
    {"rated", EventKind::Rating},
    {"review", EventKind::Rating},
    {"searched", EventKind::Search},
    {"query", EventKind::Search},
    {"impressed", EventKind::Impression},
    {"view_item_list", EventKind::Impression},
    {"exposure", EventKind::Impression},
    {"shared", EventKind::Share},
}};

std::string normal(std::string_view text)
{
    std::string word = toLowerAscii(trimmed(text));
    for (char &c : word) {
        c = c == ' ' || c == '-' ? '_' : c;
    }
    return word;
}

} // namespace

KindNames::KindNames(const std::map<std::string, EventKind> &own)
{
    for (const EventKind kind : kEventKinds) {
        m_kinds.emplace(eventKindName(kind), kind);
    }
    for (const auto &[word, kind] : kSynonyms) {
        m_kinds.emplace(word, kind);
    }
    for (const auto &[word, kind] : own) {
        m_kinds.insert_or_assign(normal(word), kind);
    }
}

std::optional<EventKind> KindNames::find(std::string_view text) const
{
    const auto found = m_kinds.find(normal(text));
    return found == m_kinds.end() ? std::nullopt : std::optional(found->second);
}

} // namespace perennial
