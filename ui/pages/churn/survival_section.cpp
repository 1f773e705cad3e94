#include "ui/pages/churn/survival_section.h"

#include "ui/charts/chart_card.h"
#include "ui/error_text.h"
#include "ui/models/table_view.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"
#include "ui/wording/lifecycle_words.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

const QString kSurvivalGroup = QStringLiteral("churn-survival");
constexpr int kCurvesHeight = 380;
constexpr std::ptrdiff_t kFirstTerms = 3; ///< of the regression, until others are chosen

QString pText(const std::optional<double> &p)
{
    return !p          ? kMissing
           : *p < 0.001 ? QStringLiteral("< 0.001")
                        : fullText(*p, 3);
}

QString medianText(const SurvivalCurve &curve)
{
    const auto median = curve.median();
    if (!median) {
        return SurvivalSection::tr("not reached");
    }
    const auto lower = curve.medianLower(), upper = curve.medianUpper();
    return QStringLiteral("%1 [%2, %3]")
        .arg(fullText(*median, 0), lower ? fullText(*lower, 0) : kMissing,
             upper ? fullText(*upper, 0) : kMissing);
}

QString groupName(const std::string &value)
{
    return value.empty() ? SurvivalSection::tr("not known") : QString::fromStdString(value);
}

/// Of the names that there are: what was asked in another project may be missing here.
std::vector<std::string> termsOf(const SurvivalQuestion &question,
                                 const std::vector<std::string> &names)
{
    if (!question.terms) {
        return {names.begin(), names.begin() + std::min(kFirstTerms, std::ssize(names))};
    }
    std::vector<std::string> terms;
    std::ranges::copy_if(*question.terms, std::back_inserter(terms), [&](const std::string &name) {
        return std::ranges::find(names, name) != names.end();
    });
    return terms;
}

Status addTerms(const Project &project, const std::vector<std::string> &names, Day at,
                const ChurnTimes &times, SurvivalSample &sample)
{
    for (const std::string &name : names) {
        const auto labels = readUserLabels(project, name, at);
        if (!labels) {
            return labels.error();
        }
        Covariate covariate{name, {}, labelsOf(*labels, times.user)};
        const bool isConstant =
            std::ranges::all_of(covariate.words, [&](const std::string &word) {
                return word == covariate.words.front();
            });
        if (!isConstant) {
            sample.covariates.push_back(std::move(covariate));
        }
    }
    return Done{};
}

} // namespace

Result<std::shared_ptr<const SurvivalFigures>>
readSurvivalFigures(const Project &project, const LifecycleAccess &access,
                    const SurvivalQuestion &question, const Task &task)
{
    const auto rows = access.rows(project, task.part(0.0, 0.4));
    if (!rows) {
        return rows.error();
    }
    const auto churned = access.churnedAfterDays(project, task);
    if (!churned) {
        return churned.error();
    }
    const Day at = (*rows)->at;
    auto figures = std::make_shared<SurvivalFigures>();
    auto names = userLabelNames(project, at);
    if (!names) {
        return names.error();
    }
    figures->names = *std::move(names);
    figures->times = churnTimes((*rows)->days, at, *churned);
    if (figures->times.user.empty()) {
        return fail(ErrorCode::NoEvents, formatDate(at));
    }
    SurvivalSample sample;
    sample.durations = figures->times.durations;
    sample.observed = figures->times.observed;
    if (std::ranges::find(figures->names, question.by) != figures->names.end()) {
        const auto labels = readUserLabels(project, question.by, at);
        if (!labels) {
            return labels.error();
        }
        figures->group = labelsOf(*labels, figures->times.user);
        sample.group = figures->group;
    }
    figures->terms = termsOf(question, figures->names);
    if (const Status added = addTerms(project, figures->terms, at, figures->times, sample);
        !added) {
        return added.error();
    }
    SurvivalSample curves = sample;
    auto study = studySurvival(std::move(sample), {}, task.part(0.4, 1.0));
    if (!study && study.error().code == ErrorCode::TooLittleData && !curves.covariates.empty()) {
        curves.covariates.clear(); // nobody has churned: curves there are, but no regression
        study = studySurvival(std::move(curves), {}, task);
    }
    if (!study) {
        return study.error();
    }
    figures->study = *std::move(study);
    return std::shared_ptr<const SurvivalFigures>(std::move(figures));
}

