#include "ui/wording/import_words.h"

#include "ui/wording/format.h"

#include <QCoreApplication>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ImportWords)
};

struct ReasonText {
    const char *code;
    const char *text;
};

constexpr ReasonText kReasons[] = {
    {"wrong_column_count",
     QT_TRANSLATE_NOOP("ImportWords", "another number of columns than the rest")},
    {"bad_encoding", QT_TRANSLATE_NOOP("ImportWords", "text that is not UTF-8")},
    {"nul_byte", QT_TRANSLATE_NOOP("ImportWords", "a zero byte in the row")},
    {"bad_quote", QT_TRANSLATE_NOOP("ImportWords", "a quotation mark in the wrong place")},
    {"unclosed_quote", QT_TRANSLATE_NOOP("ImportWords", "a quotation mark that is never closed")},
    {"row_too_long", QT_TRANSLATE_NOOP("ImportWords", "the row is too long")},
    {"missing_user", QT_TRANSLATE_NOOP("ImportWords", "no user")},
    {"missing_time", QT_TRANSLATE_NOOP("ImportWords", "no date")},
    {"bad_date", QT_TRANSLATE_NOOP("ImportWords", "a date that cannot be read")},
    {"no_such_time",
     QT_TRANSLATE_NOOP("ImportWords", "a time that clocks there never showed (set forward)")},
    {"missing_kind", QT_TRANSLATE_NOOP("ImportWords", "no kind of event")},
    {"bad_kind", QT_TRANSLATE_NOOP("ImportWords", "an unknown kind of event")},
    {"bad_quantity", QT_TRANSLATE_NOOP("ImportWords", "a quantity that is no number")},
    {"bad_price", QT_TRANSLATE_NOOP("ImportWords", "a price that is no number")},
    {"bad_amount", QT_TRANSLATE_NOOP("ImportWords", "an amount that is no number")},
    {"ambiguous_number",
     QT_TRANSLATE_NOOP("ImportWords", "a number that reads in two ways, such as 1.234: name the "
                                      "decimal mark")},
    {"missing_amount", QT_TRANSLATE_NOOP("ImportWords", "a purchase without an amount")},
    {"key_too_long", QT_TRANSLATE_NOOP("ImportWords", "a name or number that is too long")},
    {"missing_item", QT_TRANSLATE_NOOP("ImportWords", "no item")},
    {"missing_campaign", QT_TRANSLATE_NOOP("ImportWords", "no campaign")},
    {"missing_coupon", QT_TRANSLATE_NOOP("ImportWords", "no coupon")},
    {"repeated_key",
     QT_TRANSLATE_NOOP("ImportWords", "described before in the file, with other values")},
    {"bad_attribute", QT_TRANSLATE_NOOP("ImportWords", "a value that is not of its column's type")},
    {"excluded_item",
     QT_TRANSLATE_NOOP("ImportWords", "a line that is no article (excluded by the profile)")},
};

struct RoleWords {
    const char *name;
    const char *help;
};

RoleWords wordsOf(Role role)
{
    switch (role) {
    case Role::User:
        return {QT_TRANSLATE_NOOP("ImportWords", "User"),
                QT_TRANSLATE_NOOP("ImportWords", "Who did it. Needed.")};
    case Role::At:
        return {QT_TRANSLATE_NOOP("ImportWords", "Date and time"),
                QT_TRANSLATE_NOOP("ImportWords", "When it happened; times without an offset are of the time zone chosen. "
                                                 "Needed.")};
    case Role::Kind:
        return {QT_TRANSLATE_NOOP("ImportWords", "Kind of event"),
                QT_TRANSLATE_NOOP("ImportWords", "View, cart, purchase, refund, … A column, or one "
                                                 "kind for every row. Needed.")};
    case Role::Item:
        return {QT_TRANSLATE_NOOP("ImportWords", "Item"),
                QT_TRANSLATE_NOOP("ImportWords", "The article's number.")};
    case Role::ItemName:
        return {QT_TRANSLATE_NOOP("ImportWords", "Item name"),
                QT_TRANSLATE_NOOP("ImportWords", "The article's name.")};
    case Role::Category:
        return {QT_TRANSLATE_NOOP("ImportWords", "Category"),
                QT_TRANSLATE_NOOP("ImportWords", "The article's category.")};
    case Role::Quantity:
        return {QT_TRANSLATE_NOOP("ImportWords", "Quantity"),
                QT_TRANSLATE_NOOP("ImportWords", "Units, or a rating's stars; 1 where there is "
                                                 "none.")};
    case Role::Price:
        return {QT_TRANSLATE_NOOP("ImportWords", "Unit price"),
                QT_TRANSLATE_NOOP("ImportWords", "Price of one unit: amount = price × quantity.")};
    case Role::Amount:
        return {QT_TRANSLATE_NOOP("ImportWords", "Amount"),
                QT_TRANSLATE_NOOP("ImportWords", "Money of the whole row.")};
    case Role::Order:
        return {QT_TRANSLATE_NOOP("ImportWords", "Order"),
                QT_TRANSLATE_NOOP("ImportWords", "Invoice or basket number.")};
    case Role::Device:
        return {QT_TRANSLATE_NOOP("ImportWords", "Device"),
                QT_TRANSLATE_NOOP("ImportWords", "Phone, desktop, …")};
    case Role::Place:
        return {QT_TRANSLATE_NOOP("ImportWords", "Place"),
                QT_TRANSLATE_NOOP("ImportWords", "Country, town or shop.")};
    case Role::Channel:
        return {QT_TRANSLATE_NOOP("ImportWords", "Channel"),
                QT_TRANSLATE_NOOP("ImportWords", "Where the visit came from.")};
    case Role::EventId:
        return {QT_TRANSLATE_NOOP("ImportWords", "Event id"),
                QT_TRANSLATE_NOOP("ImportWords", "Names an event once and for all: rows with the "
                                                 "same one are duplicates.")};
    case Role::Signup:
        return {QT_TRANSLATE_NOOP("ImportWords", "Known since"),
                QT_TRANSLATE_NOOP("ImportWords", "The day a user signed up.")};
    case Role::Region:
        return {QT_TRANSLATE_NOOP("ImportWords", "Region"),
                QT_TRANSLATE_NOOP("ImportWords", "Where a user lives.")};
    case Role::Campaign:
        return {QT_TRANSLATE_NOOP("ImportWords", "Campaign"),
                QT_TRANSLATE_NOOP("ImportWords", "The campaign's number or name.")};
    case Role::CampaignType:
        return {QT_TRANSLATE_NOOP("ImportWords", "Campaign type"),
                QT_TRANSLATE_NOOP("ImportWords", "What kind of campaign it is.")};
    case Role::Start:
        return {QT_TRANSLATE_NOOP("ImportWords", "First day"),
                QT_TRANSLATE_NOOP("ImportWords", "When the campaign begins.")};
    case Role::End:
        return {QT_TRANSLATE_NOOP("ImportWords", "Last day"),
                QT_TRANSLATE_NOOP("ImportWords", "When the campaign ends.")};
    case Role::Coupon:
        return {QT_TRANSLATE_NOOP("ImportWords", "Coupon"),
                QT_TRANSLATE_NOOP("ImportWords", "The coupon's number or code.")};
    }
    return {"", ""};
}

} // namespace

