#pragma once

#include "ui/pages/import/import_run.h"

#include <QWidget>

class QCheckBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace perennial {

/// Whether an import stores its users under pseudonyms, and where their key is: what the command
/// line has as --pseudonyms, --key and --passphrase-file.
class PseudonymBox : public QWidget {
    Q_OBJECT

public:
    explicit PseudonymBox(QWidget *parent = nullptr);

    /// What the project and the file leave to choose. @param namesUsers whether the file does.
    void showChoice(UserNaming naming, bool namesUsers);
    bool wanted() const;
    /// Why nothing can be imported so; empty where it can.
    QString problem() const;
    /// Null where users are to be stored by their ids. Only where there is no problem.
    std::shared_ptr<const KeyRequest> request() const;

Q_SIGNALS:
    void changed();

private:
    void setUpKey(QGridLayout *grid);
    void setUpPassphrase(QGridLayout *grid);
    void showFields();
    void browse();

    UserNaming m_naming = UserNaming::Open;
    bool m_namesUsers = true;
    QCheckBox *m_wanted;
    QLabel *m_why;
    QWidget *m_fields;
    QLineEdit *m_file, *m_passphrase, *m_repeated;
    QLabel *m_repeatLabel;
    QPushButton *m_browse;
};

} // namespace perennial
