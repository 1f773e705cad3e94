#include "ui/wording/privacy_words.h"

#include "ui/error_text.h"
#include "ui/wording/format.h"

#include <QCoreApplication>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(perennial::Privacy)
};

} // namespace

QString tracesText(const UserTraces &traces)
{
    QStringList parts{eventsText(traces.events)};
    const auto add = [&parts](std::int64_t count, const QString &one, const QString &many) {
        if (count > 0) {
            parts << counted(count, one, many);
        }
    };
    add(traces.setAsideEvents, Words::tr("1 event set aside"), Words::tr("%1 events set aside"));
    add(traces.orders, Words::tr("1 order key"), Words::tr("%1 order keys"));
    add(traces.otherKeys, Words::tr("1 device, place or the like"),
        Words::tr("%1 devices, places and the like"));
    add(traces.attributes, Words::tr("1 attribute"), Words::tr("%1 attributes"));
    add(traces.exposures, Words::tr("1 campaign contact"), Words::tr("%1 campaign contacts"));
    add(traces.rejectedRows, Words::tr("the text of 1 rejected row"),
        Words::tr("the text of %1 rejected rows"));
    add(traces.definitions, Words::tr("1 saved definition"), Words::tr("%1 saved definitions"));
    return Words::tr("Of the user: %1").arg(parts.join(QStringLiteral(", ")));
}

QString logKeptText()
{
    return Words::tr("Somebody else is reading the project: its write-ahead log goes when it is "
                     "closed, and old bytes of erased users with it.");
}

QStringList forgetWarnings(const ForgetReport &report)
{
    QStringList lines;
    if (report.erased.runs > 0) {
        lines << counted(
            report.erased.runs,
            Words::tr("1 model run has learned from this user and is due to be trained again."),
            Words::tr("%1 model runs have learned from this user and are due to be trained again."));
    }
    if (report.notCompacted) {
        lines << Words::tr("The file could not be written anew, so that old bytes of the user may "
                           "be left in it: %1 Writing it needs up to twice as much free space as "
                           "the file has. To try again: perennial forget PROJECT --compact")
                     .arg(errorText(*report.notCompacted));
    } else if (!report.logEmptied) {
        lines << logKeptText();
    }
    if (report.erased.auditLines > 0) {
        lines << counted(
            report.erased.auditLines,
            Words::tr("1 line of the log names the user, in a file's name say; it stays."),
            Words::tr("%1 lines of the log name the user, in a file's name say; they stay."));
    }
    for (const std::string &backup : report.backups) {
        lines << Words::tr("This copy may hold the user still: %1")
                     .arg(QString::fromStdString(backup));
    }
    return lines;
}

QString projectKeyText(const ProjectKey &key)
{
    const QString file = QString::fromStdString(key.file.string());
    if (file.isEmpty()) {
        return Words::tr("Users would be stored under pseudonyms.");
    }
    return key.created ? Words::tr("Users are pseudonyms. The new key is in %1: keep a copy of it, "
                                   "nothing more can be imported without it.")
                             .arg(file)
                       : Words::tr("Users are pseudonyms, made with the key in %1.").arg(file);
}

QString auditCheckText(const AuditCheck &check)
{
    const QString lines = counted(check.lines, Words::tr("1 line"), Words::tr("%1 lines"));
    if (check.brokenLine != 0) {
        return Words::tr("%1; line %2 is not as it was written, or one before it is missing")
            .arg(lines)
            .arg(check.brokenLine);
    }
    return check.endMissing ? Words::tr("%1; lines are missing at the end").arg(lines)
                            : Words::tr("%1, the chain holds").arg(lines);
}

QString retrainDueText()
{
    return Words::tr("retrain due");
}

} // namespace perennial