SurvivalSection::SurvivalSection(const PageContext &context, QWidget *parent)
    : ScoredSection(context, parent)
{
    setUpCurves();
    setUpCox();
    addRow({{m_curves, 1}});
    addRow({{m_atRisk, 1}});
    addRow({{m_ratios, 1}, {m_cox, 1}});
}

void SurvivalSection::setUpCurves()
{
    m_curves = makeChart(
        tr("Survival of users"),
        tr("Share of users who have not churned so many days after their first activity, by "
           "Kaplan & Meier (1958), with pointwise 95 % intervals (log-log). Churned is who has been "
           "silent for as long as the stage churned asks, on the day on which that was so first; "
           "who has not is censored at the snapshot date. Definition (c). Click a point to see who "
           "was still there."));
    m_curves->setMinimumHeight(kCurvesHeight);
    m_choice = new QComboBox;
    m_choice->setAccessibleName(tr("Curves by"));
    m_choice->addItem(tr("all together"), QString());
    m_curves->tools()->addWidget(plainLabel(tr("by")));
    m_curves->tools()->addWidget(m_choice);
    connect(m_choice, &QComboBox::currentIndexChanged, this, [this] {
        m_by = m_choice->currentData().toString().toStdString();
        chooser().release();
        refresh();
    });
    chooser().byMarks(m_curves, [this](int curve, int point) { return usersOf(curve, point); });
    m_atRisk = new Card(tr("Users at risk"));
    m_atRisk->setDefinition(tr("How many had neither churned nor been censored just before each "
                               "day. Median: the day by which half have churned, with its 95 % "
                               "interval."));
    m_atRiskTable = new TableView(tr("Users at risk"), std::vector<TableColumn>{{tr("Group")}});
    m_atRiskTable->setSortingEnabled(false);
    m_atRisk->body()->addWidget(m_atRiskTable);
}

void SurvivalSection::setUpCox()
{
    m_ratios = makeChart(
        tr("What goes with leaving sooner"),
        tr("Cox (1972) regression with Efron's ties: how many times as fast users of a value churn "
           "as those of the commonest value, everything else in the regression being equal; 95 % "
           "intervals. Above 1 = sooner. It need not be the cause."));
    m_ratios->setMinimumHeight(kCurvesHeight);
    m_cox = new Card(tr("Cox regression"));
    m_cox->setDefinition(
        tr("Coefficient: logarithm of the hazard ratio. p: two-sided, of no difference (Wald). "
           "Proportional: p of the test that the ratio stays the same over time (Grambsch & "
           "Therneau 1994); where it is small, read the ratio as a mean over time. C-index: how "
           "often who leaves first has the higher risk, 0.5 = by chance."));
    using Kind = TableColumn::Kind;
    m_coxTable = new TableView(tr("Cox regression"),
                               std::vector<TableColumn>{{tr("Term"), Kind::Text},
                                                        {tr("Coefficient"), Kind::Number, 4},
                                                        {tr("Std. error"), Kind::Number, 4},
                                                        {tr("p"), Kind::Text},
                                                        {tr("Proportional, p"), Kind::Text}});
    m_cox->body()->addWidget(m_coxTable);
    m_termButton = new QToolButton;
    m_termButton->setText(tr("Terms"));
    m_termButton->setAccessibleName(tr("Terms of the regression"));
    m_termButton->setPopupMode(QToolButton::InstantPopup);
    m_termMenu = new QMenu(m_termButton);
    m_termButton->setMenu(m_termMenu);
    m_cox->tools()->addWidget(m_termButton);
}

