// What the buttons of the quality page do: events behind a finding, ignoring it, switching rules.
#include "ui/models/table_view.h"
#include "ui/pages/event_rows_dialog.h"
#include "ui/pages/quality_page.h"
#include "ui/pages/rule_dialog.h"
#include "ui/widgets/labels.h"
#include "ui/wording/cleaning_words.h"
#include "ui/wording/quality_words.h"

#include <QInputDialog>
#include <QPushButton>

namespace perennial {

namespace {

const QString kRowsGroup = QStringLiteral("quality-rows"),
              kPreviewGroup = QStringLiteral("rule-effect");

} // namespace

const QualityFinding *QualityPage::chosenFinding() const
{
    const int row = m_findings->selectedRow();
    return m_report && row >= 0 && row < static_cast<int>(m_report->findings.size())
               ? &m_report->findings[static_cast<std::size_t>(row)]
               : nullptr;
}

const CleaningRuleRecord *QualityPage::chosenRule() const
{
    const int row = m_rules->selectedRow();
    return m_report && row >= 0 && row < static_cast<int>(m_report->rules.size())
               ? &m_report->rules[static_cast<std::size_t>(row)]
               : nullptr;
}

void QualityPage::updateButtons()
{
    const bool writable = session().hasProject() && !session().readOnly();
    const bool idle = !jobs().groupRunning(kSwitchGroup);
    const QualityFinding *finding = chosenFinding();
    const CleaningRuleRecord *rule = chosenRule();
    m_showRows->setEnabled(finding != nullptr);
    m_ignore->setEnabled(finding && writable && idle);
    m_ignore->setText(finding && !finding->ignoredBecause.empty() ? tr("Heed again")
                                                                  : tr("Ignore…"));
    m_clean->setEnabled(finding && writable && idle && finding->activeRule == 0 &&
                        std::holds_alternative<CleaningRule>(finding->rows));
    m_toggle->setEnabled(rule && writable && idle);
    m_toggle->setText(rule && rule->active ? tr("Switch off") : tr("Switch on"));
    m_ruleRows->setEnabled(rule != nullptr);
    m_undo->setEnabled(writable && idle && m_lastSwitched != 0);
    const QString reason = session().readOnly() ? readOnlyText() : QString();
    for (QPushButton *button : {m_ignore, m_clean, m_toggle, m_undo}) {
        button->setToolTip(plainToolTip(reason));
        button->setAccessibleName(button->text());
    }
}

void QualityPage::showRows(const EventQuery &query, const QString &title, const QString &text)
{
    runOnProject<std::shared_ptr<EventSelection>>(
        session(), jobs(), title, this,
        [query](Project &project, const Task &task) -> Result<std::shared_ptr<EventSelection>> {
            auto events = EventSelection::open(project, query, task);
            if (!events) {
                return events.error();
            }
            return std::make_shared<EventSelection>(*std::move(events));
        },
        [this, title, text](Result<std::shared_ptr<EventSelection>> events) {
            if (!events) {
                if (events.error().code != ErrorCode::Cancelled) {
                    navigator().showError(tr("The events could not be read"), events.error());
                }
                return;
            }
            auto *dialog = new EventRowsDialog(*std::move(events), title, text, this);
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            // What it shows is of this state of the data and no other.
            connect(&session(), &ProjectSession::projectChanged, dialog, &QDialog::close);
            connect(&session(), &ProjectSession::dataChanged, dialog, &QDialog::close);
            dialog->show();
        },
        kRowsGroup);
}

void QualityPage::showFindingRows()
{
    if (const QualityFinding *finding = chosenFinding()) {
        showRows(finding->rows, findingTitle(*finding), findingText(*finding));
    }
}

void QualityPage::ignoreChosen()
{
    const QualityFinding *finding = chosenFinding();
    if (!finding || !m_ignore->isEnabled()) {
        return;
    }
    if (finding->ignoredBecause.empty()) {
        askToIgnore(finding->code, findingTitle(*finding));
        return;
    }
    writeIgnored(tr("Heed a finding"),
                 [code = finding->code](Project &project) { return heedFinding(project, code); });
}

/// @param code, title copies: the page may show another report before the answer.
void QualityPage::askToIgnore(const std::string &code, const QString &title)
{
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Ignore a finding"));
    dialog->setLabelText(tr("Why is \"%1\" fine?").arg(title));
    connect(&session(), &ProjectSession::projectChanged, dialog, &QDialog::reject);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, code](const QString &reason) {
        writeIgnored(tr("Ignore a finding"), [code, why = reason.toStdString()](Project &project) {
            return ignoreFinding(project, code, why);
        });
    });
    dialog->open();
}

