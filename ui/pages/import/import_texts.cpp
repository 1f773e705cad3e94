#include "ui/pages/import/import_texts.h"

#include "ui/error_text.h"
#include "ui/wording/format.h"
#include "ui/wording/import_words.h"

#include <QCoreApplication>

#include <algorithm>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ImportTexts)
};

constexpr double kWorthTiming = 0.5; ///< seconds

/// What to do in this window, where that is something else than on the command line.
QString adviceFor(const Error &problem)
{
    switch (problem.code) {
    case ErrorCode::AmbiguousEncoding:
        return Words::tr("Choose under Encoding the one that makes the rows below readable.");
    case ErrorCode::AmbiguousDates:
        return Words::tr("Choose under Dates how they are written.");
    case ErrorCode::AmbiguousNumbers:
        return Words::tr("Choose under Decimal mark which sign it is.");
    case ErrorCode::UnknownColumn:
        return Words::tr("The profile may be of another file: choose none, or another one.");
    case ErrorCode::AlreadyImported:
        return Words::tr(
            "Nothing is missing. To have its rows twice all the same, go back and tick "
            "“Also if the same content is here already”.");
    case ErrorCode::UnfinishedImport:
        return Words::tr("To begin anew, go back and tick “Drop what an interrupted import left”.");
    default:
        return errorAdvice(problem.code);
    }
}

} // namespace

QString importProblemText(const Error &problem)
{
    const auto role =
        problem.code == ErrorCode::MissingRole ? roleFromName(problem.detail) : std::nullopt;
    if (role == Role::Kind) {
        return Words::tr("✕ Nothing says what happened. Choose a column with the meaning “%1”, or "
                         "one kind for every row under Kind of event.")
            .arg(roleText(*role));
    }
    if (role) {
        return Words::tr("✕ No column has the meaning “%1” yet. Choose it in the table below.")
            .arg(roleText(*role));
    }
    Error shown = problem;
    shown.where.clear(); // the file is known here
    const QString advice = adviceFor(problem);
    return Words::tr("✕ %1").arg(errorText(shown)) +
           (advice.isEmpty() ? QString() : QLatin1Char('\n') + advice);
}

std::vector<TableModel::Row> attributeRows(const ImportReport &report)
{
    std::vector<TableModel::Row> rows;
    for (const ImportedAttribute &attribute : report.attributes) {
        const QString type = attributeTypeText(attribute.type);
        rows.push_back({QString::fromStdString(attribute.name),
                        attribute.personal ? Words::tr("%1, personal").arg(type) : type,
                        QVariant::fromValue<qint64>(attribute.values)});
    }
    return rows;
}

QString reportText(const ImportReport &report, const QString &currency)
{
    QStringList lines{controlTotalText(report.totals)};
    if (const QString amount = controlAmountText(report.totals, currency); !amount.isEmpty()) {
        lines << amount;
    }
    if (report.contents == Contents::Events) {
        lines << Words::tr("Users: %1 · items: %2 · rows of purchases: %3 · orders: %4 · rows of "
                           "refunds: %5")
                     .arg(countText(report.users), countText(report.items),
                          countText(report.purchases),
                          report.orders > 0 ? countText(report.orders) : kMissing,
                          countText(report.refunds));
    }
    if (report.roundedAmounts > 0) {
        lines << Words::tr("Amounts with more than 4 decimals, rounded: %1")
                     .arg(countText(report.roundedAmounts));
    }
    if (report.ambiguousTimes > 0) {
        lines << Words::tr("Times that the clocks there showed twice, the first taken: %1")
                     .arg(countText(report.ambiguousTimes));
    }
    if (report.resumed) {
        lines << Words::tr("Went on where an interrupted import of this file had stopped");
    }
    if (report.seconds >= kWorthTiming) {
        lines << Words::tr("%1, rows a second: %2")
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
        rows.push_back({rejectReasonText(reason), QVariant::fromValue<qint64>(count),
                        static_cast<double>(count) / static_cast<double>(std::max<std::int64_t>(
                                                         report.totals.read.rows, 1))});
    }
    return rows;
}

} // namespace perennial
