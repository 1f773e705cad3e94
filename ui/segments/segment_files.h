#pragma once

#include "core/segment/segment_rule.h"

#include <QString>
#include <QStringList>

#include <optional>

class QWidget;

namespace perennial {

/// Asks for a file and writes the rule there as JSON. @param name offered for the file, without
/// ending. Says with a dialog what went wrong.
void exportSegmentFile(QWidget *parent, const QString &name, const SegmentRule &rule);

struct ImportedSegment {
    QString name; ///< the file's, without ending
    SegmentRule rule;
};
/// Asks for a file and reads it. @return nothing where none was chosen, or where a dialog has said
/// what is wrong with it, where, and what to do.
std::optional<ImportedSegment> importSegmentFile(QWidget *parent);
/// The same of a file that is known.
std::optional<ImportedSegment> importSegmentFile(QWidget *parent, const QString &path);

/// Asks under which name a segment is to be kept. @param taken names that would be replaced, which
/// is asked about. @return empty where it was left.
QString askSegmentName(QWidget *parent, const QString &title, const QString &offered,
                       const QStringList &taken);

} // namespace perennial
