#include "ui/wording/fit_words.h"

#include "ui/wording/forecast_words.h"

#include <QCoreApplication>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(FitWords)
};

} // namespace

QString fitBoundaryText(const ModelFit &fit)
{
    const QString reported = forecasterText(fit.reportedModel);
    const std::string &reason = fit.reason;
    if (reason == "no_churn") {
        return Words::tr("the data show no sign of customers leaving; %1 is reported in its place "
                         "and P(alive) is 1 for all")
            .arg(reported);
    }
    if (reason == "no_aging") {
        return Words::tr("the risk of leaving does not change with age; %1 is reported in its place")
            .arg(reported);
    }
    if (reason == "no_dropout") {
        return Words::tr("the data show nobody leaving; P(alive) is 1 for all");
    }
    if (reason == "homogeneous_rate") {
        return Words::tr("all customers seem to buy at the same rate");
    }
    if (reason == "homogeneous_dropout") {
        return Words::tr("all customers seem equally likely to leave");
    }
    if (reason == "homogeneous_spend") {
        return Words::tr("all customers seem to spend alike");
    }
    if (reason == "homogeneous_churn") {
        return Words::tr("all customers seem to churn alike; %1 is reported in its place")
            .arg(reported);
    }
    if (reason == "constant_spend") {
        return Words::tr("each customer seems to spend the same every time");
    }
    if (reason == "infinite_mean") {
        return Words::tr("the fitted spend has no finite mean; everybody gets the observed mean");
    }
    if (reason == "most_regular") {
        return Words::tr("purchases come more regularly than the largest k");
    }
    if (reason == "unbounded_effect") {
        return Words::tr("a covariate separates the customers: its effect has no bound");
    }
    return Words::tr("the likelihood rises towards the edge of what the parameters may be");
}

} // namespace perennial