QString rejectReasonText(const std::string &reason)
{
    for (const ReasonText &known : kReasons) {
        if (reason == known.code) {
            return Words::tr(known.text);
        }
    }
    return QString::fromStdString(reason);
}

QString roleText(Role role)
{
    return Words::tr(wordsOf(role).name);
}

QString roleHelp(Role role)
{
    return Words::tr(wordsOf(role).help);
}

QString delimiterText(Delimiter delimiter)
{
    switch (delimiter) {
    case Delimiter::Comma:
        return Words::tr("comma ,");
    case Delimiter::Semicolon:
        return Words::tr("semicolon ;");
    case Delimiter::Tab:
        return Words::tr("tab");
    case Delimiter::Bar:
        return Words::tr("bar |");
    case Delimiter::Blanks:
        return Words::tr("blanks");
    }
    return QString::fromStdString(delimiterName(delimiter));
}

QString contentsText(Contents contents)
{
    switch (contents) {
    case Contents::Events:
        return Words::tr("events");
    case Contents::Users:
        return Words::tr("users");
    case Contents::Items:
        return Words::tr("items");
    case Contents::Campaigns:
        return Words::tr("campaigns");
    case Contents::Exposures:
        return Words::tr("who was addressed");
    case Contents::Coupons:
        return Words::tr("coupons and their items");
    }
    return {};
}

QString roleTypeText(Role role)
{
    switch (role) {
    case Role::At:
        return Words::tr("date and time");
    case Role::Signup:
    case Role::Start:
    case Role::End:
        return Words::tr("date");
    case Role::Quantity:
        return Words::tr("number");
    case Role::Price:
    case Role::Amount:
        return Words::tr("money");
    case Role::Kind:
        return Words::tr("kind of event");
    default:
        return Words::tr("text");
    }
}

QString attributeTypeText(AttributeType type)
{
    switch (type) {
    case AttributeType::Text:
        return Words::tr("text");
    case AttributeType::Number:
        return Words::tr("number");
    case AttributeType::Date:
        return Words::tr("date");
    }
    return {};
}

QString dedupeText(Dedupe dedupe)
{
    switch (dedupe) {
    case Dedupe::None:
        return Words::tr("keep every row");
    case Dedupe::Exact:
        return Words::tr("drop equal rows");
    case Dedupe::EventId:
        return Words::tr("drop repeated event ids");
    }
    return {};
}

QString controlTotalText(const ImportTotals &totals)
{
    QString text = Words::tr("%1 read = %2 stored + %3 duplicate + %4 rejected")
                       .arg(rowsText(totals.read.rows), countText(totals.stored.rows),
                            countText(totals.duplicate.rows), countText(totals.rejected.rows));
    if (totals.excluded.rows > 0) {
        text += Words::tr(" + %1 excluded").arg(countText(totals.excluded.rows));
    }
    if (totals.erased.rows > 0) {
        text += Words::tr(" + %1 erased").arg(countText(totals.erased.rows));
    }
    return text;
}

QString controlAmountText(const ImportTotals &totals, const QString &currency)
{
    if (totals.read.amount == 0 && totals.stored.amount == 0) {
        return {};
    }
    const auto money = [](Money amount) { return fullText(toUnits(amount), 2); };
    // Refunds make a term negative: "a − b" reads better than "a + -b".
    const auto term = [&](Money amount, const QString &what) {
        return (amount < 0 ? QStringLiteral(" − ") : QStringLiteral(" + ")) +
               what.arg(money(amount < 0 ? -amount : amount));
    };
    QString text = Words::tr("%1 %2 read = %3 stored")
                       .arg(currency, money(totals.read.amount), money(totals.stored.amount)) +
                   term(totals.duplicate.amount, Words::tr("%1 duplicate")) +
                   term(totals.rejected.amount, Words::tr("%1 rejected"));
    if (totals.excluded.rows > 0) {
        text += term(totals.excluded.amount, Words::tr("%1 excluded"));
    }
    if (totals.erased.rows > 0) {
        text += term(totals.erased.amount, Words::tr("%1 erased"));
    }
    return text;
}

} // namespace perennial
