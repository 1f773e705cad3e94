#include "ui/wording/churn_words.h"

#include "core/churn/churn_risk.h"
#include "ui/error_text.h"
#include "ui/wording/forecast_words.h"
#include "ui/wording/format.h"

#include <QCoreApplication>

#include <array>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ChurnWords)
};

} // namespace

QString riskMethodText(const std::string &name)
{
    if (name == "behavior") {
        return Words::tr("Behaviour model");
    }
    if (name == kRecencyMethod) {
        return Words::tr("Days since the last order");
    }
    return forecasterText(name);
}

QString riskProblemText(const Error &error)
{
    if (error.code == ErrorCode::NoPurchases) {
        return Words::tr("nobody had ordered by then");
    }
    if (error.code != ErrorCode::TooLittleData) {
        return errorText(error);
    }
    if (error.where == "history") {
        return Words::tr("the history is too short to learn from: it would have to reach four weeks "
                         "further back than the horizon, and has %1. A shorter horizon helps")
            .arg(daysText(QString::fromStdString(error.detail).toLongLong()));
    }
    if (error.where == "segment") {
        return Words::tr("nobody of these users was a customer at the cut");
    }
    return error.detail == "all_returned"    ? Words::tr("everybody came back: nobody to learn "
                                                         "leaving from")
           : error.detail == "none_returned" ? Words::tr("nobody came back: nobody to learn staying "
                                                         "from")
           : error.detail == "no_customers"  ? Words::tr("nobody had ordered by the day it learns at")
                                             : errorText(error);
}

QString reasonGroupText(ReasonGroup group)
{
    switch (group) {
    case ReasonGroup::Recency:
        return Words::tr("How long ago, and lately");
    case ReasonGroup::Frequency:
        return Words::tr("How often");
    case ReasonGroup::Spend:
        return Words::tr("How much");
    case ReasonGroup::Tenure:
        return Words::tr("How long a customer");
    case ReasonGroup::Model:
        break;
    }
    return Words::tr("What the value model expects");
}

QString riskFeatureText(const std::string &column)
{
    const std::array<std::pair<const char *, QString>, 17> known{{
        {"log_order_days", Words::tr("Days with an order")},
        {"log_days_since_order", Words::tr("Days since the last order")},
        {"log_tenure", Words::tr("Days since the first order")},
        {"log_order_span", Words::tr("Days from first to last order")},
        {"log_net", Words::tr("Net spend")},
        {"log_mean_order_day", Words::tr("Spend per order day")},
        {"log_last_order_day", Words::tr("Spend on the last order day")},
        {"log_largest_order_day", Words::tr("Largest order day")},
        {"log_refunds", Words::tr("Refunds")},
        {"log_net_recent", Words::tr("Net spend within the last horizon")},
        {"log_orders_recent", Words::tr("Orders within the last horizon")},
        {"log_net_lately", Words::tr("Net spend within a third of it")},
        {"log_orders_lately", Words::tr("Orders within a third of it")},
        {"log_mean_gap", Words::tr("Mean days between orders")},
        {"log_expected_orders", Words::tr("Orders the value model expects")},
        {"log_expected_value", Words::tr("Value the value model expects")},
        {"p_alive", Words::tr("P(alive)")},
    }};
    for (const auto &[name, text] : known) {
        if (column == name) {
            return text;
        }
    }
    return QString::fromStdString(column);
}

} // namespace perennial
