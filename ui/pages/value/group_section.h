#pragma once

#include "ui/pages/value/group_figures.h"
#include "ui/pages/scored_section.h"

class QComboBox;

namespace perennial {

/// What users are worth by what is known of them, and why a group is worth more or less.
class GroupSection : public ScoredSection {
    Q_OBJECT

public:
    explicit GroupSection(const PageContext &context, QWidget *parent = nullptr);

protected:
    void refresh() override;

private:
    void setGroupings(const std::vector<Grouping> &groupings);
    void readFigures();
    void show(GroupFigures figures);
    void showDrivers(std::size_t group);
    void showLack(const Error &error);
    std::optional<UserSelection> usersOfGroup(std::size_t group) const;

    std::vector<Grouping> m_groupings;
    std::optional<GroupFigures> m_figures;
    std::size_t m_explained = 0; ///< the group whose drivers are shown
    QComboBox *m_choice;
    ChartCard *m_groups, *m_drivers;
};

} // namespace perennial
