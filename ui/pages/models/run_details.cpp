#include "ui/pages/models/run_details.h"

#include "ui/models/table_view.h"
#include "ui/pages/models/comparison_card.h"
#include "ui/pages/models/config_fields.h"
#include "ui/pages/models/curve_grid.h"
#include "ui/pages/models/explain_card.h"
#include "ui/pages/models/group_card.h"
#include "ui/pages/models/measures.h"
#include "ui/pages/models/quality_charts.h"
#include "ui/pages/models/run_columns.h"
#include "ui/pages/models/run_rows.h"
#include "ui/pages/page_parts.h"
#include "ui/pages/table_export.h"
#include "ui/widgets/fact_lines.h"
#include "ui/widgets/labels.h"
#include "ui/wording/behavior_words.h"
#include "ui/wording/format.h"
#include "ui/wording/run_quality_words.h"
#include "ui/wording/words.h"

#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace perennial {

namespace {

constexpr std::int64_t kBytesOfWeight = 4; // float32

QString behaviorRunText(const RunFigures &run)
{
    const QString text = RunDetails::tr("Run %1 · %2 · %3")
                             .arg(run.record.id)
                             .arg(runStateText(run.record.state), dayText(run.record.until));
    return run.record.champion ? RunDetails::tr("%1 · champion").arg(text) : text;
}

/// File name of the project that the run's first weights are of; empty = its own.
QString otherProjectOf(const RunFigures &run)
{
    const auto path = nlohmann::json::parse(settingOf(run, "warm_project"), nullptr, false);
    return path.is_string() ? QFileInfo(QString::fromStdString(path.get<std::string>())).fileName()
                            : QString();
}

} // namespace

