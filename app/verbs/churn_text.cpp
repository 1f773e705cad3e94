#include "app/verbs/churn_output.h"
#include "app/verbs/figure_output.h"
#include "app/verbs/open_project.h"
#include "ui/wording/churn_words.h"
#include "ui/wording/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

constexpr std::size_t kReasonsShown = 6;
constexpr int kDecimals = 4;

QString tr(const char *text)
{
    return QCoreApplication::translate("ChurnVerb", text);
}

QString figureCell(const TrialMethod &method, const char *name)
{
    const TrialFigure *figure = method.figure(name);
    return figure ? figureText(figure->figure, kDecimals) : kMissing;
}

void addMethods(QStringList &lines, const ChurnReport &report)
{
    const ChurnRisk &now = *report.now;
    lines << tr("churn = no order in the %1 after %2; %3")
                 .arg(daysText(now.horizonDays), dayText(now.at), customersText(report.users));
    if (now.trees) {
        lines << tr("the trees learned from %1 at %2, of whom %3 ordered nothing since")
                     .arg(customersText(now.trees->learnedFrom), dayText(now.trees->anchor),
                          countText(now.trees->churned));
    }
    for (const RiskMethod &method : now.methods) {
        if (method.problem) {
            lines << QStringLiteral("! %1: %2")
                         .arg(riskMethodText(method.name), riskProblemText(*method.problem));
        }
    }
}

void addTrial(QStringList &lines, const RiskTrial &trial)
{
    lines << tr("judged on (%1, %2]: %3, of whom %4 ordered nothing (* best, ~ as good as far as "
                "can be told)")
                 .arg(dayText(trial.cut), dayText(daysAfter(trial.cut, trial.windowDays)),
                      customersText(trial.users), countText(trial.churned));
    for (const TrialMethod &method : trial.methods) {
        lines << QStringLiteral("  %1").arg(riskMethodText(method.name));
        if (method.problem) {
            lines << QStringLiteral("    ! %1").arg(riskProblemText(*method.problem));
            continue;
        }
        for (const auto &[name, label] :
             {std::pair{"auc", "AUC"},
              {"average_precision", QT_TRANSLATE_NOOP("ChurnVerb", "average precision")},
              {"log_loss", QT_TRANSLATE_NOOP("ChurnVerb", "log loss")},
              {"brier", "Brier"},
              {"ipcw_brier", "IPCW Brier"},
              {"ece", "ECE"},
              {"c_index", "C-index"}}) {
            if (method.figure(name)) {
                lines << QStringLiteral("    %1 %2")
                             .arg(tr(label), -18)
                             .arg(figureCell(method, name));
            }
        }
        if (!method.gains.empty()) {
            const GainRow &top = method.gains.front();
            lines << tr("    the %1 at the highest risk hold %2 of those who left (lift %3)")
                         .arg(percentText(top.share), percentText(top.gain))
                         .arg(top.lift, 0, 'f', 2);
        }
    }
}

QString outcomeText(const ContactOutcome &outcome, const QString &currency)
{
    return tr("contact %1%2: %3 would leave, %4 saved [%5, %6], cost %7, net %8")
        .arg(customersText(static_cast<qint64>(outcome.contacted)),
             outcome.threshold ? tr(" from %1").arg(*outcome.threshold, 0, 'g', 4) : QString(),
             fullText(outcome.leavers, 1), fullMoneyText(outcome.saved, currency),
             fullMoneyText(outcome.savedInterval.lower, currency),
             fullMoneyText(outcome.savedInterval.upper, currency),
             fullMoneyText(outcome.cost, currency), fullMoneyText(outcome.net, currency));
}

void addPlan(QStringList &lines, const ChurnReport &report)
{
    if (report.planProblem) {
        lines << QStringLiteral("! ") + tr("no plan: %1").arg(riskProblemText(*report.planProblem));
    }
    if (!report.plan) {
        return;
    }
    const ChurnPlan &plan = *report.plan;
    const QString currency = QString::fromStdString(report.currency);
    lines << tr("plan by the risks of: %1 (%2 a contact, %3 of those who would leave kept)")
                 .arg(riskMethodText(report.method->name),
                      fullMoneyText(plan.terms.costPerContact, currency),
                      percentText(plan.terms.saveRate));
    if (!plan.isBest) {
        lines << QStringLiteral("  ") + outcomeText(plan.asked, currency);
        if (plan.asked.breakEvenSaveRate) {
            lines << tr("  it pays from a save rate of %1")
                         .arg(percentText(*plan.asked.breakEvenSaveRate));
        }
    }
    lines << tr("  best: %1").arg(outcomeText(plan.best, currency));
    lines << tr(
        "  (intervals hold luck only, not what is not known of risks, values and save rate)");
}

void addUser(QStringList &lines, const ChurnReport &report)
{
    const ChurnUser &user = *report.user;
    lines << tr("user %1").arg(QString::fromStdString(user.key));
    for (const auto &[method, risk] : user.risks) {
        lines << QStringLiteral("  %1 %2")
                     .arg(riskMethodText(method), -18)
                     .arg(method == kRecencyMethod ? daysText(qRound64(risk)) : percentText(risk));
    }
    if (user.valueIfKept) {
        lines << tr("  brings %1 if he orders at all")
                     .arg(
                         fullMoneyText(*user.valueIfKept, QString::fromStdString(report.currency)));
    }
    if (!user.reasons) {
        return;
    }
    lines << tr("  why the trees say so (log odds, from %1 for anybody):")
                 .arg(signedFullText(user.reasons->base, 2));
    for (std::size_t g = 0; g < kReasonGroups; ++g) {
        lines << QStringLiteral("    %1  %2")
                     .arg(signedFullText(user.reasons->groups[g], 2), 6)
                     .arg(reasonGroupText(static_cast<ReasonGroup>(g)));
    }
    const std::size_t shown = std::min(kReasonsShown, user.reasons->features.size());
    for (std::size_t k = 0; k < shown; ++k) {
        const RiskReason &reason = user.reasons->features[k];
        lines << QStringLiteral("      %1  %2 = %3")
                     .arg(signedFullText(reason.contribution, 2), 6)
                     .arg(riskFeatureText(reason.column), shortText(reason.plain()));
    }
}

} // namespace

QString churnText(const ChurnReport &report)
{
    QStringList lines;
    addMethods(lines, report);
    if (report.trial) {
        addTrial(lines, *report.trial);
    } else {
        lines << QStringLiteral("! ") + tr("not judged: %1").arg(riskProblemText(*report.trialProblem));
    }
    if (report.behavior) {
        lines << tr("the behaviour model, on its own window:");
        addTrial(lines, *report.behavior);
    }
    addPlan(lines, report);
    if (report.user) {
        addUser(lines, report);
    }
    if (report.written) {
        lines << tr("%1 in %2")
                         .arg(rowsText(report.written->rows),
                              QString::fromStdString(report.written->path)) +
                     unloggedText(report.written->logged);
    }
    return lines.join(u'\n');
}

} // namespace perennial
