#pragma once

#include "core/ingest/profiles.h"

#include <QWidget>

class QComboBox;
class QPushButton;

namespace perennial {

/// Which profile a file is read with: those of one's own, which can be removed, and the shipped
/// ones.
class ProfilePicker : public QWidget {
    Q_OBJECT

public:
    explicit ProfilePicker(QWidget *parent = nullptr);

    /// @param own newest first. @param profile the one in use, empty = none.
    void showProfiles(const std::vector<ImportProfile> &own, const QString &profile);
    QComboBox *box() const noexcept { return m_box; }

Q_SIGNALS:
    void profileChosen(const QString &profile);
    void removalWanted(const QString &profile);

private:
    void addProfile(const QString &name, const QString &text);
    void showButton();

    QComboBox *m_box;
    QPushButton *m_remove;
};

} // namespace perennial
