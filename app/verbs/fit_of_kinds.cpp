#include "app/verbs/fit_of_kinds.h"

#include "app/verbs/fit_output.h"
#include "core/forecast/customer_groups.h"
#include "core/project/attribute_store.h"
#include "core/value/covariates.h"
#include "core/value/group_fits.h"
#include "ui/error_text.h"
#include "ui/wording/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>

namespace perennial {

namespace {

using nlohmann::ordered_json;

QString tr(const char *text)
{
    return QCoreApplication::translate("Fit", text);
}

/// Who the customers are, as grouping takes them.
JudgedForecast whoTheyAre(const CustomerSummary &customers)
{
    JudgedForecast who;
    who.user = customers.user;
    const double days = daysPer(customers.period);
    for (std::size_t i = 0; i < customers.size(); ++i) {
        who.firstOrder.push_back(
            static_cast<Day>(customers.until - std::llround(customers.T[i] * days)));
        who.ordersBefore.push_back(customers.x[i] + 1);
    }
    return who;
}

Result<CalibrationGroups> groupsBy(const Project &project, const CustomerSummary &customers,
                                const std::string &by)
{
    const JudgedForecast who = whoTheyAre(customers);
    if (by == "cohort") {
        return groupsByFirstOrder(who);
    }
    return by == "orders" ? Result<CalibrationGroups>(groupsByOrders(who))
                          : groupsByAttribute(project, by, who);
}

QString nameOf(const std::string &group)
{
    return group.empty() ? tr("not known") : QString::fromStdString(group);
}

ordered_json groupsJson(const GroupFits &fits)
{
    ordered_json groups = ordered_json::array();
    for (const GroupFit &group : fits.groups) {
        ordered_json json{{"group", group.group}, {"customers", group.customers}};
        json["fit"] =
            group.fit ? ordered_json::parse(fitToJson(*group.fit)) : ordered_json(nullptr);
        json["error"] = group.error ? ordered_json(errorText(*group.error).toStdString())
                                    : ordered_json(nullptr);
        groups.push_back(std::move(json));
    }
    return groups;
}

QString groupLine(const GroupFit &group)
{
    const QString head =
        QStringLiteral("%1 %2").arg(nameOf(group.group), -16).arg(countText(group.customers), 10);
    if (!group.fit) {
        return tr("%1  not fitted: %2").arg(head, errorText(*group.error));
    }
    QStringList parameters;
    for (std::size_t i = 0; i < group.fit->parameters.size(); ++i) {
        parameters << QStringLiteral("%1 %2")
                          .arg(QString::fromStdString(group.fit->names[i]))
                          .arg(group.fit->parameters[i], 0, 'g', 5);
    }
    return QStringLiteral("%1  %2  %3")
        .arg(head, parameters.join(QStringLiteral(", ")),
             QString::fromStdString(group.fit->reason));
}

/// The columns of one attribute, appended to the table's rows.
struct Columns {
    std::vector<std::string> names;
    std::vector<std::vector<double>> values; ///< one vector per column, one value per customer
};

std::vector<double> numbersOf(const AttributeColumn &column, const CustomerSummary &customers)
{
    std::vector<double> values(customers.size(), std::numeric_limits<double>::quiet_NaN());
    std::size_t k = 0;
    for (std::size_t i = 0; i < customers.size(); ++i) {
        while (k < column.ids.size() && column.ids[k] < customers.user[i]) {
            ++k;
        }
        if (k < column.ids.size() && column.ids[k] == customers.user[i]) {
            if (const double *number = std::get_if<double>(&column.values[k])) {
                values[i] = *number;
            }
        }
    }
    return values;
}

/// One column for each value but the commonest.
void addCategories(Columns &columns, const std::string &name, const CalibrationGroups &groups)
{
    std::vector<std::size_t> counts(groups.names.size(), 0);
    for (const std::uint32_t g : groups.of) {
        ++counts[g];
    }
    const auto commonest =
        static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin());
    for (std::size_t g = 0; g < groups.names.size(); ++g) {
        if (g == commonest || counts[g] == 0) {
            continue;
        }
        columns.names.push_back(name + "=" + (groups.names[g].empty() ? "?" : groups.names[g]));
        std::vector<double> values;
        for (const std::uint32_t of : groups.of) {
            values.push_back(of == g ? 1.0 : 0.0);
        }
        columns.values.push_back(std::move(values));
    }
}

Result<CovariateTable> covariatesOf(const Project &project, const CustomerSummary &customers,
                                    const std::vector<std::string> &names)
{
    const auto attributes = readAttributes(project, Entity::User);
    if (!attributes) {
        return attributes.error();
    }
    Columns columns;
    for (const std::string &name : names) {
        const auto number = std::ranges::find_if(*attributes, [&](const Attribute &a) {
            return a.name == name && a.type == AttributeType::Number;
        });
        if (number != attributes->end()) {
            const auto column = readAttributeColumn(project, *number);
            if (!column) {
                return column.error();
            }
            columns.names.push_back(name);
            columns.values.push_back(numbersOf(*column, customers));
            continue;
        }
        const auto groups = groupsByAttribute(project, name, whoTheyAre(customers));
        if (!groups) {
            return groups.error();
        }
        addCategories(columns, name, *groups);
    }
    CovariateTable table;
    table.names = columns.names;
    table.rows = customers.size();
    for (std::size_t i = 0; i < table.rows; ++i) {
        for (const std::vector<double> &column : columns.values) {
            table.values.push_back(column[i]);
        }
    }
    return table;
}

ordered_json orNull(std::optional<double> value)
{
    return value ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json termsJson(const CovariateFit &fit)
{
    ordered_json terms = ordered_json::array();
    for (const CovariateTerm &term : fit.terms) {
        terms.push_back({{"covariate", term.covariate},
                         {"parameter", term.parameter},
                         {"coefficient", term.coefficient},
                         {"standard_error", orNull(term.standardError)},
                         {"z", orNull(term.z)},
                         {"unbounded", term.unbounded}});
    }
    return terms;
}

} // namespace

Result<VerbOutput> fitByKind(const Project &project, const std::string &model,
                             const CustomerSummary &customers, const std::string &by,
                             const Task &task)
{
    const auto groups = groupsBy(project, customers, by);
    if (!groups) {
        return groups.error();
    }
    const std::vector<std::int32_t> of(groups->of.begin(), groups->of.end());
    const auto fits = fitByGroup(model, customers, of, groups->names, {}, task);
    if (!fits) {
        return fits.error();
    }
    VerbOutput output;
    output.json = {{"model", model}, {"by", by}};
    output.json["pooled"] = ordered_json::parse(fitToJson(fits->pooled));
    output.json["groups"] = groupsJson(*fits);
    // Groups by the orders themselves are chosen by what the model explains: no test holds then.
    const bool tested = fits->ratio && by != "orders";
    output.json["likelihood_ratio"] = tested ? ordered_json{{"statistic", fits->ratio->statistic},
                                                            {"degrees", fits->ratio->degrees},
                                                            {"p", fits->ratio->p}}
                                             : ordered_json(nullptr);
    QStringList lines = fitLines(fits->pooled);
    for (const GroupFit &group : fits->groups) {
        lines << groupLine(group);
    }
    lines
        << (tested ? tr("groups against one fit for all: likelihood ratio %1, %2 degrees of "
                        "freedom, p %3")
                         .arg(fits->ratio->statistic, 0, 'f', 2)
                         .arg(fits->ratio->degrees)
                         .arg(fits->ratio->p, 0, 'g', 3)
            : by == "orders"
                ? tr("no test of the groups: they are chosen by the orders that the model explains")
                : tr("no test of the groups: fewer than two fits of the same model"));
    output.text = lines.join(u'\n');
    return output;
}

Result<VerbOutput> fitWithAttributes(const Project &project, const std::string &model,
                                     const CustomerSummary &customers,
                                     const std::vector<std::string> &names, const Task &task)
{
    const auto table = covariatesOf(project, customers, names);
    if (!table) {
        return table.error();
    }
    const auto fit = fitWithCovariates(model, customers, *table, {}, task);
    if (!fit) {
        return fit.error();
    }
    VerbOutput output;
    output.json = {{"model", model}};
    output.json["baseline"] = ordered_json::parse(fitToJson(fit->baseline));
    output.json["terms"] = termsJson(*fit);
    output.json["likelihood_ratio"] = {{"statistic", fit->likelihoodRatio},
                                       {"degrees", fit->degreesOfFreedom},
                                       {"p", fit->pValue}};
    QStringList lines = fitLines(fit->baseline);
    for (const CovariateTerm &term : fit->terms) {
        lines << tr("  %1 on %2: %3 ± %4%5")
                     .arg(QString::fromStdString(term.covariate),
                          QString::fromStdString(term.parameter))
                     .arg(term.coefficient, 0, 'g', 5)
                     .arg(term.standardError ? QString::number(*term.standardError, 'g', 3)
                                             : kMissing,
                          term.unbounded ? tr(" (without bound: no estimate)") : QString());
    }
    lines << tr("against the fit without covariates: likelihood ratio %1, %2 degrees of freedom, p "
                "%3")
                 .arg(fit->likelihoodRatio, 0, 'f', 2)
                 .arg(fit->degreesOfFreedom)
                 .arg(fit->pValue, 0, 'g', 3);
    output.text = lines.join(u'\n');
    output.exitCode = fit->baseline.usable() ? 0 : 1;
    return output;
}

} // namespace perennial
