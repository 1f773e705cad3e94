#include "ui/pages/import/import_texts.h"

#include "ui/wording/format.h"
#include "ui/wording/import_words.h"

#include <QCoreApplication>

#include <algorithm>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ImportTexts)
};

} // namespace

QString reportText(const ImportReport &report, const QString &currency)
{
    QStringList lines{controlTotalText(report.totals)};
    if (const QString amount = controlAmountText(report.totals, currency); !amount.isEmpty()) {
        lines << amount;
    }
    if (report.contents == Contents::Events) {
        lines << Words::tr("%1 users, %2 items, %3 purchase rows in %4 orders, %5 refunds")
                     .arg(countText(report.users), countText(report.items),
                          countText(report.purchases), countText(report.orders),
                          countText(report.refunds));
    }
    for (const ImportedAttribute &attribute : report.attributes) {
        lines << Words::tr("Attribute %1: %2, %3 values")
                     .arg(QString::fromStdString(attribute.name), attributeTypeText(attribute.type),
                          countText(attribute.values));
    }
    if (report.roundedAmounts > 0) {
        lines << Words::tr("%1 amounts had more than 4 decimals and were rounded")
                     .arg(countText(report.roundedAmounts));
    }
    if (report.ambiguousTimes > 0) {
        lines << Words::tr("%1 times were shown twice by the clocks there; the first is taken")
                     .arg(countText(report.ambiguousTimes));
    }
    if (report.resumed) {
        lines << Words::tr("Went on where an interrupted import of this file had stopped");
    }
    if (report.seconds > 0) {
        lines << Words::tr("%1, %2 rows a second")
                     .arg(durationText(report.seconds),
                          shortText(static_cast<double>(report.totals.read.rows) / report.seconds));
    }
    return lines.join(QLatin1Char('\n'));
}

std::vector<TableModel::Row> reasonRows(const ImportReport &report)
{
    std::vector<std::pair<std::string, std::int64_t>> reasons(report.reasons.begin(),
                                                              report.reasons.end());
    std::ranges::stable_sort(reasons, std::greater{}, [](const auto &r) { return r.second; });
    std::vector<TableModel::Row> rows;
    for (const auto &[reason, count] : reasons) {
        rows.push_back({rejectReasonText(reason), QVariant::fromValue<qint64>(count)});
    }
    return rows;
}

} // namespace perennial