void QualityPage::writeIgnored(const QString &title, std::function<Status(Project &)> write)
{
    if (jobs().groupRunning(kSwitchGroup)) {
        navigator().showMessage(tr("A rule is being switched: try again when it is done"));
        return; // starting it would cancel the one that runs
    }
    runOnProject<std::vector<IgnoredFinding>>(
        session(), jobs(), title, this,
        [write = std::move(write)](Project &project,
                                   const Task &) -> Result<std::vector<IgnoredFinding>> {
            const Status written = write(project);
            return written ? readIgnoredFindings(project) : written.error();
        },
        [this](Result<std::vector<IgnoredFinding>> ignored) {
            if (ignored) {
                showIgnored(*ignored);
            } else if (ignored.error().code != ErrorCode::Cancelled) {
                navigator().showError(tr("The finding could not be ignored"), ignored.error());
            }
            updateButtons();
        },
        kSwitchGroup);
    updateButtons();
}

void QualityPage::showIgnored(const std::vector<IgnoredFinding> &ignored)
{
    if (jobs().groupRunning(kReportGroup)) {
        refresh(); // what it has read may be from before
    } else if (m_report) {
        m_report = withIgnored(*m_report, ignored);
        showTables();
        Q_EMIT headerChanged();
    }
}

void QualityPage::cleanChosen()
{
    const QualityFinding *finding = chosenFinding();
    if (finding && std::holds_alternative<CleaningRule>(finding->rows)) {
        switchOn(std::get<CleaningRule>(finding->rows), {});
    }
}

void QualityPage::toggleRule()
{
    if (const CleaningRuleRecord *rule = chosenRule(); rule && m_toggle->isEnabled()) {
        switchTo(rule->id, !rule->active);
    }
}

void QualityPage::undoSwitch()
{
    if (m_lastSwitched != 0) {
        switchTo(m_lastSwitched, !m_lastOn);
    }
}

void QualityPage::addRule()
{
    if (!session().hasProject() || session().readOnly()) {
        return;
    }
    auto *dialog = new RuleDialog(
        [this](const CleaningRule &rule, RuleDialog::Shown shown) {
            runOnProject<CleaningEffect>(
                session(), jobs(), tr("Effect of a rule"), this,
                [rule](Project &project, const Task &task) {
                    return previewCleaningRule(project, rule, task);
                },
                [shown = std::move(shown)](Result<CleaningEffect> effect) { shown(effect); },
                kPreviewGroup);
        },
        this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(&session(), &ProjectSession::projectChanged, dialog, &QDialog::close);
    connect(dialog, &RuleDialog::ruleWanted, this, &QualityPage::switchOn);
    if (const QualityFinding *finding = chosenFinding();
        finding && std::holds_alternative<CleaningRule>(finding->rows)) {
        dialog->setRule(std::get<CleaningRule>(finding->rows));
    }
    dialog->show();
}

void QualityPage::switchOn(const CleaningRule &rule, const QString &reason)
{
    runSwitch(
        tr("Clean: %1").arg(cleaningKindText(kindOf(rule))),
        [rule, why = reason.toStdString()](Project &project, const Task &task) {
            return addCleaningRule(project, rule, why, task);
        },
        true);
}

void QualityPage::switchTo(std::int64_t rule, bool on)
{
    runSwitch(
        on ? tr("Switch rule %1 on").arg(rule) : tr("Switch rule %1 off").arg(rule),
        [rule, on](Project &project, const Task &task) -> Result<std::int64_t> {
            const Status switched = switchCleaningRule(project, rule, on, task);
            return switched ? Result<std::int64_t>(rule) : switched.error();
        },
        on);
}

void QualityPage::runSwitch(const QString &title,
                            std::function<Result<std::int64_t>(Project &, const Task &)> work,
                            bool on)
{
    if (jobs().groupRunning(kSwitchGroup)) {
        return; // starting it again would cancel the one that runs
    }
    runOnProject<std::int64_t>(
        session(), jobs(), title, this, std::move(work),
        [this, on](Result<std::int64_t> rule) {
            if (rule) {
                m_lastSwitched = *rule;
                m_lastOn = on;
                navigator().showMessage(
                    on ? tr("Rule %1 is on; every figure has changed").arg(*rule)
                       : tr("Rule %1 is off; its events are back").arg(*rule));
                session().notifyDataChanged();
            } else if (rule.error().code != ErrorCode::Cancelled) {
                navigator().showError(tr("The rule could not be switched"), rule.error());
            }
            updateButtons();
        },
        kSwitchGroup, JobVisibility::Listed);
    updateButtons();
}

} // namespace perennial
