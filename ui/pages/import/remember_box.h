#pragma once

#include <QString>
#include <QStringList>
#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;

namespace perennial {

/// Whether the answers of an import are kept as a profile of one's own, and under which name.
class RememberBox : public QWidget {
    Q_OBJECT

public:
    explicit RememberBox(QWidget *parent = nullptr);

    struct Choice {
        QString name;    ///< proposed
        QStringList own; ///< names that are taken: saving replaces
        bool wanted = false;
        bool recognised = false; ///< the next such file is: this one has a header
        QString about; ///< what the choice is about; for the same thing an answer given stays
        bool operator==(const Choice &) const = default;
    };
    void showChoice(const Choice &choice);
    /// The profile to save; empty where none is wanted or it can't have the name.
    QString name() const;

private:
    void showWhy();
    QString whyText() const;

    Choice m_choice;
    QCheckBox *m_wanted;
    QLabel *m_label;
    QLineEdit *m_name;
    QLabel *m_why;
};

} // namespace perennial
