#pragma once

#include "ui/models/user_selection.h"
#include "ui/pages/scored_page.h"
#include "ui/pages/segments/saved_segments.h"
#include "ui/pages/user_chooser.h"
#include "ui/segments/segment_builder.h"

#include <vector>

class QPushButton;
class QVBoxLayout;

namespace perennial {

class ChartCard;
class ChoiceBar;
class EmptyState;
class TableView;

/// Who meets a rule, to be looked for when asked for.
UsersBehind usersBehindRule(const QString &text, SegmentRule rule);

/// The saved segments: what each comes to, how large it was, who is in two of them. What changes
/// them is a step of the window's undo stack.
class SegmentsPage : public ScoredPage {
    Q_OBJECT

public:
    explicit SegmentsPage(const PageContext &context, QWidget *parent = nullptr);

    QString title() const override;
    QString answer() const override { return m_answer; }
    bool usesSegment() const override { return true; }
    QList<QAction *> pageActions() const override;

    void newSegment();
    void importSegment();
    /// Of the segment that is selected.
    void editSelected();

protected:
    void refresh() override;
    QString whyScores() const override;

private:
    void setUpActions();
    Card *setUpSaved();
    void setUpDetails(QVBoxLayout *column);
    void setUpUsers(QVBoxLayout *column);
    EmptyState *makeNothing();
    /// In place of the saved segments where there are none.
    void showNothing();

    const SavedSegment *selected() const;
    void select(const QString &name);
    void showSelected();
    void readStudy();
    void showStudy();
    void showOverlap();
    void readHistory();
    void showUses();
    void showAnswer();
    void updateActions();
    void keep(const QString &name, const SegmentRule &rule);
    QStringList names() const;
    /// @param taken what is done with its rule once it has one
    SegmentBuilder *openBuilder(const SegmentRule &rule, const QString &verb,
                                std::function<void(const SegmentRule &)> taken);
    void renameSelected();
    void duplicateSelected();
    void removeSelected();
    void exportSelected();
    void chooseUsers(const UserSelection &users);
    void releaseUsers();

    QAction *m_new = nullptr, *m_import = nullptr;
    EmptyState *m_nothing = nullptr;
    QWidget *m_some = nullptr; ///< one of both is shown
    TableView *m_table = nullptr;
    QPushButton *m_show = nullptr, *m_edit = nullptr, *m_rename = nullptr, *m_duplicate = nullptr,
                *m_remove = nullptr, *m_export = nullptr;
    Card *m_usesCard = nullptr;
    QLabel *m_uses = nullptr;
    ChartCard *m_history = nullptr, *m_overlap = nullptr;
    ChoiceBar *m_figure = nullptr;
    UserChooser *m_chooser = nullptr;
    UserTableView *m_users = nullptr;
    std::vector<SavedSegment> m_saved;
    std::optional<SegmentStudy> m_study; ///< of m_saved
    QString m_answer;
    QString m_wanted; ///< name to be selected once it is in the table
};

} // namespace perennial
