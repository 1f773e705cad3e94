#include "app/verbs/survival_output.h"
#include "ui/wording/format.h"

#include <QCoreApplication>

#include <algorithm>

namespace perennial {

namespace {

constexpr std::size_t kGroupsShown = 20;

QString tr(const char *text)
{
    return QCoreApplication::translate("SurvivalVerb", text);
}

QString numberText(const std::optional<double> &value)
{
    return value ? QString::number(*value, 'g', 6) : kMissing;
}

QString pText(const std::optional<double> &p)
{
    return !p         ? tr("nothing to compare")
           : *p < 1e-4 ? QStringLiteral("p < 0.0001")
                       : QStringLiteral("p = %1").arg(*p, 0, 'f', 4);
}

QString testText(double chi2, int df, const std::optional<double> &p)
{
    return QStringLiteral("χ² %1, df %2, %3").arg(chi2, 0, 'f', 2).arg(df).arg(pText(p));
}

QString testText(const ChiSquareTest &test)
{
    return testText(test.chi2, test.df, test.p);
}

QString medianText(const SurvivalCurve &curve)
{
    return QStringLiteral("%1 [%2, %3]")
        .arg(numberText(curve.median()), numberText(curve.medianLower()),
             numberText(curve.medianUpper()));
}

QString valueText(const std::string &value)
{
    return value.empty() ? tr("(not known)") : QString::fromStdString(value);
}

void addSource(QStringList &lines, const SurvivalReport &report)
{
    const SurvivalGroup &all = report.study.all;
    if (const auto &churn = report.input.churn) {
        lines << tr("%1 up to %2, %3 of them churned: silent for %4")
                     .arg(usersText(all.rows), dayText(churn->at),
                          countText(static_cast<qint64>(all.events)),
                          daysText(churn->churnedAfter.days));
        lines << tr("%1 of those came back later").arg(countText(churn->returned));
    } else {
        lines << tr("%1 of %2 lines used, %3 with the event")
                     .arg(countText(all.rows), countText(report.input.read),
                          countText(static_cast<qint64>(all.events)));
    }
    for (const RejectedLines &rejected : report.input.rejected) {
        lines << tr("  %1 lines left out, the first is line %2: %3 %4")
                     .arg(countText(rejected.rows))
                     .arg(rejected.firstLine)
                     .arg(QString::fromStdString(rejected.reason),
                          QString::fromStdString(rejected.column));
    }
}

void addCurve(QStringList &lines, const SurvivalGroup &all)
{
    lines << QStringLiteral("%1 %2 %3 %4")
                 .arg(tr("time"), 10)
                 .arg(tr("at risk"), 12)
                 .arg(tr("events"), 10)
                 .arg(tr("still there"), 12);
    for (const AtRiskRow &row : all.atRisk) {
        const auto s = all.curve.at(row.time);
        lines << QStringLiteral("%1 %2 %3 %4")
                     .arg(numberText(row.time), 10)
                     .arg(countText(static_cast<qint64>(row.atRisk)), 12)
                     .arg(countText(static_cast<qint64>(row.events)), 10)
                     .arg(percentText(s), 12);
    }
    lines << tr("median %1").arg(medianText(all.curve));
}

void addGroups(QStringList &lines, const SurvivalStudy &study)
{
    lines << QStringLiteral("%1 %2 %3 %4  %5")
                 .arg(tr("group"), -24)
                 .arg(tr("rows"), 10)
                 .arg(tr("events"), 10)
                 .arg(tr("expected"), 10)
                 .arg(tr("median"));
    for (std::size_t g = 0; g < std::min(study.groups.size(), kGroupsShown); ++g) {
        const SurvivalGroup &group = study.groups[g];
        lines << QStringLiteral("%1 %2 %3 %4  %5")
                     .arg(valueText(group.value), -24)
                     .arg(countText(group.rows), 10)
                     .arg(countText(static_cast<qint64>(group.events)), 10)
                     .arg(study.logRank->groups[g].expected, 10, 'f', 1)
                     .arg(medianText(group.curve));
    }
    if (study.groups.size() > kGroupsShown) {
        lines << tr("  and %1 more")
                     .arg(countText(static_cast<qint64>(study.groups.size() - kGroupsShown)));
    }
    lines << tr("log-rank test: %1")
                 .arg(testText(study.logRank->chi2, study.logRank->df, study.logRank->p));
}

QString stateText(const SurvivalTerm &term)
{
    switch (term.state) {
    case TermState::Estimated: return {};
    case TermState::Constant: return tr("never differs: left out");
    case TermState::Collinear: return tr("told by the others: left out");
    case TermState::Infinite:
        return term.sign > 0 ? tr("no finite value is best: the higher the likelier")
                             : tr("no finite value is best: the lower the likelier");
    }
    return {};
}

QString termText(const CoxStudy &cox, std::size_t column, double confidence)
{
    const SurvivalTerm &term = cox.fit.terms[column];
    const QString name = QString::fromStdString(cox.design.columnName(column));
    const auto ratio = ratioOf(term, confidence);
    if (!ratio) {
        return QStringLiteral("  %1 %2").arg(name, -28).arg(stateText(term));
    }
    return QStringLiteral("  %1 %2 %3 %4 [%5, %6]  %7")
        .arg(name, -28)
        .arg(*term.coefficient, 10, 'f', 5)
        .arg(*term.standardError, 10, 'f', 5)
        .arg(ratio->ratio, 10, 'g', 4)
        .arg(ratio->lower, 0, 'g', 4)
        .arg(ratio->upper, 0, 'g', 4)
        .arg(pText(term.p()));
}

void addCox(QStringList &lines, const CoxStudy &cox, double confidence)
{
    const CoxFit &fit = cox.fit;
    lines << tr("Cox model of %1 rows, %2 events").arg(fit.rows).arg(fit.events);
    if (cox.leftOut > 0) {
        lines << tr("  %1 rows left out: a number is missing").arg(countText(cox.leftOut));
    }
    if (fit.status == SurvivalFitStatus::DidNotConverge) {
        lines << tr("  did not converge");
    }
    lines << QStringLiteral("  %1 %2 %3 %4")
                 .arg(QString(), -28)
                 .arg(tr("coefficient"), 10)
                 .arg(tr("error"), 10)
                 .arg(tr("hazard ratio"), 10);
    for (std::size_t k = 0; k < fit.terms.size(); ++k) {
        lines << termText(cox, k, confidence);
    }
    for (std::size_t term = 0; term < cox.design.terms.size(); ++term) {
        if (cox.design.isWords[term]) {
            lines << tr("  %1: compared with %2")
                         .arg(QString::fromStdString(cox.design.terms[term]),
                              valueText(cox.design.baselines[term]));
        }
    }
    const auto c = fit.concordance.index();
    lines << tr("log-likelihood %1 (all 0: %2); %3")
                 .arg(fit.logLikelihood, 0, 'f', 4)
                 .arg(fit.nullLogLikelihood, 0, 'f', 4)
                 .arg(testText(fit.likelihoodRatio));
    lines << tr("concordance %1").arg(c ? QString::number(*c, 'f', 4) : kMissing);
    if (cox.proportionality) {
        lines << tr("hazards not proportional: %1").arg(testText(cox.proportionality->global));
    }
}

} // namespace

QString survivalText(const SurvivalReport &report)
{
    QStringList lines;
    addSource(lines, report);
    addCurve(lines, report.study.all);
    if (report.study.logRank) {
        addGroups(lines, report.study);
    }
    if (report.study.cox) {
        addCox(lines, *report.study.cox, report.study.confidence);
    }
    return lines.join(u'\n');
}

} // namespace perennial
