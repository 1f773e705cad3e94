#include "ui/wording/words.h"

#include "ui/wording/format.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

namespace perennial {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("perennial", text);
}

QString plainKey(QString key)
{
    return key.replace(u'_', u' ');
}

QString auditValue(const QString &key, const QJsonValue &value)
{
    if (key == QLatin1String("state") && value.isDouble()) {
        return runStateText(static_cast<RunState>(value.toInt()));
    }
    if (value.isDouble()) {
        const double number = value.toDouble();
        return std::floor(number) == number && std::abs(number) < 1e15
                   ? countText(static_cast<qint64>(number))
                   : fullText(number, std::abs(number) < 10 ? 4 : 2);
    }
    if (value.isBool()) {
        return value.toBool() ? tr("yes") : tr("no");
    }
    return value.isString() && !value.toString().isEmpty() ? value.toString() : kMissing;
}

void addAuditParts(const QJsonObject &object, QStringList &parts)
{
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it.key() == QLatin1String("hash")) {
            continue;
        }
        if (it->isObject()) {
            addAuditParts(it->toObject(), parts);
        } else if (it->isArray()) {
            parts << plainKey(it.key()) + u' ' + countText(it->toArray().size());
        } else {
            parts << plainKey(it.key()) + u' ' + auditValue(it.key(), *it);
        }
    }
}

} // namespace

QString stageText(Stage stage)
{
    switch (stage) {
    case Stage::Acquired:
        return tr("Acquired");
    case Stage::Active:
        return tr("Active");
    case Stage::Retained:
        return tr("Retained");
    case Stage::Converted:
        return tr("Converted");
    case Stage::Loyal:
        return tr("Loyal");
    case Stage::Dormant:
        return tr("Dormant");
    case Stage::Churned:
        return tr("Churned");
    }
    return {};
}

QString stageDefinition(Stage stage)
{
    switch (stage) {
    case Stage::Acquired:
        return tr("Known for only a few days, no order yet.");
    case Stage::Active:
        return tr("Active on several days lately, without a recent order.");
    case Stage::Retained:
        return tr("Still around, but none of the other stages.");
    case Stage::Converted:
        return tr("Exactly one order, and a recent one.");
    case Stage::Loyal:
        return tr("At least two orders, the last one recent.");
    case Stage::Dormant:
        return tr("Silent for weeks, but not long enough to count as churned.");
    case Stage::Churned:
        return tr("Silent for so long that a return is unlikely.");
    }
    return {};
}

QString eventKindText(EventKind kind)
{
    switch (kind) {
    case EventKind::View:
        return tr("View");
    case EventKind::Click:
        return tr("Click");
    case EventKind::Cart:
        return tr("Cart");
    case EventKind::Purchase:
        return tr("Purchase");
    case EventKind::Refund:
        return tr("Refund");
    case EventKind::Coupon:
        return tr("Coupon");
    case EventKind::Rating:
        return tr("Rating");
    case EventKind::Search:
        return tr("Search");
    case EventKind::Impression:
        return tr("Impression");
    case EventKind::Share:
        return tr("Share");
    }
    return {};
}

QString periodText(Period period)
{
    switch (period) {
    case Period::Day:
        return tr("day");
    case Period::Week:
        return tr("week");
    case Period::Month:
        return tr("month");
    }
    return {};
}

QString runStateText(RunState state)
{
    switch (state) {
    case RunState::Running:
        return tr("Running");
    case RunState::Done:
        return tr("Done");
    case RunState::Failed:
        return tr("Failed");
    case RunState::Cancelled:
        return tr("Cancelled");
    case RunState::Interrupted:
        return tr("Interrupted");
    }
    return {};
}

QString auditText(const std::string &detail)
{
    const QByteArray bytes = QByteArray::fromStdString(detail);
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    if (!document.isObject()) {
        return QString::fromUtf8(bytes);
    }
    QStringList parts;
    addAuditParts(document.object(), parts);
    return parts.join(QStringLiteral(" · "));
}

QString taskStageText(std::string_view key)
{
    QString text = QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()));
    text.replace(QLatin1Char('_'), QLatin1Char(' '));
    text.replace(QLatin1Char('-'), QLatin1Char(' '));
    return text;
}

} // namespace perennial
