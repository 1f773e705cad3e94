#pragma once

#include "core/project/import_store.h"
#include "core/project/project.h"

#include <QDialog>

namespace perennial {

/// The rows of one source that did not come in: line, why, column, text. Pages through them on a
/// connection of its own.
class RejectedDialog : public QDialog {
    Q_OBJECT

public:
    RejectedDialog(Project connection, const SourceRecord &source, QWidget *parent = nullptr);

private:
    Project m_connection;
};

} // namespace perennial
