#include "ui/error_text.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace perennial {

namespace {

struct Words {
    const char *name;
    const char *text;   ///< %1 = detail, %2 = where
    const char *advice; ///< may be null
};

Words wordsOf(ErrorCode code)
{
#define W(text) QT_TRANSLATE_NOOP("perennial::errors", text)
    switch (code) {
    case ErrorCode::InvalidArgument:
        return {"invalid_argument", W("Not a valid value: %1"), nullptr};
    case ErrorCode::HorizonNotPositive:
        return {"horizon_not_positive", W("The horizon must be at least one day: %1"),
                W("Give a length such as 180d, 39w or 1y.")};
    case ErrorCode::UnknownModel: return {"unknown_model", W("There is no model called %1"), nullptr};
    case ErrorCode::UnknownUser:
        return {"unknown_user", W("There is no user %1 in this project"), nullptr};
    case ErrorCode::UnknownColumn:
        return {"unknown_column", W("There is no column %1"),
                W("Name a column by its header or its number, counted from 1.")};
    case ErrorCode::UnknownProfile:
        return {"unknown_profile", W("There is no import profile called %1"), nullptr};
    case ErrorCode::UnknownTable: return {"unknown_table", W("There is no table called %1"), nullptr};
    case ErrorCode::MissingRole:
        return {"missing_role", W("No column is mapped to %1"),
                W("Map a column to it, or give a constant.")};
    case ErrorCode::BadMapping: return {"bad_mapping", W("The mapping does not fit: %1"), nullptr};
    case ErrorCode::BadConfiguration:
        return {"bad_configuration", W("The configuration is not usable: %1"), nullptr};
    case ErrorCode::FileMissing: return {"file_missing", W("There is no such file"), nullptr};
    case ErrorCode::IsDirectory: return {"is_directory", W("This is a folder, not a file"), nullptr};
    case ErrorCode::NotReadable:
        return {"not_readable", W("The file can't be read"), W("Check its permissions.")};
    case ErrorCode::NotWritable:
        return {"not_writable", W("It is not possible to write here"),
                W("Choose a folder you may write to, or open the project read-only.")};
    case ErrorCode::AlreadyExists:
        return {"already_exists", W("The file exists already"), W("Choose another name.")};
    case ErrorCode::DiskFull:
        return {"disk_full", W("The disk is full"), W("Free some space and try again.")};
    case ErrorCode::IoFailed: return {"io_failed", W("Reading or writing failed: %1"), nullptr};
    case ErrorCode::EmptyFile: return {"empty_file", W("The file is empty"), nullptr};
    case ErrorCode::TooFewColumns:
        return {"too_few_columns", W("Too few columns (found / needed): %1"),
                W("Check the delimiter.")};
    case ErrorCode::BadData: return {"bad_data", W("The data can't be read: %1"), nullptr};
    case ErrorCode::NothingUsable:
        return {"nothing_usable", W("No row could be used; the commonest reason: %1"),
                W("Check the mapping of the columns.")};
    case ErrorCode::AlreadyImported:
        return {"already_imported", W("This file has been imported already: %1"), nullptr};
    case ErrorCode::NotAProject: return {"not_a_project", W("This is not a Perennial project"), nullptr};
    case ErrorCode::NewerVersion:
        return {"newer_version",
                W("The project was made by a newer Perennial (version of the file / of this "
                  "program: %1)"),
                W("Update Perennial to open it.")};
    case ErrorCode::Damaged:
        return {"damaged", W("The project file is damaged: %1"), W("Restore a copy of it.")};
    case ErrorCode::Locked:
        return {"locked", W("The project is open in another window or program: %1"),
                W("Open it read-only, or close the other window.")};
    case ErrorCode::ReadOnly:
        return {"read_only", W("The project is open read-only"), nullptr};
    case ErrorCode::UnfinishedImport:
        return {"unfinished_import", W("An earlier import was not finished: %1"),
                W("Import the same file again to go on.")};
    case ErrorCode::NoEvents:
        return {"no_events", W("The project has no events"), W("Import events first.")};
    case ErrorCode::NoPurchases:
        return {"no_purchases", W("The project has no purchases"),
                W("Import events of kind purchase first.")};
    case ErrorCode::NoRepeatBuyers:
        return {"no_repeat_buyers", W("Nobody has bought twice, so there is nothing to fit"), nullptr};
    case ErrorCode::TooLittleData: return {"too_little_data", W("There is too little data: %1"), nullptr};
    case ErrorCode::NotTrained:
        return {"not_trained", W("The model is not trained yet: %1"), W("Train it on the page Models.")};
    case ErrorCode::NotScored:
        return {"not_scored", W("The users are not scored yet"), W("Score them first.")};
    case ErrorCode::DidNotConverge: return {"did_not_converge", W("The fit did not converge: %1"), nullptr};
    case ErrorCode::NotFinite:
        return {"not_finite", W("The computation left the finite numbers: %1"), nullptr};
    case ErrorCode::DeviceUnavailable:
        return {"device_unavailable", W("The device is not available: %1"), W("Choose auto or cpu.")};
    case ErrorCode::OutOfMemory: return {"out_of_memory", W("There is not enough memory"), nullptr};
    case ErrorCode::Cancelled: return {"cancelled", W("Cancelled"), nullptr};
    case ErrorCode::Internal: return {"internal", W("Something went wrong inside Perennial: %1"), nullptr};
    }
#undef W
    return {"internal", "%1", nullptr};
}

QString translated(const char *text)
{
    return text ? QCoreApplication::translate("perennial::errors", text) : QString();
}

} // namespace

QString errorText(const Error &error)
{
    const QString detail = QString::fromStdString(error.detail);
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

QString errorAdvice(ErrorCode code) { return translated(wordsOf(code).advice); }

QString errorCodeName(ErrorCode code) { return QString::fromLatin1(wordsOf(code).name); }

QString errorDetails(const Error &error)
{
    return QStringLiteral("code: %1\ndetail: %2\nwhere: %3\nprogram: Perennial %4\n%5")
        .arg(errorCodeName(error.code), QString::fromStdString(error.detail),
             QString::fromStdString(error.where), QCoreApplication::applicationVersion(),
             errorText(error));
}

} // namespace perennial
