#include "ui/error_text.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <map>
#include <string>

namespace perennial {

namespace {

struct Words {
    const char *name;
    const char *text;   ///< %1 = detail, %2 = where
    const char *advice; ///< may be null
};

Words wordsOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidArgument:
        return {"invalid_argument", QT_TRANSLATE_NOOP("perennial", "Not a valid value: %1"),
                nullptr};
    case ErrorCode::HorizonNotPositive:
        return {"horizon_not_positive",
                QT_TRANSLATE_NOOP("perennial", "The horizon must be at least one day: %1"),
                QT_TRANSLATE_NOOP("perennial", "Give a length such as 180d, 39w or 1y.")};
    case ErrorCode::UnknownModel:
        return {"unknown_model", QT_TRANSLATE_NOOP("perennial", "There is no model called %1"),
                nullptr};
    case ErrorCode::UnknownUser:
        return {"unknown_user",
                QT_TRANSLATE_NOOP("perennial", "There is no user %1 in this project"), nullptr};
    case ErrorCode::UnknownColumn:
        return {"unknown_column", QT_TRANSLATE_NOOP("perennial", "There is no column %1"),
                QT_TRANSLATE_NOOP("perennial",
                                  "Name a column by its header or its number, counted from 1.")};
    case ErrorCode::UnknownProfile:
        return {"unknown_profile",
                QT_TRANSLATE_NOOP("perennial", "There is no import profile called %1"), nullptr};
    case ErrorCode::UnknownTable:
        return {"unknown_table", QT_TRANSLATE_NOOP("perennial", "There is no table called %1"),
                nullptr};
    case ErrorCode::MissingRole:
        return {"missing_role", QT_TRANSLATE_NOOP("perennial", "No column is mapped to %1"),
                QT_TRANSLATE_NOOP("perennial", "Map a column to it, or give a constant.")};
    case ErrorCode::BadMapping:
        return {"bad_mapping", QT_TRANSLATE_NOOP("perennial", "The mapping does not fit: %1"),
                nullptr};
    case ErrorCode::AmbiguousEncoding:
        return {"ambiguous_encoding",
                QT_TRANSLATE_NOOP("perennial", "The file does not tell how its letters are "
                                               "encoded; these read it: %1"),
                QT_TRANSLATE_NOOP("perennial",
                                  "Say which: --encoding, or Encoding in the import window, which "
                                  "shows the text as each reads it.")};
    case ErrorCode::AmbiguousDates:
        return {"ambiguous_dates",
                QT_TRANSLATE_NOOP("perennial",
                                  "The dates can be read in more than one way: %1"),
                QT_TRANSLATE_NOOP("perennial",
                                  "Say which: --date-format, or Dates in the import window.")};
    case ErrorCode::AmbiguousNumbers:
        return {"ambiguous_numbers",
                QT_TRANSLATE_NOOP("perennial", "Numbers such as %1 can be read in two ways, and no "
                                               "other number tells which"),
                QT_TRANSLATE_NOOP("perennial", "Say which mark stands before the decimals: "
                                               "--decimal, or Decimal mark in the import window.")};
    case ErrorCode::BadConfiguration:
        return {"bad_configuration",
                QT_TRANSLATE_NOOP("perennial", "The configuration is not usable: %1"), nullptr};
    case ErrorCode::FileMissing:
        return {"file_missing", QT_TRANSLATE_NOOP("perennial", "There is no such file"), nullptr};
    case ErrorCode::IsDirectory:
        return {"is_directory", QT_TRANSLATE_NOOP("perennial", "This is a folder, not a file"),
                nullptr};
    case ErrorCode::NotReadable:
        return {"not_readable", QT_TRANSLATE_NOOP("perennial", "The file can't be read"),
                QT_TRANSLATE_NOOP("perennial", "Check its permissions.")};
    case ErrorCode::NotWritable:
        return {
            "not_writable", QT_TRANSLATE_NOOP("perennial", "It is not possible to write here"),
            QT_TRANSLATE_NOOP("perennial",
                              "Choose a folder you may write to, or open the project read-only.")};
    case ErrorCode::AlreadyExists:
        return {"already_exists", QT_TRANSLATE_NOOP("perennial", "The file exists already"),
                QT_TRANSLATE_NOOP("perennial", "Choose another name.")};
    case ErrorCode::DiskFull:
        return {"disk_full", QT_TRANSLATE_NOOP("perennial", "The disk is full"),
                QT_TRANSLATE_NOOP("perennial", "Free some space and try again.")};
    case ErrorCode::IoFailed:
        return {"io_failed", QT_TRANSLATE_NOOP("perennial", "Reading or writing failed: %1"),
                nullptr};
    case ErrorCode::EmptyFile:
        return {"empty_file", QT_TRANSLATE_NOOP("perennial", "The file is empty"), nullptr};
    case ErrorCode::TooFewColumns:
        return {"too_few_columns",
                QT_TRANSLATE_NOOP("perennial", "Too few columns (found / needed): %1"),
                QT_TRANSLATE_NOOP("perennial", "Check the delimiter.")};
    case ErrorCode::BadData:
        return {"bad_data", QT_TRANSLATE_NOOP("perennial", "The data can't be read: %1"), nullptr};
    case ErrorCode::NothingUsable:
        return {"nothing_usable",
                QT_TRANSLATE_NOOP("perennial", "No row could be used; the commonest reason: %1"),
                QT_TRANSLATE_NOOP("perennial", "Check the mapping of the columns.")};
    case ErrorCode::AlreadyImported:
        return {"already_imported",
                QT_TRANSLATE_NOOP("perennial", "This file has been imported already: %1"), nullptr};
    case ErrorCode::NotAProject:
        return {"not_a_project", QT_TRANSLATE_NOOP("perennial", "This is not a Perennial project"),
                nullptr};
    case ErrorCode::NewerVersion:
        return {"newer_version",
                QT_TRANSLATE_NOOP(
                    "perennial",
                    "The project was made by a newer Perennial (version of the file / of this "
                    "program: %1)"),
                QT_TRANSLATE_NOOP("perennial", "Update Perennial to open it.")};
    case ErrorCode::Damaged:
        return {"damaged", QT_TRANSLATE_NOOP("perennial", "The project file is damaged: %1"),
                QT_TRANSLATE_NOOP("perennial",
                                  "Restore a copy of it, or get out what is readable: perennial "
                                  "salvage PROJECT OUT. Where it is a trained run that is hit, "
                                  "train again or make another run the champion.")};
    case ErrorCode::Locked:
        return {
            "locked",
            QT_TRANSLATE_NOOP("perennial", "The project is open in another window or program: %1"),
            QT_TRANSLATE_NOOP("perennial", "Open it read-only, or close the other window.")};
    case ErrorCode::ReadOnly:
        return {"read_only", QT_TRANSLATE_NOOP("perennial", "The project is open read-only"),
                nullptr};
    case ErrorCode::UnfinishedImport:
        return {"unfinished_import",
                QT_TRANSLATE_NOOP("perennial", "An earlier import was not finished: %1"),
                QT_TRANSLATE_NOOP("perennial", "Import the same file again to go on.")};
    case ErrorCode::PseudonymsNeeded:
        return {"pseudonyms_needed",
                QT_TRANSLATE_NOOP("perennial",
                                  "The users of this project are pseudonyms, and ids were given"),
                QT_TRANSLATE_NOOP("perennial", "Import with --pseudonyms and the project's key.")};
    case ErrorCode::NotPseudonymised:
        return {"not_pseudonymised",
                QT_TRANSLATE_NOOP("perennial",
                                  "The users of this project have their own ids, not pseudonyms"),
                QT_TRANSLATE_NOOP("perennial", "Import with --pseudonyms into a new project.")};
    case ErrorCode::WrongKey:
        return {"wrong_key",
                QT_TRANSLATE_NOOP(
                    "perennial", "This is not the key that the project's pseudonyms were made with "
                                 "(fingerprints: %1)"),
                QT_TRANSLATE_NOOP("perennial", "Name the right key file with --key.")};
    case ErrorCode::BadKeyFile:
        return {"bad_key_file", QT_TRANSLATE_NOOP("perennial", "This is not a key file: %1"),
                QT_TRANSLATE_NOOP("perennial", "Without its key a project's pseudonyms can't be "
                                               "made again; look for a copy of the file.")};
    case ErrorCode::UnsafeKeyFile:
        return {"unsafe_key_file",
                QT_TRANSLATE_NOOP("perennial", "Others than you may read the key file (%1)"),
                QT_TRANSLATE_NOOP("perennial", "Take their rights away: chmod 600.")};
    case ErrorCode::PassphraseNeeded:
        return {"passphrase_needed",
                QT_TRANSLATE_NOOP("perennial", "The key is sealed with a passphrase"),
                QT_TRANSLATE_NOOP("perennial",
                                  "Give it in a file with --passphrase-file, or in the "
                                  "environment as PERENNIAL_PASSPHRASE.")};
    case ErrorCode::WrongPassphrase:
        return {"wrong_passphrase",
                QT_TRANSLATE_NOOP("perennial", "The passphrase does not open the key"), nullptr};
    case ErrorCode::NoEvents:
        return {"no_events", QT_TRANSLATE_NOOP("perennial", "The project has no events"),
                QT_TRANSLATE_NOOP("perennial", "Import events first.")};
    case ErrorCode::NoPurchases:
        return {"no_purchases", QT_TRANSLATE_NOOP("perennial", "The project has no purchases"),
                QT_TRANSLATE_NOOP("perennial", "Import events of kind purchase first.")};
    case ErrorCode::NoRepeatBuyers:
        return {
            "no_repeat_buyers",
            QT_TRANSLATE_NOOP("perennial", "Nobody has bought twice, so there is nothing to fit"),
            nullptr};
    case ErrorCode::TooLittleData:
        return {"too_little_data", QT_TRANSLATE_NOOP("perennial", "There is too little data: %1"),
                nullptr};
    case ErrorCode::WindowPastData:
        return {"window_past_data",
                QT_TRANSLATE_NOOP("perennial", "The data don't reach over the whole window: they "
                                               "would have to hold %1"),
                QT_TRANSLATE_NOOP("perennial", "Choose an earlier date, a shorter horizon or fewer "
                                               "origins.")};
    case ErrorCode::NotTrained:
        return {"not_trained", QT_TRANSLATE_NOOP("perennial", "The model is not trained yet: %1"),
                QT_TRANSLATE_NOOP("perennial", "Train it on the page Models.")};
    case ErrorCode::NotResumable:
        return {"not_resumable", QT_TRANSLATE_NOOP("perennial", "The run can't be resumed: %1"),
                QT_TRANSLATE_NOOP("perennial", "Start a new training.")};
    case ErrorCode::NotScored:
        return {"not_scored", QT_TRANSLATE_NOOP("perennial", "The users are not scored yet"),
                QT_TRANSLATE_NOOP("perennial", "Score them first.")};
    case ErrorCode::DidNotConverge:
        return {"did_not_converge", QT_TRANSLATE_NOOP("perennial", "The fit did not converge: %1"),
                nullptr};
    case ErrorCode::NotFinite:
        return {"not_finite",
                QT_TRANSLATE_NOOP("perennial", "The computation left the finite numbers: %1"),
                nullptr};
    case ErrorCode::DeviceUnavailable:
        return {"device_unavailable",
                QT_TRANSLATE_NOOP("perennial", "The device is not available: %1"),
                QT_TRANSLATE_NOOP("perennial", "Choose auto or cpu.")};
    case ErrorCode::OutOfMemory:
        return {"out_of_memory", QT_TRANSLATE_NOOP("perennial", "There is not enough memory"),
                nullptr};
    case ErrorCode::Cancelled:
        return {"cancelled", QT_TRANSLATE_NOOP("perennial", "Cancelled"), nullptr};
    case ErrorCode::Internal:
        return {"internal",
                QT_TRANSLATE_NOOP("perennial", "Something went wrong inside Perennial: %1"),
                nullptr};
    }
    return {"internal", "%1", nullptr};
}

