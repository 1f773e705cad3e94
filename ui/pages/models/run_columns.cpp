#include "ui/pages/models/run_columns.h"

#include "ui/pages/models/config_fields.h"
#include "ui/pages/models/measures.h"
#include "ui/pages/models/run_rows.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(perennial::RunColumns)
};

using Runs = std::vector<const RunFigures *>;
using Kind = TableColumn::Kind;

/// One column: its head, and the cell of a run on screen and in a file.
struct Column {
    TableColumn head;
    std::string name;
    std::function<QVariant(const RunFigures &)> cell, plain;
};

QVariant textOrNone(const QString &text)
{
    return text.isEmpty() ? QVariant() : QVariant(text);
}
QVariant textOrNone(const std::string &text)
{
    return textOrNone(QString::fromStdString(text));
}

QVariant epochsOf(const RunFigures &run)
{
    if (run.lastEpoch == 0) {
        return {};
    }
    return QVariant::fromValue(
        MarkedCell{Words::tr("%1 of %2").arg(run.bestEpoch).arg(run.lastEpoch),
                   QVariant::fromValue<qint64>(run.bestEpoch), MarkedCell::Tone::Plain,
                   Words::tr("The best epoch of those that were trained.")});
}

QVariant numberOrNone(const std::optional<double> &value)
{
    return value ? QVariant(*value) : QVariant();
}

double secondsOf(const RunFigures &run)
{
    if (run.isDone() && run.report) {
        return run.report->seconds;
    }
    return static_cast<double>(run.record.finishedAt - run.record.startedAt);
}

QVariant durationOf(const RunFigures &run)
{
    if (run.record.finishedAt == 0) {
        return {};
    }
    const double seconds = secondsOf(run);
    return QVariant::fromValue(MarkedCell{durationText(seconds), seconds, {}, {}});
}

void addIdentity(std::vector<Column> &columns)
{
    const auto same = [&](TableColumn head, const char *name,
                          std::function<QVariant(const RunFigures &)> cell) {
        columns.push_back({std::move(head), name, cell, cell});
    };
    same({Words::tr("Run"), Kind::Count}, "run",
         [](const RunFigures &run) { return QVariant::fromValue<qint64>(run.record.id); });
    columns.push_back({{Words::tr("In use"), Kind::Text},
                       "champion",
                       [](const RunFigures &run) { return textOrNone(runUseText(run.record)); },
                       [](const RunFigures &run) {
                           return QVariant::fromValue<qint64>(run.record.champion ? 1 : 0);
                       }});
    same({Words::tr("State"), Kind::Text}, "state",
         [](const RunFigures &run) { return QVariant(runStateText(run.record.state)); });
    columns.push_back(
        {{Words::tr("Started, UTC"), Kind::Time},
         "started",
         [](const RunFigures &run) { return QVariant::fromValue<qint64>(run.record.startedAt); },
         [](const RunFigures &run) { return QVariant(timeText(run.record.startedAt)); }});
    columns.push_back(
        {{Words::tr("Best epoch"), Kind::Text}, "best_epoch", epochsOf, [](const RunFigures &run) {
             return QVariant::fromValue<qint64>(run.bestEpoch);
         }});
}

void addMeasures(std::vector<Column> &columns, const Runs &runs)
{
    for (const Measure &measure : knownMeasures()) {
        const bool some = std::ranges::any_of(runs, [&](const RunFigures *run) {
            return measuresIn(*run, measure.name).best.has_value();
        });
        if (!measure.headline || !some) {
            continue;
        }
        const std::string name = measure.name;
        const int decimals = measure.decimals;
        columns.push_back(
            {{measure.text, Kind::Text},
             name + "_best",
             [name, decimals](const RunFigures &run) {
                 return QVariant::fromValue(bestAndLast(run, name, decimals));
             },
             [name](const RunFigures &run) { return numberOrNone(measuresIn(run, name).best); }});
        columns.push_back({{}, name + "_last", {}, [name](const RunFigures &run) {
                               return numberOrNone(measuresIn(run, name).last);
                           }});
    }
}

void addSettings(std::vector<Column> &columns, const Runs &runs)
{
    for (const std::string &key : differingSettings(runs)) {
        columns.push_back(
            {{configLabel(key), Kind::Text},
             key,
             [key](const RunFigures &run) {
                 const std::string json = settingOf(run, key);
                 const auto value = nlohmann::json::parse(json, nullptr, false);
                 const QString text = configValueText(key, json);
                 return QVariant::fromValue(
                     MarkedCell{text,
                                value.is_number() ? QVariant(value.get<double>()) : QVariant(text),
                                {},
                                {}});
             },
             [key](const RunFigures &run) {
                 const auto value = nlohmann::json::parse(settingOf(run, key), nullptr, false);
                 return value.is_string() ? textOrNone(value.get<std::string>())
                                          : textOrNone(settingOf(run, key));
             }});
    }
}

