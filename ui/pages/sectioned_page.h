#pragma once

#include "ui/pages/scored_page.h"

#include <vector>

namespace perennial {

class ScoredSection;
struct UserSelection;

/// A page of scored users in sections, one of them shown at a time, above one table of users: the marks
/// of all sections choose whom it shows.
class SectionedPage : public ScoredPage {
    Q_OBJECT

public:
    using ScoredPage::ScoredPage;

    bool usesSegment() const override { return true; }
    QStringList sections() const override;
    void showSection(int index) override;

protected:
    /// Below what the body's column holds. @param sections of the names, in their order.
    void setUpSections(const QStringList &names, const std::vector<ScoredSection *> &sections);
    /// In a card of its own below the sections.
    UserTableView *setUpUserTable(const QString &title, const QString &definition, int height);
    /// Lets chosen users go, and the sections be read anew when they are looked at. Call in `refresh`
    /// before showBodyOrLack: the marks may mean others from now on.
    void markSectionsStale();
    /// The section shown and the table.
    void refreshShown();

private:
    void chooseUsers(const UserSelection &users);
    void releaseUsers();

    PageSections *m_bar = nullptr;
    std::vector<ScoredSection *> m_sections; ///< as the bar names them
    UserTableView *m_table = nullptr;
};

} // namespace perennial
