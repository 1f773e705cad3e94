#pragma once

#include "core/base/result.h"

#include <QString>

class QWidget;

namespace perennial {

/// What happened, where, what to do, "Copy details". Returns at once; the dialog closes itself.
void showErrorDialog(QWidget *parent, const QString &title, const Error &error);
/// A question with a verb on its button instead of "Yes".
bool ask(QWidget *parent, const QString &title, const QString &question, const QString &verb);
/// Name, version, licence, what it is built on.
void showAboutDialog(QWidget *parent);

} // namespace perennial