void SurvivalSection::refresh()
{
    using Figures = std::shared_ptr<const SurvivalFigures>;
    readFor<Figures>(
        {m_curves, m_atRisk, m_ratios, m_cox}, tr("Survival"), kSurvivalGroup,
        [access = lifecycleAccess(session()),
         question = SurvivalQuestion{m_by, m_terms}](Project &project, const Task &task) {
            return readSurvivalFigures(project, access, question, task);
        },
        [this](Figures figures) {
            m_figures = std::move(figures);
            show();
        },
        [this](const Error &error) { showLack(error); });
}

void SurvivalSection::setTerm(const std::string &name, bool on)
{
    if (!m_terms) {
        m_terms = m_figures ? m_figures->terms : std::vector<std::string>();
    }
    std::erase(*m_terms, name);
    if (on) {
        m_terms->push_back(name);
    }
    refresh();
}

void SurvivalSection::fillNames()
{
    const QSignalBlocker quiet(m_choice);
    m_choice->clear();
    m_choice->addItem(tr("all together"), QString());
    m_termMenu->clear();
    for (const std::string &name : m_figures->names) {
        m_choice->addItem(userLabelText(name), QString::fromStdString(name));
        QAction *action = m_termMenu->addAction(
            userLabelText(name).replace(QLatin1Char('&'), QStringLiteral("&&")));
        action->setCheckable(true);
        action->setChecked(std::ranges::find(m_figures->terms, name) != m_figures->terms.end());
        connect(action, &QAction::toggled, this, [this, name](bool on) { setTerm(name, on); });
    }
    m_choice->setCurrentIndex(
        std::max(0, m_choice->findData(QString::fromStdString(m_by))));
}

void SurvivalSection::show()
{
    fillNames();
    showCurves();
    showAtRisk();
    showCox();
}

void SurvivalSection::showCurves()
{
    const SurvivalStudy &study = m_figures->study;
    m_curves->setSpec(survivalChart(study));
    QStringList captions{tr("%1, %2 churned; silent for %3 counts as churned; %4 came back all "
                            "the same.")
                             .arg(usersText(study.all.rows),
                                  countText(std::llround(study.all.events)),
                                  daysText(m_figures->times.churnedAfterDays),
                                  countText(m_figures->times.returned))};
    if (study.logRank) {
        captions << tr("Log-rank test: χ² = %1, df %2, p %3.")
                        .arg(fullText(study.logRank->chi2, 2), countText(study.logRank->df),
                             pText(study.logRank->p));
    }
    if (study.groups.size() > groupsShown(study).size()) {
        captions << tr("The %1 largest of %2.")
                        .arg(groupsShown(study).size())
                        .arg(groupsText(static_cast<qint64>(study.groups.size())));
    }
    m_curves->setCaption(captions.join(QLatin1Char(' ')));
}

void SurvivalSection::showAtRisk()
{
    const SurvivalStudy &study = m_figures->study;
    using Kind = TableColumn::Kind;
    std::vector<TableColumn> columns{
        {tr("Group"), Kind::Text}, {tr("Median, days"), Kind::Text}, {tr("Churned"), Kind::Count}};
    for (const AtRiskRow &at : study.all.atRisk) {
        columns.push_back({tr("day %1").arg(fullText(at.time, 0)), Kind::Count});
    }
    std::vector<TableModel::Row> rows;
    const auto add = [&](const QString &name, const SurvivalGroup &group) {
        TableModel::Row row{name, medianText(group.curve),
                            QVariant::fromValue<qint64>(std::llround(group.events))};
        for (const AtRiskRow &at : group.atRisk) {
            row.push_back(QVariant::fromValue<qint64>(std::llround(at.atRisk)));
        }
        rows.push_back(std::move(row));
    };
    add(tr("all"), study.all);
    for (const SurvivalGroup &group : study.groups) {
        add(groupName(group.value), group);
    }
    m_atRiskTable->setRows({});
    m_atRiskTable->tableModel()->setColumns(std::move(columns));
    m_atRiskTable->setRows(std::move(rows));
    m_atRiskTable->fitHeight(8);
}

