#pragma once

#include <QString>

class QWidget;

namespace perennial {

/// A name as a file can have it.
QString fileNameFor(const QString &name);

/// Where a file is to be saved; empty = nowhere. The ending is there before it is asked whether a file of
/// that name may be replaced.
/// @param ending without its dot: "csv". @param filter "CSV (*.csv)".
QString askSavePath(QWidget *parent, const QString &title, const QString &suggested,
                    const QString &ending, const QString &filter);

} // namespace perennial
