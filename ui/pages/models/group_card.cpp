#include "ui/pages/models/group_card.h"

#include "ui/error_text.h"
#include "ui/models/table_view.h"
#include "ui/pages/models/measures.h"
#include "ui/pages/models/run_figures.h"
#include "ui/pages/table_export.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"
#include "ui/wording/run_quality_words.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

namespace {

/// A figure of a head, as the chooser names it.
struct HeadFigure {
    std::string head, figure;
    std::string key() const { return head + '/' + figure; }
    bool operator==(const HeadFigure &) const = default;
};

/// What a head is told by where there is room for one figure.
std::string_view leadingFigure(AnswerKind kind)
{
    switch (kind) {
    case AnswerKind::Rank: return "hr10";
    case AnswerKind::Chance: return "auc";
    case AnswerKind::Amount: break;
    }
    return "spearman";
}

/// Those that any group of any run has, in the order of the heads.
std::vector<HeadFigure> figuresOf(const GroupComparison &groups, bool leadingOnly)
{
    std::vector<HeadFigure> figures;
    for (const RunGroups &run : groups.runs) {
        for (const GroupQuality &group : run.groups ? *run.groups : std::vector<GroupQuality>{}) {
            for (const HeadQuality &head : group.heads) {
                for (const MeasuredFigure &figure : head.figures) {
                    const HeadFigure one{head.head, figure.name};
                    const bool wanted = !leadingOnly || figure.name == leadingFigure(head.kind);
                    if (wanted && std::ranges::find(figures, one) == figures.end()) {
                        figures.push_back(one);
                    }
                }
            }
        }
    }
    return figures;
}

const MeasuredFigure *figureIn(const GroupQuality &group, const HeadFigure &wanted)
{
    const auto head = std::ranges::find(group.heads, wanted.head, &HeadQuality::head);
    return head == group.heads.end() ? nullptr : head->figure(wanted.figure);
}

/// "0.2157 [0.1900, 0.2400]"; of a group that is too small to say anything it stands back.
QVariant cellOf(const GroupQuality *group, const HeadFigure &wanted)
{
    const MeasuredFigure *figure = group ? figureIn(*group, wanted) : nullptr;
    if (!figure || !figure->value) {
        return {};
    }
    const int decimals = figureDecimals(wanted.figure);
    QString text = fullText(figure->value, decimals);
    if (figure->interval) {
        text += QLatin1Char(' ') +
                boundsText(figure->interval->lower, figure->interval->upper, decimals);
    }
    const auto tone = group->isSmall ? MarkedCell::Tone::Quiet : MarkedCell::Tone::Plain;
    return QVariant::fromValue(MarkedCell{text, *figure->value, tone, {}});
}

/// The groups of all runs, in the order of the first that has each.
std::vector<std::string> namesOf(const GroupComparison &groups)
{
    std::vector<std::string> names;
    for (const RunGroups &run : groups.runs) {
        for (const GroupQuality &group : run.groups ? *run.groups : std::vector<GroupQuality>{}) {
            if (std::ranges::find(names, group.group) == names.end()) {
                names.push_back(group.group);
            }
        }
    }
    return names;
}

const GroupQuality *groupOf(const RunGroups &run, const std::string &name)
{
    if (!run.groups) {
        return nullptr;
    }
    const auto found = std::ranges::find(*run.groups, name, &GroupQuality::group);
    return found == run.groups->end() ? nullptr : &*found;
}

HeadFigure figureFrom(const std::string &key)
{
    const auto slash = key.find('/');
    return slash == std::string::npos ? HeadFigure{}
                                      : HeadFigure{key.substr(0, slash), key.substr(slash + 1)};
}

Result<std::vector<GroupQuality>> judged(const Project &project, std::int64_t run,
                                         const std::string &by, const Task &task)
{
    const auto answers = readAnswers(project, run);
    if (!answers) {
        return answers.error();
    }
    const auto groups = userGroups(project, *answers, by, task.part(0.0, 0.3));
    return groups ? groupQuality(*answers, *groups, {}, task.part(0.3, 1.0))
                  : Result<std::vector<GroupQuality>>(groups.error());
}

QString refusalText(std::int64_t run, const Error &error)
{
    return error.code == ErrorCode::NotTrained && error.detail == "answers"
               ? GroupCard::tr("Run %1 kept no answers of single users (an older version, or it "
                               "did not finish).")
                     .arg(run)
               : GroupCard::tr("Run %1: %2").arg(run).arg(errorText(error));
}

} // namespace

