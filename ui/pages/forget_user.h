#pragma once

#include "core/privacy/forget.h"
#include "ui/pages/page.h"

namespace perennial {

class UserTableView;

/// "Erase user…" in the context menu of a table of users: counts what the project holds of him,
/// asks with it, erases him in a job, and has all pages read anew.
class ForgetUser : public QObject {
    Q_OBJECT

public:
    /// Belongs to the table.
    ForgetUser(const PageContext &context, UserTableView *table);

    QAction *action() const noexcept { return m_action; }

private:
    void begin();
    void askFor(const std::string &key, const UserTraces &traces);
    void erase(const std::string &key);
    void tell(const ForgetReport &report);
    QString blockedBy() const;
    void updateAction();

    PageContext m_context;
    UserTableView *m_table;
    QAction *m_action;
};

} // namespace perennial