RunDetails::RunDetails(const PageContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_runs(std::make_shared<RunList>()),
      m_choice(new QComboBox(this)), m_content(new QWidget(this)), m_empty(plainLabel({}, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_choice->setAccessibleName(tr("Run"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    column->addWidget(m_choice, 0, Qt::AlignLeft);
    m_empty->setText(tr("No run of the behaviour model yet. Train one: its figures stand here."));
    column->addWidget(m_empty);
    column->addWidget(m_content);
    auto *body = new QVBoxLayout(m_content);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(12);
    setUpFacts();
    setUpTables();
    m_comparison = new ComparisonCard(context);
    m_quality = new QualityCharts(context);
    m_groups = new GroupCard(context, QStringLiteral("models-groups"));
    m_curves = new CurveGrid;
    m_explain = new ExplainCard(context);
    addCardRow(body, {{m_factCard, 1}, {m_splitCard, 1}});
    addCardRow(body, {{m_measureCard, 1}, {m_settingCard, 1}});
    body->addWidget(m_quality);
    body->addWidget(m_groups);
    body->addWidget(m_curves);
    body->addWidget(m_comparison);
    body->addWidget(m_explain);
    connect(m_choice, &QComboBox::activated, this,
            [this](int index) { show(m_choice->itemData(index).toLongLong()); });
}

void RunDetails::setUpFacts()
{
    m_factCard = new Card(tr("The run"));
    m_facts = new FactLines;
    m_factCard->body()->addWidget(m_facts);
    m_notes = plainLabel();
    m_notes->setWordWrap(true);
    m_factCard->body()->addWidget(m_notes);
    m_factCard->body()->addStretch(1);
    m_splitCard = new Card(tr("How time was cut"));
    m_splitCard->setDefinition(tr(
        "Everything up to the cut may be learned from; what came after it is what the run is "
        "measured by, and no label of the training reaches past the cut. After the best epoch the "
        "weights that are kept have seen everything up to t₀ too, where the run was refitted: all "
        "measures are from before that."));
    m_split = new FactLines;
    m_splitCard->body()->addWidget(m_split);
    m_splitCard->body()->addStretch(1);
}

void RunDetails::setUpTables()
{
    using Kind = TableColumn::Kind;
    m_measureCard = new Card(tr("Measures"));
    QStringList help{
        tr("On the validation window. Best epoch: as it was kept, heads that were then fitted by "
           "themselves included, on all validation users. Last epoch: on the sample of them that is "
           "asked after each epoch.")};
    for (const Measure &measure : knownMeasures()) {
        help << QStringLiteral("%1: %2").arg(measure.text, measure.help);
    }
    m_measureCard->setDefinition(help.join(QLatin1Char('\n')));
    m_measures =
        new TableView(tr("Measures of the run"),
                      std::vector<TableColumn>{{tr("Measure"), Kind::Text},
                                               {tr("Best epoch"), Kind::Number, 4},
                                               {tr("95 % interval"), Kind::Text},
                                               {tr("Last epoch"), Kind::Number, 4}});
    m_measures->setSortingEnabled(false);
    m_measures->setTextElideMode(Qt::ElideMiddle); // the figure stands last: "P(click): log loss"
    m_measureCard->body()->addWidget(m_measures);
    m_measureCard->body()->addStretch(1);
    addTableMenu(*m_measureCard, *m_measures, m_context, QStringLiteral("measures.csv"),
                 [this] { return plainTable(*m_measures->tableModel()); });
    m_settingCard = new Card(tr("Settings"));
    m_settingCard->setDefinition(
        tr("What the run was told; those that are not the default first."));
    m_settings = new TableView(tr("Settings of the run"),
                               std::vector<TableColumn>{{tr("Setting"), Kind::Text},
                                                        {tr("Value"), Kind::Text},
                                                        {tr("Default"), Kind::Text}});
    m_settings->setSortingEnabled(false);
    m_settingCard->body()->addWidget(m_settings, 1);
    addTableMenu(*m_settingCard, *m_settings, m_context, QStringLiteral("settings.csv"),
                 [this] { return plainTable(*m_settings->tableModel()); });
}

void RunDetails::setRuns(std::shared_ptr<const RunList> runs)
{
    m_runs = std::move(runs);
    if (m_project != m_context.session.path()) {
        m_project = m_context.session.path();
        m_run = 0;
    }
    const QSignalBlocker quiet(m_choice);
    m_choice->clear();
    for (const RunFigures &run : m_runs->runs) {
        if (run.isBehavior()) {
            m_choice->addItem(behaviorRunText(run), QVariant::fromValue<qint64>(run.record.id));
        }
    }
    show(m_runs->find(m_run) ? m_run : 0);
}

void RunDetails::show(std::int64_t run)
{
    const RunFigures *champion = m_runs->champion();
    m_run = run > 0                 ? run
            : champion              ? champion->record.id
            : m_choice->count() > 0 ? m_choice->itemData(0).toLongLong()
                                    : 0;
    m_choice->setCurrentIndex(m_choice->findData(QVariant::fromValue<qint64>(m_run)));
    showRun();
}

void RunDetails::showRun()
{
    const RunFigures *run = m_runs->find(m_run);
    const bool there = run && run->isBehavior();
    m_choice->setVisible(there);
    m_empty->setVisible(!there);
    m_content->setVisible(there);
    m_explain->setRun(there && run->isDone() ? run->record.id : 0);
    m_groups->setRuns(there && run->quality ? std::vector{run->record.id}
                                            : std::vector<std::int64_t>{});
    if (!there) {
        return;
    }
    showFacts(*run);
    showSplit(*run);
    showMeasures(*run);
    showSettings(*run);
    m_quality->show(run->quality);
    m_curves->setRuns({{tr("run %1").arg(m_run), run->epochs, run->bestEpoch}},
                      tr("This run ended before its first epoch."));
    m_comparison->show(run->comparison,
                       run->isDone()
                           ? tr("Run %1 was trained without a comparison.").arg(m_run)
                           : tr("Run %1 has no comparison: it did not finish.").arg(m_run));
}

/// What each network says alone beside what they say together, a line per measure.
QStringList RunDetails::memberLines(const TrainReport &report)
{
    using Figure = std::optional<double> BehaviorMetrics::*;
    QStringList lines;
    const auto add = [&](const QString &text, Figure figure) {
        if (report.members.empty() || !(report.metrics.*figure)) {
            return;
        }
        QStringList alone;
        for (const MemberReport &member : report.members) {
            alone << fullText(member.metrics.*figure, 4);
        }
        lines << tr("%1: %2 together, alone %3").arg(text, fullText(report.metrics.*figure, 4),
                                                     alone.join(QStringLiteral(", ")));
    };
    add(measureOf("hr10").text, &BehaviorMetrics::hr10);
    add(measureOf("churn_auc").text, &BehaviorMetrics::churnAuc);
    add(measureOf("value_spearman").text, &BehaviorMetrics::valueSpearman);
    return lines;
}

/// How each label head went on after the best epoch.
QStringList RunDetails::headFitLines(const TrainReport &report)
{
    QStringList lines;
    for (const HeadFit &fit : report.headFits) {
        const QString head = headText(fit.head);
        lines << (fit.pass == 0
                      ? tr("%1: fitted by itself in %2 passes, which made it no better")
                            .arg(head)
                            .arg(fit.passes)
                      : tr("%1: fitted by itself on %2, as it was after pass %3 of %4: validation "
                           "loss %5, before %6")
                            .arg(head,
                                 fit.readsEvents ? tr("encoded events and the summary of the history")
                                                 : tr("the summary of the history alone"))
                            .arg(fit.pass)
                            .arg(fit.passes)
                            .arg(fullText(fit.loss, 4), fullText(fit.lossBefore, 4)));
    }
    return lines;
}

void RunDetails::showFacts(const RunFigures &run)
{
    const RunRecord &record = run.record;
    m_factCard->setTitle(tr("Run %1").arg(record.id));
    m_facts->clear();
    m_facts->add(tr("State"), runStateText(record.state));
    const QString used = runUseText(record);
    m_facts->add(tr("In use"), used.isEmpty() ? tr("no") : used);
    m_facts->add(tr("Started, UTC"), timeText(record.startedAt));
    m_facts->add(tr("Epochs"),
                 run.lastEpoch > 0
                     ? tr("%1 trained, the best is %2").arg(run.lastEpoch).arg(run.bestEpoch)
                     : kMissing);
    if (run.report) {
        const TrainReport &report = *run.report;
        m_facts->add(tr("Device"),
                     QStringLiteral("%1 (%2)").arg(QString::fromStdString(record.device),
                                                   deviceReasonText(report.device.reason)));
        m_facts->add(tr("Time"), report.seconds > 0 ? durationText(report.seconds) : kMissing);
        m_facts->add(tr("Speed"), report.sequencesPerSecond > 0
                                      ? tr("%1 sequences/s, %2 in all")
                                            .arg(countText(qRound64(report.sequencesPerSecond)),
                                                 countText(report.sequences))
                                      : kMissing);
        if (!report.members.empty()) {
            m_facts->add(tr("Networks"), tr("%1 of seeds from %2 on, whose mean answers")
                                             .arg(report.members.size())
                                             .arg(report.members.front().seed));
        }
        m_facts->add(tr("Weights"), report.parameters > 0
                                        ? tr("%1 numbers, %2")
                                              .arg(countText(report.parameters),
                                                   bytesText(report.parameters * kBytesOfWeight))
                                        : kMissing);
        m_facts->add(tr("Refit"),
                     report.refitEpochs > 0
                         ? counted(report.refitEpochs, tr("1 pass over everything up to t₀"),
                                   tr("%1 passes over everything up to t₀"))
                         : tr("none"));
    }
    m_facts->add(tr("Data"), QString::fromStdString(record.dataHash));
    if (!record.tags.empty()) {
        m_facts->add(tr("Tags"), QString::fromStdString(record.tags));
    }
    if (!record.note.empty()) {
        m_facts->add(tr("Note"), QString::fromStdString(record.note));
    }
    QStringList notes;
    if (run.report) {
        for (const TrainNote &note : run.report->notes) {
            notes << trainNoteText(note);
        }
        notes << memberLines(*run.report) << headFitLines(*run.report);
    }
    for (QString &note : notes) {
        note.prepend(QStringLiteral("• "));
    }
    m_notes->setText(notes.join(QLatin1Char('\n')));
    m_notes->setVisible(!notes.isEmpty());
}

void RunDetails::showSplit(const RunFigures &run)
{
    m_split->clear();
    const bool known = run.report && run.report->split.until > run.report->split.first;
    m_splitCard->setCaption(known ? QString() : tr("Not known: the run ended too early."));
    if (!known) {
        return;
    }
    const TrainSplit &split = run.report->split;
    m_split->add(tr("Learned from"), tr("%1 to %2").arg(dayText(split.first), dayText(split.cut)));
    m_split->add(tr("Labels up to"),
                 split.lastAnchor >= split.first
                     ? tr("anchors to %1, windows of %2")
                           .arg(dayText(split.lastAnchor), daysText(split.labelDays))
                     : tr("no label window fits"));
    m_split->add(tr("Measured on"),
                 tr("%1 to %2").arg(dayText(split.cut + 1), dayText(split.until)));
    m_split->add(tr("Snapshot t₀"), dayText(split.until));
    m_split->add(tr("Horizon"), daysText(split.horizonDays));
    m_split->add(tr("Users"), tr("%1 up to t₀, %2 up to the cut")
                                  .arg(countText(split.users), countText(split.trainUsers)));
    m_split->add(tr("After each epoch"), tr("%1 asked").arg(usersText(split.validationUsers)));
    const BehaviorMetrics &metrics = run.report->metrics;
    if (metrics.rankedUsers > 0 || metrics.valueUsers > 0) {
        m_splitCard->setCaption(tr("Protocol: the first item after the cut of %1, ranked among all "
                                   "%2, repeats allowed, "
                                   "ties count half; the first item not met before of %3 among the "
                                   "items not met; churn "
                                   "and value of %4 within %5 after the cut.")
                                    .arg(usersText(metrics.rankedUsers), itemsText(metrics.items),
                                         usersText(metrics.newRankedUsers),
                                         customersText(metrics.valueUsers),
                                         daysText(split.labelDays)));
    }
}

void RunDetails::showMeasures(const RunFigures &run)
{
    std::vector<TableModel::Row> rows;
    for (const Measure &measure : measuresOf({&run})) {
        const MeasureValues &values = measuresIn(run, measure.name);
        const auto cell = [&](const std::optional<double> &value) {
            return value ? QVariant::fromValue(MarkedCell{fullText(value, measure.decimals),
                                                          *value,
                                                          MarkedCell::Tone::Plain,
                                                          {}})
                         : QVariant();
        };
        rows.push_back(
            {QVariant::fromValue(
                 MarkedCell{measure.text, measure.text, MarkedCell::Tone::Plain, measure.help}),
             cell(values.best),
             values.interval ? QVariant(boundsText(values.interval->lower, values.interval->upper,
                                                   measure.decimals))
                             : QVariant(),
             cell(values.last)});
    }
    m_measureCard->setCaption(
        run.quality ? tr("Intervals: %1 samples of the users.").arg(run.quality->options.replicates)
        : run.isDone() ? tr("No intervals were kept with this run.")
                       : QString());
    m_measures->setRows(std::move(rows));
    m_measures->fitHeight();
    m_measures->setEmptyText(tr("Measures come with the first epoch."));
}

void RunDetails::showSettings(const RunFigures &run)
{
    std::vector<TableModel::Row> changed, same;
    for (const ConfigField &field : configFields()) {
        const std::string value = settingOf(run, field.key), usual = defaultSettingOf(field.key);
        // t₀ and the horizon are kept as they came out, not as they were asked for.
        const std::string_view key = field.key;
        const bool other = value != usual && key != "until" && key != "horizon_days";
        QString text = configValueText(field.key, value);
        if (const QString project = otherProjectOf(run); key == "warm_run" && !project.isEmpty()) {
            text = tr("%1 of %2").arg(text, project);
        }
        const auto tone = other ? MarkedCell::Tone::Strong : MarkedCell::Tone::Plain;
        (other ? changed : same)
            .push_back({field.label, QVariant::fromValue(MarkedCell{text, text, tone, field.help}),
                        configValueText(field.key, usual)});
    }
    changed.insert(changed.end(), same.begin(), same.end());
    m_settings->setRows(std::move(changed));
}

} // namespace perennial