QString translated(const char *text)
{
    return text ? QCoreApplication::translate("perennial", text) : QString();
}

/// What a run can't be resumed for; empty for a reason without words.
QString notResumableText(const std::string &reason)
{
    static const std::map<std::string, const char *> texts{
        {"running", QT_TRANSLATE_NOOP("perennial", "it is running")},
        {"done", QT_TRANSLATE_NOOP("perennial", "it is done")},
        {"other_model", QT_TRANSLATE_NOOP("perennial", "it is not one of the behaviour model")},
        {"other_data", QT_TRANSLATE_NOOP("perennial", "the data have changed since it began")},
        {"other_config",
         QT_TRANSLATE_NOOP("perennial", "its configuration is not the one it began with")},
        {"other_format",
         QT_TRANSLATE_NOOP("perennial", "another version of Perennial began it")}};
    const auto found = texts.find(reason);
    return found == texts.end() ? QString() : translated(found->second);
}

QString detailText(const Error &error)
{
    const QString words = error.code == ErrorCode::NotResumable ? notResumableText(error.detail)
                                                                : QString();
    return words.isEmpty() ? QString::fromStdString(error.detail) : words;
}

} // namespace

QString errorText(const Error &error)
{
    const QString detail = detailText(error);
    QString text = translated(wordsOf(error.code).text);
    if (text.contains(QLatin1String("%1"))) {
        if (detail.isEmpty()) { // drop the colon or bracket that waits for it
            static const QRegularExpression waiting(QStringLiteral("( \\([^)]*%1\\)|:? ?%1)"));
            text.remove(waiting);
        } else {
            text.replace(QLatin1String("%1"), detail);
        }
    } else if (!detail.isEmpty()) {
        text += QStringLiteral(" (") + detail + QLatin1Char(')');
    }
    if (!error.where.empty()) {
        text = QString::fromStdString(error.where) + QStringLiteral(": ") + text;
    }
    return text;
}

QString errorAdvice(ErrorCode code)
{
    return translated(wordsOf(code).advice);
}

QString errorCodeName(ErrorCode code)
{
    return QString::fromLatin1(wordsOf(code).name);
}

QString errorDetails(const Error &error)
{
    return QStringLiteral("code: %1\ndetail: %2\nwhere: %3\nprogram: Perennial %4\n%5")
        .arg(errorCodeName(error.code), QString::fromStdString(error.detail),
             QString::fromStdString(error.where), QCoreApplication::applicationVersion(),
             errorText(error));
}

} // namespace perennial
