#pragma once

#include "ui/models/user_selection.h"
#include "ui/pages/page.h"

class QMenu;

namespace perennial {

/// "Filter by these users" and "Save as a segment…", of the users behind marks: what the table
/// shows of them, so that its count is the segment's. Where nothing tells them but their keys,
/// those are read in a quiet job.
void addSelectionActions(QMenu *menu, const PageContext &context, const UserSelection &selection,
                         QWidget *parent);

} // namespace perennial
