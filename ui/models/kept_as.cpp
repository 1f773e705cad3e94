#include "ui/models/kept_as.h"

#include "ui/wording/format.h"
#include "ui/wording/import_words.h"

#include <QCoreApplication>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(KeptAs)
};

const QString kDrop = QStringLiteral("drop");
const QString kBand = QStringLiteral("band");
const QString kBandOf = QStringLiteral("band:");

QString code(AttributeType type)
{
    const std::string_view name = attributeTypeName(type);
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

std::optional<AttributeType> typeOf(const QString &choice)
{
    return attributeTypeFromName(choice.toStdString());
}

QStringList bandChoices(AttributeType found)
{
    const QStringList widths{QStringLiteral("band:5"), QStringLiteral("band:10"),
                             QStringLiteral("band:100"), QStringLiteral("band:1000"),
                             QString::fromLatin1(kOtherWidth)};
    const QStringList dates{QStringLiteral("band:month"), QStringLiteral("band:quarter"),
                            QStringLiteral("band:year")};
    // Texts among numbers make a column one of text: bands then refuse just those rows.
    return found == AttributeType::Number ? widths
           : found == AttributeType::Date ? dates
                                          : widths + dates;
}

QString bandText(const QString &choice)
{
    if (choice == QLatin1String(kOtherWidth)) {
        return Words::tr("bands of another width…");
    }
    const auto band = bandingFromText(choice.mid(kBandOf.size()).toStdString());
    if (!band || (!band->width && !band->dates)) {
        return Words::tr("bands: tens, or years");
    }
    if (band->width) {
        return Words::tr("bands of %1").arg(countText(*band->width));
    }
    switch (*band->dates) {
    case DateBand::Month:
        return Words::tr("month only");
    case DateBand::Quarter:
        return Words::tr("quarter only");
    case DateBand::Year:
        break;
    }
    return Words::tr("year only");
}

} // namespace

QString keptAs(const AttributeRule &rule)
{
    if (rule.drop) {
        return kDrop;
    }
    if (rule.band) {
        const std::string band = bandingText(*rule.band);
        return band.empty() ? kBand : kBandOf + QString::fromStdString(band);
    }
    return rule.type ? code(*rule.type) : QString();
}

AttributeRule withKeptAs(AttributeRule rule, const QString &choice)
{
    rule.drop = choice == kDrop;
    rule.type = typeOf(choice);
    rule.band.reset();
    if (choice == kBand) {
        rule.band = Banding();
    } else if (choice.startsWith(kBandOf)) {
        if (const auto band = bandingFromText(choice.mid(kBandOf.size()).toStdString())) {
            rule.band = *band;
        }
    }
    return rule;
}

QStringList keptAsChoices(std::optional<AttributeType> found, const QString &now)
{
    QStringList choices{QString()};
    if (found) {
        choices << code(AttributeType::Text) << code(AttributeType::Number)
                << code(AttributeType::Date) << bandChoices(*found);
    }
    choices << kDrop;
    if (!choices.contains(now)) {
        choices.insert(choices.size() - 1, now);
    }
    return choices;
}

QString keptAsText(const QString &choice, std::optional<AttributeType> found)
{
    if (choice.isEmpty()) {
        return found ? Words::tr("as it is (%1)").arg(attributeTypeText(*found))
                     : Words::tr("as it is");
    }
    if (choice == kDrop) {
        return Words::tr("left out");
    }
    const auto type = typeOf(choice);
    return type ? attributeTypeText(*type) : bandText(choice);
}

QString keptAsHelp(const QString &choice)
{
    if (choice.isEmpty()) {
        return Words::tr("A number or a date only where all values are, else text.");
    }
    if (choice == kDrop) {
        return Words::tr("The column's values are not stored.");
    }
    return typeOf(choice)
               ? Words::tr("Rows with another value in this column stay out.")
               : Words::tr("Only the band is stored, as 30-39 or 2024-03, never the value "
                           "itself: for what is personal, such as an age.");
}

} // namespace perennial
