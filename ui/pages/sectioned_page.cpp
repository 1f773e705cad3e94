#include "ui/pages/sectioned_page.h"

#include "ui/models/user_table_view.h"
#include "ui/pages/scored_section.h"
#include "ui/widgets/card.h"

namespace perennial {

QStringList SectionedPage::sections() const
{
    return m_bar->names();
}

void SectionedPage::showSection(int index)
{
    m_bar->show(index);
}

void SectionedPage::setUpSections(const QStringList &names,
                                  const std::vector<ScoredSection *> &sections)
{
    m_bar = new PageSections(names, body()->column(), this);
    for (ScoredSection *section : sections) {
        m_bar->add(section);
        m_sections.push_back(section);
        connect(section, &ScoredSection::usersChosen, this, &SectionedPage::chooseUsers);
        connect(section, &ScoredSection::usersReleased, this, &SectionedPage::releaseUsers);
    }
    connect(m_bar, &PageSections::shown, this, [this](int index) {
        if (lackOf(session()) == Lack::Nothing) {
            m_sections[static_cast<std::size_t>(index)]->refreshIfStale();
        }
    });
}

UserTableView *SectionedPage::setUpUserTable(const QString &title, const QString &definition,
                                             int height)
{
    auto *card = new Card(title);
    card->setDefinition(definition);
    m_table = addUsers(card);
    m_table->selectFirstByItself();
    card->setMinimumHeight(height);
    body()->addRow({{card, 1}});
    connect(m_table, &UserTableView::selectionReleased, this, &SectionedPage::releaseUsers);
    return m_table;
}

void SectionedPage::chooseUsers(const UserSelection &users)
{
    for (ScoredSection *section : m_sections) {
        section->clearMarks();
    }
    m_table->setSelection(users);
    navigator().showMessage(tr("The table shows: %1").arg(users.text));
}

void SectionedPage::releaseUsers()
{
    for (ScoredSection *section : m_sections) {
        section->clearMarks();
    }
    m_table->setSelection(std::nullopt);
}

void SectionedPage::markSectionsStale()
{
    releaseUsers();
    for (ScoredSection *section : m_sections) {
        section->markStale();
    }
}

void SectionedPage::refreshShown()
{
    m_sections[static_cast<std::size_t>(m_bar->current())]->refreshIfStale();
    m_table->refresh();
}

} // namespace perennial
