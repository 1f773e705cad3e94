#pragma once

#include "core/segment/segment_offer.h"

#include <QWidget>

class QLineEdit;
class QListWidget;

namespace perennial {

/// Texts out of those that a project has, ticked in a list that a line above narrows; what is typed
/// there and is not in the list can be added, as a value that the project does not have yet.
class ValuesField : public QWidget {
    Q_OBJECT

public:
    explicit ValuesField(const QString &accessibleName, QWidget *parent = nullptr);

    /// What can be ticked; what is chosen stays. @param distinct how many values there are in all.
    void setOffer(const std::vector<OfferedValue> &values, std::int64_t distinct);
    void setValues(const std::vector<std::string> &values);
    /// In the order of the list.
    std::vector<std::string> values() const;

Q_SIGNALS:
    void changed(); ///< by hand

protected:
    /// Enter in the line adds: a dialog around it must not take it for its own.
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void addTyped();
    void narrow();

    QLineEdit *m_line;
    QListWidget *m_list;
    std::vector<OfferedValue> m_offered;
    std::vector<std::string> m_chosen;
};

} // namespace perennial