Result<GroupComparison> readGroups(const Project &project, const std::vector<std::int64_t> &runs,
                                   const std::string &by, const Task &task)
{
    auto groupings = userGroupings(project);
    if (!groupings) {
        return groupings.error();
    }
    GroupComparison result{std::move(*groupings), by, {}};
    if (std::ranges::find(result.groupings, by) == result.groupings.end()) {
        result.by = result.groupings.front(); // that attribute is gone
    }
    for (std::size_t k = 0; k < runs.size(); ++k) {
        const double count = static_cast<double>(runs.size());
        auto groups = judged(project, runs[k], result.by,
                             task.part(static_cast<double>(k) / count,
                                       static_cast<double>(k + 1) / count));
        if (!groups && groups.error().code == ErrorCode::Cancelled) {
            return groups.error();
        }
        result.runs.push_back({runs[k], std::move(groups)});
    }
    return result;
}

std::vector<TableColumn> groupColumns(const GroupComparison &groups, const std::string &)
{
    using Kind = TableColumn::Kind;
    std::vector<TableColumn> columns{{userGroupingText(groups.by), Kind::Text},
                                     {GroupCard::tr("Users"), Kind::Count}};
    if (groups.runs.size() == 1) {
        for (const HeadFigure &one : figuresOf(groups, true)) {
            columns.push_back({measureOf(measureName(one.head, one.figure)).text, Kind::Text});
        }
    } else {
        for (const RunGroups &run : groups.runs) {
            columns.push_back({GroupCard::tr("Run %1").arg(run.run), Kind::Text});
        }
    }
    return columns;
}

