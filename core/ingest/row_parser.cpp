#include "core/ingest/row_parser.h"

#include "core/base/text.h"
#include "core/ingest/clean_text.h"
#include "core/ingest/number_evidence.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>

namespace perennial {

namespace {

void note(ParsedRow &row, RowReason reason, Role role) noexcept
{
    if (row.reason == RowReason::None) {
        row.reason = reason;
        row.reasonRole = static_cast<std::int8_t>(role);
    }
}

bool bringsMoney(EventKind kind) noexcept
{
    return kind == EventKind::Purchase || kind == EventKind::Refund;
}

std::string_view upperCased(std::string_view text, Arena &arena)
{
    const auto isLower = [](char c) { return c >= 'a' && c <= 'z'; };
    return std::ranges::any_of(text, isLower) ? arena.keep(toUpperAscii(text)) : text;
}

} // namespace

RowHashKey newRowHashKey()
{
    RowHashKey key{};
    if (sodium_init() < 0) {
        return key; // no source of randomness: equal keys still tell rows apart
    }
    randombytes_buf(key.data(), key.size());
    return key;
}

RowHash rowHash(std::string_view text, const RowHashKey &key) noexcept
{
    std::array<unsigned char, crypto_shorthash_siphashx24_BYTES> bytes;
    static_assert(sizeof(RowHash) == bytes.size());
    crypto_shorthash_siphashx24(bytes.data(), reinterpret_cast<const unsigned char *>(text.data()),
                                text.size(), key.data());
    RowHash hash;
    std::memcpy(&hash, bytes.data(), bytes.size());
    return hash;
}

int faultyColumn(const ImportPlan &plan, const ParsedRow &row) noexcept
{
    return row.reasonRole < 0 ? -1 : plan.role(static_cast<Role>(row.reasonRole)).column;
}

RowParser::RowParser(const ImportPlan &plan, const RowHashKey &hashKey)
    : m_plan(plan), m_hashKey(hashKey), m_kinds(plan.recipe.kinds)
{
}

std::string_view RowParser::text(const Record &record, Role role) const noexcept
{
    const RoleSource &source = m_plan.role(role);
    const std::string_view text =
        trimmed(source.column >= 0 ? record.fields[static_cast<std::size_t>(source.column)]
                                   : std::string_view(source.constant));
    return m_plan.missing.empty() || !isMissing(m_plan, text) ? text : std::string_view();
}

ParsedRow RowParser::parse(const Record &record, bool plainText, Arena &arena)
{
    ParsedRow row;
    row.raw = record.raw;
    row.line = record.line;
    row.reason = structure(record, plainText);
    if (row.reason != RowReason::None) {
        return row;
    }
    row.user = text(record, Role::User);
    if (row.user.empty()) {
        note(row, RowReason::MissingUser, Role::User);
    }
    readTime(record, row);
    readKind(record, row);
    row.order = text(record, Role::Order);
    readMoney(record, row);
    readKeys(record, row, arena);
    settleRefund(row);
    hashRow(record, row);
    return row;
}

RowReason RowParser::structure(const Record &record, bool plainText) const noexcept
{
    if (record.defect != RowReason::None) {
        return record.defect;
    }
    if (!plainText) {
        if (record.raw.find('\0') != std::string_view::npos) {
            return RowReason::NulByte;
        }
        if (!isValidUtf8(record.raw)) {
            return RowReason::BadEncoding;
        }
    }
    return record.fields.size() == m_plan.columnCount ? RowReason::None
                                                      : RowReason::WrongColumnCount;
}

PlannedTime plannedTime(const ImportPlan &plan, std::string_view text) noexcept
{
    const auto time = plan.dates.read(text);
    if (!time) {
        return {0, false, text.empty() ? RowReason::MissingTime : RowReason::BadDate};
    }
    if (!time->local || !plan.zone) {
        return {time->at, false, RowReason::None};
    }
    const auto moment = plan.zone->moment(time->at);
    return moment ? PlannedTime{moment->at, moment->twice, RowReason::None}
                  : PlannedTime{time->at, false, RowReason::NoSuchTime};
}

void RowParser::readTime(const Record &record, ParsedRow &row) const
{
    const PlannedTime time = plannedTime(m_plan, text(record, Role::At));
    row.at = time.at;
    row.twice = time.twice;
    if (time.reason != RowReason::None) {
        note(row, time.reason, Role::At);
    }
}

void RowParser::readKind(const Record &record, ParsedRow &row)
{
    const std::string_view kind = text(record, Role::Kind);
    if (kind != m_lastKind || !m_lastKindValue) {
        m_lastKind = kind;
        m_lastKindValue = m_kinds.find(kind);
    }
    if (m_lastKindValue) {
        row.kind = *m_lastKindValue;
    } else {
        note(row, kind.empty() ? RowReason::MissingKind : RowReason::BadKind, Role::Kind);
        row.kind = EventKind::View; // brings no money, so that price × quantity counts for nothing
    }
}

void RowParser::readMoney(const Record &record, ParsedRow &row) const
{
    const auto read = [&](Role role, RowReason reason) {
        const std::string_view number = text(record, role);
        const auto value = parseDecimal(number, m_plan.numbers);
        if (!value && !number.empty()) {
            note(row, reason, role);
        } else if (!m_plan.numbersSettled && isAmbiguousNumber(number, m_plan.numbers)) {
            note(row, RowReason::AmbiguousNumber, role);
        }
        return value;
    };
    const auto quantity = read(Role::Quantity, RowReason::BadQuantity);
    const auto price = read(Role::Price, RowReason::BadPrice);
    const auto amount = read(Role::Amount, RowReason::BadAmount);
    row.quantity = quantity ? toDouble(*quantity) : 1.0;
    if (price) {
        row.price = std::max<Money>(moneyFromDecimal(*price).value_or(ExactMoney{}).amount, 0);
    }
    const bool owes = bringsMoney(row.kind) &&
                      (m_plan.role(Role::Price).mapped() || m_plan.role(Role::Amount).mapped());
    std::optional<ExactMoney> money;
    if (amount) {
        money = moneyFromDecimal(*amount);
    } else if (owes && price) {
        if (!quantity && m_plan.role(Role::Quantity).mapped()) {
            note(row, RowReason::BadQuantity, Role::Quantity);
            return;
        }
        money = moneyFromProduct(quantity.value_or(Decimal{1, 0, false}), *price);
    } else if (owes) {
        const bool hasAmount = m_plan.role(Role::Amount).mapped();
        note(row, RowReason::MissingAmount, hasAmount ? Role::Amount : Role::Price);
        return;
    } else {
        return;
    }
    if (!money) {
        note(row, RowReason::BadAmount, amount ? Role::Amount : Role::Price);
        return;
    }
    row.amount = money->amount;
    row.rounded = money->rounded;
}

/// A cancelled order or a negative amount makes a purchase a refund; refunds are negative. A
/// rejected row stays as the file has it.
void RowParser::settleRefund(ParsedRow &row) const noexcept
{
    if (row.reason != RowReason::None && row.reason != RowReason::ExcludedItem) {
        return;
    }
    const std::string &cancelled = m_plan.rules.cancelledOrderPrefix;
    const bool reversed =
        row.amount < 0 || (!cancelled.empty() && row.order.starts_with(cancelled));
    if (row.kind == EventKind::Purchase && reversed) {
        row.kind = EventKind::Refund;
    }
    if (row.kind == EventKind::Refund && row.amount > 0) {
        row.amount = -row.amount;
    }
}

void RowParser::readKeys(const Record &record, ParsedRow &row, Arena &arena) const
{
    row.item = text(record, Role::Item);
    if (m_plan.rules.upperCaseItems) {
        row.item = upperCased(row.item, arena);
    }
    row.itemName = cutUtf8(text(record, Role::ItemName), kMaxNameBytes);
    row.category = cutUtf8(text(record, Role::Category), kMaxNameBytes);
    row.device = text(record, Role::Device);
    row.place = text(record, Role::Place);
    row.channel = text(record, Role::Channel);
    row.campaign = text(record, Role::Campaign);
    row.coupon = text(record, Role::Coupon);
    const auto check = [&row](std::string_view key, Role role) {
        if (key.size() > kMaxKeyBytes) {
            note(row, RowReason::KeyTooLong, role);
        }
    };
    check(row.user, Role::User);
    check(row.item, Role::Item);
    check(row.order, Role::Order);
    check(row.device, Role::Device);
    check(row.place, Role::Place);
    check(row.channel, Role::Channel);
    check(row.campaign, Role::Campaign);
    check(row.coupon, Role::Coupon);
    if (isExcluded(row.item)) {
        note(row, RowReason::ExcludedItem, Role::Item);
    }
}

bool RowParser::isExcluded(std::string_view item) const noexcept
{
    const CleaningRules &rules = m_plan.rules;
    return std::ranges::find(rules.excludedItems, item) != rules.excludedItems.end() ||
           std::ranges::any_of(rules.excludedItemPrefixes, [item](const std::string &prefix) {
               return item.starts_with(prefix);
           });
}

void RowParser::hashRow(const Record &record, ParsedRow &row)
{
    m_scratch.clear();
    if (m_plan.dedupe == Dedupe::Exact) {
        for (const std::string_view field : record.fields) {
            const auto size = static_cast<std::uint32_t>(field.size());
            m_scratch.append(reinterpret_cast<const char *>(&size), sizeof size);
            m_scratch.append(field);
        }
    } else if (m_plan.dedupe == Dedupe::EventId) {
        m_scratch = text(record, Role::EventId);
    }
    if (m_scratch.empty()) {
        return;
    }
    row.hash = rowHash(m_scratch, m_hashKey);
    row.hashed = true;
}

} // namespace perennial
