#pragma once

#include "core/project/event_selection.h"

#include <QDialog>

#include <memory>

namespace perennial {

/// The events behind a finding or a rule: exactly as many rows as it counts.
class EventRowsDialog : public QDialog {
    Q_OBJECT

public:
    EventRowsDialog(std::shared_ptr<EventSelection> events, const QString &title,
                    const QString &text, QWidget *parent = nullptr);
};

} // namespace perennial
