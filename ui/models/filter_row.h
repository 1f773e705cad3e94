#pragma once

#include "core/project/user_table.h"

#include <QWidget>

#include <vector>

class QHeaderView;
class QLineEdit;

namespace perennial {

/// Fields in line with the columns of a table of users: what is typed filters its column
/// (column_filter.h). A text that is no filter is marked and filters nothing.
class FilterRow : public QWidget {
    Q_OBJECT

public:
    /// @param columns one per section of the header, whose widths and scrolling the fields follow.
    FilterRow(QHeaderView *header, const std::vector<UserColumn> &columns,
              QWidget *parent = nullptr);

    /// Of all fields that hold a filter.
    std::vector<ColumnRange> ranges() const;
    void clear();
    /// Fields under their columns; call when the table has moved.
    void place();

Q_SIGNALS:
    void changed(); ///< some field was typed in

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Field {
        UserColumn column;
        int section;
        QLineEdit *edit;
    };
    void check(const Field &field);

    QHeaderView *m_header;
    std::vector<Field> m_fields;
};

} // namespace perennial