void addRest(std::vector<Column> &columns)
{
    const auto same = [&](TableColumn head, const char *name,
                          std::function<QVariant(const RunFigures &)> cell) {
        columns.push_back({std::move(head), name, cell, cell});
    };
    same({Words::tr("Tags"), Kind::Text}, "tags",
         [](const RunFigures &run) { return textOrNone(run.record.tags); });
    same({Words::tr("Note"), Kind::Text}, "note",
         [](const RunFigures &run) { return textOrNone(run.record.note); });
    columns.push_back(
        {{Words::tr("Snapshot t₀"), Kind::Date},
         "until",
         [](const RunFigures &run) {
             return run.record.until ? QVariant::fromValue<qint64>(*run.record.until) : QVariant();
         },
         [](const RunFigures &run) { return textOrNone(dayText(run.record.until)); }});
    columns.push_back(
        {{Words::tr("Time"), Kind::Text}, "seconds", durationOf, [](const RunFigures &run) {
             return run.record.finishedAt == 0 ? QVariant() : QVariant(secondsOf(run));
         }});
    same({Words::tr("Device"), Kind::Text}, "device_used",
         [](const RunFigures &run) { return textOrNone(run.record.device); });
    same({Words::tr("Data"), Kind::Text}, "data_hash",
         [](const RunFigures &run) { return textOrNone(run.record.dataHash); });
}

QString shownText(const QVariant &cell)
{
    return cell.canConvert<MarkedCell>() ? cell.value<MarkedCell>().text : cell.toString();
}

std::optional<double> numberOf(const QVariant &cell)
{
    const QVariant value = cell.canConvert<MarkedCell>() ? cell.value<MarkedCell>().value : cell;
    bool is = false;
    const double number = value.toDouble(&is);
    return is ? std::optional(number) : std::nullopt;
}

QString squeezed(QString text)
{
    return text.remove(QLatin1Char(' ')).toLower();
}

bool compares(double value, const QString &sign, double bound)
{
    return sign == QLatin1String(">")    ? value > bound
           : sign == QLatin1String("<")  ? value < bound
           : sign == QLatin1String(">=") ? value >= bound
           : sign == QLatin1String("<=") ? value <= bound
                                         : value == bound;
}

bool keeps(const RunColumns &table, const TableModel::Row &row, const QString &word)
{
    static const QRegularExpression condition(QStringLiteral("^(.+?)(>=|<=|>|<|=)(.+)$"));
    if (const auto match = condition.match(word); match.hasMatch()) {
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            if (!squeezed(table.columns[c].title).startsWith(match.captured(1))) {
                continue;
            }
            bool isNumber = false;
            const double bound = match.captured(3).toDouble(&isNumber);
            const auto number = numberOf(row[c]);
            if (isNumber && number) {
                return compares(*number, match.captured(2), bound);
            }
            return match.captured(2) == QLatin1String("=") &&
                   squeezed(shownText(row[c])).contains(match.captured(3));
        }
    }
    const bool without = word.startsWith(QLatin1Char('-')) && word.size() > 1;
    const QString wanted = without ? word.mid(1) : word;
    const bool there = std::ranges::any_of(
        row, [&](const QVariant &cell) { return shownText(cell).toLower().contains(wanted); });
    return there != without;
}

} // namespace

MarkedCell bestAndLast(const RunFigures &run, const std::string &name, int decimals)
{
    const auto &[best, asked, last, interval] = measuresIn(run, name);
    if (!best) {
        return {kMissing, {}, {}, {}};
    }
    // Kept figures are of all validation users, those of an epoch of a sample: only the latter
    // compare.
    QString text = fullText(best, decimals);
    if (asked && last && run.bestEpoch != run.lastEpoch) {
        text += QStringLiteral(" (%1)").arg(signedFullText(*last - *asked, decimals));
    }
    return {
        text, *best, MarkedCell::Tone::Plain,
        Words::tr("Of the best epoch, as kept: %1\nAfter each epoch, on a sample of the users: "
                  "%2 after the best, %3 after the last")
            .arg(fullText(best, decimals), fullText(asked, decimals), fullText(last, decimals))};
}

RunColumns runColumnsOf(const Runs &runs)
{
    std::vector<Column> columns;
    addIdentity(columns);
    addMeasures(columns, runs);
    addSettings(columns, runs);
    addRest(columns);
    RunColumns table;
    for (const Column &column : columns) {
        if (column.cell) {
            table.columns.push_back(column.head);
        }
        table.plain.header.push_back(column.name);
    }
    for (const RunFigures *run : runs) {
        TableModel::Row shown, plain;
        for (const Column &column : columns) {
            if (column.cell) {
                shown.push_back(column.cell(*run));
            }
            plain.push_back(column.plain(*run));
        }
        table.rows.push_back(std::move(shown));
        table.plain.rows.push_back(std::move(plain));
    }
    return table;
}

RunTables runTablesOf(const RunList &list)
{
    std::vector<const RunFigures *> behavior, value;
    for (const RunFigures &run : list.runs) {
        (run.isBehavior() ? behavior : value).push_back(&run);
    }
    return {runColumnsOf(behavior), valueRunColumns(value)};
}

std::vector<std::size_t> filteredRows(const RunColumns &table, const QString &filter)
{
    const QStringList words = filter.toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    std::vector<std::size_t> kept;
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        if (std::ranges::all_of(
                words, [&](const QString &word) { return keeps(table, table.rows[r], word); })) {
            kept.push_back(r);
        }
    }
    return kept;
}

} // namespace perennial