std::vector<TableModel::Row> groupRows(const GroupComparison &groups, const std::string &figure)
{
    std::vector<TableModel::Row> rows;
    const auto leading = figuresOf(groups, true);
    const HeadFigure chosen = figureFrom(figure);
    for (const std::string &name : namesOf(groups)) {
        std::int64_t users = 0;
        bool isSmall = false;
        std::vector<const GroupQuality *> found;
        for (const RunGroups &run : groups.runs) {
            found.push_back(groupOf(run, name));
            users = std::max(users, found.back() ? found.back()->users : 0);
            isSmall = isSmall || (found.back() && found.back()->isSmall);
        }
        const QString text = userGroupText(groups.by, name);
        const QString tip =
            isSmall ? GroupCard::tr("Too few users to say anything reliable.") : QString();
        TableModel::Row row{
            QVariant::fromValue(MarkedCell{
                isSmall ? GroupCard::tr("⚠ %1").arg(text) : text, text,
                isSmall ? MarkedCell::Tone::Quiet : MarkedCell::Tone::Plain, tip}),
            QVariant::fromValue<qint64>(users)};
        if (groups.runs.size() == 1) {
            for (const HeadFigure &one : leading) {
                row.push_back(cellOf(found.front(), one));
            }
        } else {
            for (const GroupQuality *group : found) {
                row.push_back(cellOf(group, chosen));
            }
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

GroupCard::GroupCard(const PageContext &context, const QString &job, QWidget *parent)
    : Card(tr("Quality by groups of users"), parent), m_context(context), m_job(job),
      m_by(new QComboBox(this)), m_figure(new QComboBox(this)), m_words(plainLabel({}, this)),
      m_table(new TableView(tr("Quality by groups"), std::vector<TableColumn>{}, this))
{
    setDefinition(tr(
        "The same figures as for all users, of each group alone, with the 95 % interval of a "
        "bootstrap over its users. Groups are what the project knows of a user on the day the run "
        "was cut: the stage, whether first seen in the 30 days before, events so far, or an "
        "attribute with few values. Figures of groups do not add up to that of all: an AUC tells "
        "users of one group from each other. ⚠: fewer than 30 users."));
    m_by->setAccessibleName(tr("Groups by"));
    m_figure->setAccessibleName(tr("Figure of the groups"));
    for (QComboBox *choice : {m_by, m_figure}) {
        choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        tools()->addWidget(choice);
    }
    m_words->setWordWrap(true);
    body()->addWidget(m_words);
    body()->addWidget(m_table);
    addTableMenu(*this, *m_table, context, QStringLiteral("groups.csv"),
                 [this] { return plainTable(*m_table->tableModel()); });
    connect(m_by, &QComboBox::activated, this, [this] {
        m_source.clear();
        read();
    });
    connect(m_figure, &QComboBox::activated, this, &GroupCard::showTable);
    m_words->hide();
    m_table->hide();
    for (QComboBox *choice : {m_by, m_figure}) {
        choice->hide();
    }
}

void GroupCard::setRuns(const std::vector<std::int64_t> &runs)
{
    m_runs = runs;
    setVisible(!runs.empty());
    if (isVisible()) {
        read();
    }
}

void GroupCard::showEvent(QShowEvent *event)
{
    Card::showEvent(event);
    read();
}

void GroupCard::read()
{
    QString source = m_context.session.path() + m_context.session.dataHash();
    for (const std::int64_t run : m_runs) {
        source += QStringLiteral(" %1").arg(run);
    }
    if (source == m_source || m_runs.empty() || !m_context.session.hasProject()) {
        return;
    }
    m_source = source;
    setBusy(true);
    runOnProject<GroupComparison>(
        m_context.session, m_context.jobs, tr("Quality by groups"), this,
        [runs = m_runs, by = m_by->currentData().toString().toStdString()](
            Project &project, const Task &task) { return readGroups(project, runs, by, task); },
        [this, source](Result<GroupComparison> groups) {
            if (source != m_source) {
                return;
            }
            setBusy(false);
            if (groups) {
                show(*groups);
            } else {
                m_source.clear(); // to be asked again
                m_words->setVisible(groups.error().code != ErrorCode::Cancelled);
                m_words->setText(errorText(groups.error()));
            }
        },
        m_job);
}

void GroupCard::show(const GroupComparison &groups)
{
    m_groups = groups;
    QStringList refused;
    for (const RunGroups &run : groups.runs) {
        if (!run.groups) {
            refused << refusalText(run.run, run.groups.error());
        }
    }
    m_words->setText(refused.join(QLatin1Char('\n')));
    m_words->setVisible(!refused.isEmpty());
    fillChoices(groups);
    showTable();
}

void GroupCard::fillChoices(const GroupComparison &groups)
{
    m_by->clear();
    for (const std::string &by : groups.groupings) {
        m_by->addItem(userGroupingText(by), QString::fromStdString(by));
    }
    m_by->setCurrentIndex(std::max(0, m_by->findData(QString::fromStdString(groups.by))));
    m_by->show();
    const QVariant chosen = m_figure->currentData();
    m_figure->clear();
    for (const HeadFigure &one : figuresOf(groups, false)) {
        m_figure->addItem(measureOf(measureName(one.head, one.figure)).text,
                          QString::fromStdString(one.key()));
    }
    m_figure->setCurrentIndex(std::max(0, m_figure->findData(chosen)));
    m_figure->setVisible(groups.runs.size() > 1 && m_figure->count() > 0);
}

void GroupCard::showTable()
{
    const std::string figure = m_figure->currentData().toString().toStdString();
    auto rows = groupRows(m_groups, figure);
    m_table->setVisible(!rows.empty());
    m_table->tableModel()->setColumns(groupColumns(m_groups, figure));
    m_table->setRows(std::move(rows));
    m_table->fitHeight();
}

} // namespace perennial
