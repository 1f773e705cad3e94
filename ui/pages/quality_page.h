#pragma once

#include "core/quality/quality.h"
#include "ui/pages/page_parts.h"

#include <array>
#include <memory>

class QPushButton;
class QStackedLayout;

namespace perennial {

class Card;
class ChartCard;
class EmptyState;
class KpiCard;
class TableView;

/// What the data are good for, what is wrong with them, and the cleaning rules that take care of
/// it.
class QualityPage : public Page {
    Q_OBJECT

public:
    explicit QualityPage(const PageContext &context, QWidget *parent = nullptr);

    QString title() const override;
    QString answer() const override;
    QList<QAction *> pageActions() const override;

    static const QString kSwitchGroup; ///< of the job that writes: a rule is switched, a finding
                                       ///< ignored or heeded
    static const QString kReportGroup; ///< of the job that assesses the data

protected:
    void refresh() override;

private:
    void setUpReadiness();
    void setUpFindings();
    void setUpRules();
    void setUpTotals();
    void setUpCharts();
    void setBusy(bool busy);
    void showReport(std::shared_ptr<const QualityReport> report);
    void showReadiness();
    void showTables();
    void showCharts();
    void updateButtons();

    const QualityFinding *chosenFinding() const;
    const CleaningRuleRecord *chosenRule() const;
    void showRows(const EventQuery &query, const QString &title, const QString &text);
    void showFindingRows();
    void ignoreChosen();
    void askToIgnore(const std::string &code, const QString &title);
    void writeIgnored(const QString &title, std::function<Status(Project &)> write);
    void showIgnored(const std::vector<IgnoredFinding> &ignored);
    void cleanChosen();
    void toggleRule();
    void addRule();
    void undoSwitch();
    void switchOn(const CleaningRule &rule, const QString &reason);
    void switchTo(std::int64_t rule, bool on);
    void runSwitch(const QString &title,
                   std::function<Result<std::int64_t>(Project &, const Task &)> work, bool on);

    std::shared_ptr<const QualityReport> m_report;
    std::int64_t m_lastSwitched = 0; ///< a rule, 0 = none in this project yet
    bool m_lastOn = false;
    QString m_shownProject;

    QAction *m_addRule;
    QStackedLayout *m_stack;
    EmptyState *m_empty;
    PageBody *m_body;
    std::array<KpiCard *, kReadyModels.size()> m_ready{};
    Card *m_findingsCard, *m_rulesCard, *m_totalsCard;
    TableView *m_findings, *m_rules, *m_totals;
    QPushButton *m_showRows, *m_ignore, *m_clean, *m_toggle, *m_ruleRows, *m_undo;
    ChartCard *m_overTime, *m_missingKinds, *m_missingMonths, *m_weekHours, *m_density;
    Card *m_sparsity;
    QLabel *m_sparsityText;
};

} // namespace perennial
