#pragma once

#include "ui/report/page_document.h"

#include <QStringList>

namespace perennial::report {

double lineHeight(Face face);
double textWidth(const QString &text, Face face);
/// The text, its end replaced by "…" where it is wider than `width`.
QString elided(const QString &text, Face face, double width);
/// The narrowest width in which the text takes at most two lines broken at a space.
double twoLineWidth(const QString &text, Face face);
/// Breaks at words, never between a number and its unit, inside a word only where it must; at most `maxLines`, the last one elided.
QStringList wrapped(const QString &text, Face face, double width, int maxLines);

} // namespace perennial::report
