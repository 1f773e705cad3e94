#include "core/ingest/table_row_parser.h"

#include "core/base/text.h"

#include <algorithm>

namespace perennial {

namespace {

/// Roles that are attributes with a column of their own in the project.
struct RoleAttribute {
    Role role;
    const char *name;
    AttributeType type;
};

std::vector<RoleAttribute> roleAttributes(Contents contents)
{
    if (contents == Contents::Users) {
        return {{Role::Signup, attribute_name::kSignup, AttributeType::Date},
                {Role::Channel, attribute_name::kChannel, AttributeType::Text},
                {Role::Region, attribute_name::kRegion, AttributeType::Text},
                {Role::Device, attribute_name::kDevice, AttributeType::Text}};
    }
    if (contents == Contents::Items) {
        return {{Role::ItemName, attribute_name::kItemName, AttributeType::Text},
                {Role::Category, attribute_name::kCategory, AttributeType::Text},
                {Role::Price, attribute_name::kPrice, AttributeType::Number}};
    }
    return {};
}

void note(TableRowParser::Outcome &outcome, RowReason reason, std::string column)
{
    if (outcome.reason == RowReason::None) {
        outcome.reason = reason;
        outcome.column = std::move(column);
    }
}

} // namespace

TableRowParser::TableRowParser(const ImportPlan &plan) : m_plan(plan), m_rows(plan, newRowHashKey())
{
    for (const RoleAttribute &known : roleAttributes(plan.contents)) {
        if (plan.role(known.role).mapped()) {
            m_sources.push_back(
                {{-1, known.name, known.type, plan.role(known.role).personal, std::nullopt},
                 known.role,
                 AttributeTypeFinder(plan)});
        }
    }
    for (const AttributeSource &column : plan.attributes) {
        m_sources.push_back({column, std::nullopt, AttributeTypeFinder(plan)});
    }
}

std::string_view TableRowParser::textOf(const Record &record, const Source &source) const
{
    if (source.role) {
        return m_rows.text(record, *source.role);
    }
    const std::string_view text =
        trimmed(record.fields[static_cast<std::size_t>(source.column.column)]);
    return isMissing(m_plan, text) ? std::string_view() : text;
}

bool TableRowParser::findsTypes() const noexcept
{
    return std::ranges::any_of(m_sources,
                               [](const Source &source) { return !source.column.type; });
}

void TableRowParser::look(const Record &record)
{
    if (m_rows.structure(record, false) != RowReason::None) {
        return;
    }
    for (Source &source : m_sources) {
        if (source.column.type) {
            continue;
        }
        if (const std::string_view text = textOf(record, source); !text.empty()) {
            source.finder.add(text);
        }
    }
}

const std::vector<AttributeDefinition> &TableRowParser::settleTypes()
{
    m_attributes.clear();
    for (Source &source : m_sources) {
        source.type = source.column.type.value_or(source.finder.type());
        if (source.column.band && source.type == AttributeType::Text) {
            source.type = AttributeType::Number; // what is none is refused: it must not be kept
        }
        m_attributes.push_back({source.column.name,
                                source.column.band ? AttributeType::Text : source.type,
                                source.column.personal});
    }
    return m_attributes;
}

TableRowParser::Outcome TableRowParser::parse(const Record &record) const
{
    Outcome outcome;
    outcome.reason = m_rows.structure(record, false);
    if (outcome.reason == RowReason::None) {
        readKeys(record, outcome);
        readDates(record, outcome);
        readAttributes(record, outcome);
    }
    return outcome;
}

void TableRowParser::readKeys(const Record &record, Outcome &outcome) const
{
    const struct {
        Role role;
        std::string &key;
        RowReason missing;
    } keys[] = {
        {Role::User, outcome.row.user, RowReason::MissingUser},
        {Role::Item, outcome.row.item, RowReason::MissingItem},
        {Role::Campaign, outcome.row.campaign, RowReason::MissingCampaign},
        {Role::Coupon, outcome.row.coupon, RowReason::MissingCoupon},
    };
    const std::vector<Role> &required = requiredRoles(m_plan.contents);
    for (const auto &[role, key, missing] : keys) {
        key = std::string(m_rows.text(record, role));
        if (key.empty() && std::ranges::find(required, role) != required.end()) {
            note(outcome, missing, columnName(m_plan, role));
        } else if (key.size() > kMaxKeyBytes) {
            note(outcome, RowReason::KeyTooLong, columnName(m_plan, role));
        }
    }
    if (m_plan.rules.upperCaseItems) {
        outcome.row.item = toUpperAscii(outcome.row.item);
    }
    outcome.row.campaignType = m_rows.text(record, Role::CampaignType);
}

void TableRowParser::readDates(const Record &record, Outcome &outcome) const
{
    if (const std::string_view at = m_rows.text(record, Role::At); !at.empty()) {
        const PlannedTime time = plannedTime(m_plan, at);
        outcome.row.at = time.at;
        outcome.twice = time.twice;
        if (time.reason != RowReason::None) {
            note(outcome, time.reason, columnName(m_plan, Role::At));
        }
    }
    const auto readDay = [&](Role role) -> std::optional<Day> {
        const std::string_view text = m_rows.text(record, role);
        const auto at = m_plan.dates.parse(text);
        if (!at && !text.empty()) {
            note(outcome, RowReason::BadDate, columnName(m_plan, role));
        }
        return at ? std::optional(dayOf(*at)) : std::nullopt;
    };
    outcome.row.start = readDay(Role::Start);
    outcome.row.end = readDay(Role::End);
}

void TableRowParser::readAttributes(const Record &record, Outcome &outcome) const
{
    for (std::size_t k = 0; k < m_attributes.size(); ++k) {
        const Source &source = m_sources[k];
        const std::string_view text = textOf(record, source);
        if (text.empty()) {
            continue;
        }
        if (source.role == Role::Signup) { // a moment is as good as its day
            if (const auto at = m_plan.dates.parse(text)) {
                outcome.row.values.emplace_back(k, dayOf(*at));
                continue;
            }
            note(outcome, RowReason::BadDate, columnName(m_plan, Role::Signup));
            continue;
        }
        auto value = source.column.band
                         ? bandedValue(m_plan, text, source.type, *source.column.band)
                         : attributeValue(m_plan, text, source.type);
        if (value) {
            outcome.row.values.emplace_back(k, std::move(*value));
        } else if (source.role == Role::Price) {
            note(outcome, RowReason::BadPrice, columnName(m_plan, Role::Price));
        } else {
            note(outcome, RowReason::BadAttribute, source.column.name);
        }
    }
}

} // namespace perennial