void SurvivalSection::showCox()
{
    const SurvivalStudy &study = m_figures->study;
    m_ratios->setSpec(hazardRatioChart(study));
    m_cox->setCaption({});
    std::vector<TableModel::Row> rows;
    if (study.cox) {
        const CoxStudy &cox = *study.cox;
        const std::vector<std::size_t> termOf = cox.design.termOf();
        for (std::size_t k = 0; k < cox.fit.terms.size(); ++k) {
            const SurvivalTerm &term = cox.fit.terms[k];
            const std::size_t name = termOf[k];
            const bool isTested =
                cox.proportionality && name < cox.proportionality->terms.size();
            rows.push_back(
                {QString::fromStdString(cox.design.columnName(k)),
                 term.coefficient ? QVariant(*term.coefficient) : QVariant(),
                 term.standardError ? QVariant(*term.standardError) : QVariant(),
                 term.state == TermState::Infinite
                     ? tr("runs to infinity: nobody, or everybody, churned")
                     : pText(term.p()),
                 isTested ? pText(cox.proportionality->terms[name].p) : kMissing});
        }
        QStringList baselines;
        for (std::size_t t = 0; t < cox.design.terms.size(); ++t) {
            baselines << QStringLiteral("%1 = %2").arg(userLabelText(cox.design.terms[t]),
                                                      groupName(cox.design.baselines[t]));
        }
        m_cox->setCaption(
            tr("Compared with %1. Log-likelihood %2; likelihood ratio %3, p %4; C-index %5; "
               "proportional together: p %6.")
                .arg(baselines.join(QStringLiteral(", ")), fullText(cox.fit.logLikelihood, 2),
                     fullText(cox.fit.likelihoodRatio.chi2, 2), pText(cox.fit.likelihoodRatio.p),
                     fullText(cox.fit.concordance.index(), 3),
                     cox.proportionality ? pText(cox.proportionality->global.p) : kMissing));
    }
    m_coxTable->setEmptyText(tr("No term is chosen, nothing differs, or nobody has churned."));
    m_coxTable->setRows(std::move(rows));
}

void SurvivalSection::showLack(const Error &error)
{
    m_figures.reset();
    m_curves->setSpec(sentence(error.where == "by"
                                   ? tr("Too many groups to compare: choose another attribute.")
                                   : errorText(error)));
    m_curves->setCaption({});
    m_atRiskTable->setRows({});
    m_ratios->setSpec(sentence({}));
    m_coxTable->setRows({});
    m_cox->setCaption({});
}

/// Who was still there just before the day of a point: as many as are at risk on hover.
UsersBehind SurvivalSection::usersOf(int curve, int point) const
{
    if (!m_figures || curve < 0 || point < 0) {
        return std::nullopt;
    }
    const SurvivalStudy &study = m_figures->study;
    const std::vector<std::size_t> groups = groupsShown(study);
    const auto c = static_cast<std::size_t>(curve);
    const SurvivalGroup &group = groups.empty() ? study.all : study.groups[groups.at(c)];
    const std::vector<std::size_t> steps = stepsShown(group.curve);
    if (static_cast<std::size_t>(point) >= steps.size()) {
        return std::nullopt;
    }
    const double day = group.curve.steps[steps[static_cast<std::size_t>(point)]].time;
    const QString of = groups.empty() ? tr("all") : groupName(group.value);
    return UsersBehind(
        tr("%1, still there on day %2").arg(of, fullText(day, 0)),
        [figures = m_figures, day, isAll = groups.empty(),
         value = group.value](Project &, const Task &) -> Result<UserIds> {
            const ChurnTimes &times = figures->times;
            auto ids = std::make_shared<std::vector<std::int64_t>>();
            for (std::size_t i = 0; i < times.user.size(); ++i) {
                if ((isAll || figures->group[i] == value) && times.durations[i] >= day) {
                    ids->push_back(times.user[i]);
                }
            }
            return UserIds(std::move(ids));
        });
}

} // namespace perennial
