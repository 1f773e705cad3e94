#include "app/verbs/survival_output.h"

namespace perennial {

namespace {

using nlohmann::ordered_json;

template <class T>
ordered_json orNull(const std::optional<T> &value)
{
    return value ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json orNull(const std::string &text)
{
    return text.empty() ? ordered_json(nullptr) : ordered_json(text);
}

ordered_json testJson(const ChiSquareTest &test)
{
    return {{"chi2", test.chi2}, {"df", test.df}, {"p", orNull(test.p)}};
}

ordered_json curveJson(const SurvivalCurve &curve)
{
    ordered_json steps = ordered_json::array();
    for (const SurvivalStep &step : curve.steps) {
        steps.push_back({{"t", step.time},
                         {"s", step.survival},
                         {"lower", step.lower},
                         {"upper", step.upper},
                         {"at_risk", step.atRisk},
                         {"events", step.events},
                         {"censored", step.censored}});
    }
    return steps;
}

ordered_json atRiskJson(const std::vector<AtRiskRow> &rows)
{
    ordered_json table = ordered_json::array();
    for (const AtRiskRow &row : rows) {
        table.push_back({{"t", row.time},
                         {"at_risk", row.atRisk},
                         {"events", row.events},
                         {"censored", row.censored}});
    }
    return table;
}

void addCurve(ordered_json &json, const SurvivalGroup &group)
{
    json["events"] = group.events;
    json["km"] = curveJson(group.curve);
    json["median"] = orNull(group.curve.median());
    json["median_interval"] =
        ordered_json::array({orNull(group.curve.medianLower()), orNull(group.curve.medianUpper())});
    json["at_risk"] = atRiskJson(group.atRisk);
}

ordered_json groupsJson(const SurvivalStudy &study)
{
    ordered_json groups = ordered_json::array();
    for (std::size_t g = 0; g < study.groups.size(); ++g) {
        ordered_json group{{"value", study.groups[g].value}, {"rows", study.groups[g].rows}};
        addCurve(group, study.groups[g]);
        group["expected"] = study.logRank->groups[g].expected;
        groups.push_back(std::move(group));
    }
    return groups;
}

ordered_json termJson(const CoxStudy &cox, std::size_t column, double confidence)
{
    const SurvivalTerm &term = cox.fit.terms[column];
    const DesignColumn &of = cox.design.columns[column];
    const bool isWord = cox.design.isWords[of.term];
    const auto ratio = ratioOf(term, confidence);
    ordered_json json{{"name", cox.design.columnName(column)},
                      {"column", cox.design.terms[of.term]},
                      {"level", isWord ? ordered_json(of.level) : ordered_json()},
                      {"baseline",
                       isWord ? ordered_json(cox.design.baselines[of.term]) : ordered_json()},
                      {"state", termStateName(term.state)},
                      {"coef", orNull(term.coefficient)},
                      {"se", orNull(term.standardError)},
                      {"hazard_ratio", ratio ? ordered_json(ratio->ratio) : ordered_json()},
                      {"interval", ratio ? ordered_json::array({ratio->lower, ratio->upper})
                                         : ordered_json()},
                      {"p", orNull(term.p())}};
    json["sign"] = term.state == TermState::Infinite ? ordered_json(term.sign) : ordered_json();
    return json;
}

ordered_json proportionalityJson(const CoxStudy &cox)
{
    if (!cox.proportionality) {
        return nullptr;
    }
    ordered_json columns = ordered_json::array();
    for (std::size_t term = 0; term < cox.proportionality->terms.size(); ++term) {
        ordered_json json{{"name", cox.design.terms[term]}};
        json.update(testJson(cox.proportionality->terms[term]));
        columns.push_back(std::move(json));
    }
    return {{"transform", timeTransformName(cox.proportionality->transform)},
            {"global", testJson(cox.proportionality->global)},
            {"columns", std::move(columns)}};
}

ordered_json coxJson(const CoxStudy &cox, double confidence)
{
    const CoxFit &fit = cox.fit;
    ordered_json terms = ordered_json::array();
    for (std::size_t k = 0; k < fit.terms.size(); ++k) {
        terms.push_back(termJson(cox, k, confidence));
    }
    return {{"status", survivalFitStatusName(fit.status)},
            {"ties", coxTiesName(fit.ties)},
            {"rows", fit.rows},
            {"left_out", cox.leftOut},
            {"events", fit.events},
            {"strata", fit.strata},
            {"terms", std::move(terms)},
            {"log_likelihood", fit.logLikelihood},
            {"null_log_likelihood", fit.nullLogLikelihood},
            {"likelihood_ratio", testJson(fit.likelihoodRatio)},
            {"wald", fit.wald ? testJson(*fit.wald) : ordered_json()},
            {"score", testJson(fit.score)},
            {"concordance", orNull(fit.concordance.index())},
            {"proportionality", proportionalityJson(cox)}};
}

void addSource(ordered_json &json, const SurvivalReport &report)
{
    const SurvivalInput &input = report.input;
    ordered_json rejected = ordered_json::array();
    for (const RejectedLines &lines : input.rejected) {
        rejected.push_back({{"reason", lines.reason},
                            {"column", orNull(lines.column)},
                            {"rows", lines.rows},
                            {"first_line", lines.firstLine},
                            {"text", lines.text}});
    }
    json["rows"] = {{"read", input.read},
                    {"used", report.study.all.rows},
                    {"rejected", input.read - report.study.all.rows}};
    json["rejected"] = std::move(rejected);
    const auto &churn = input.churn;
    json["at"] = churn ? ordered_json(formatDate(churn->at)) : ordered_json();
    json["churned_after_days"] = churn ? ordered_json(churn->churnedAfter.days) : ordered_json();
    json["churned_after_source"] =
        churn ? ordered_json(churnDaysSourceName(churn->churnedAfter.source)) : ordered_json();
    json["horizon_days"] = churn ? ordered_json(churn->horizonDays) : ordered_json();
    json["returned"] = churn ? ordered_json(churn->returned) : ordered_json();
}

} // namespace

ordered_json survivalJson(const SurvivalReport &report)
{
    const SurvivalStudy &study = report.study;
    ordered_json json;
    addSource(json, report);
    json["confidence"] = study.confidence;
    addCurve(json, study.all);
    json["by"] = orNull(report.request.by);
    json["groups"] = groupsJson(study);
    json["logrank"] = study.logRank ? ordered_json{{"chi2", study.logRank->chi2},
                                                   {"df", study.logRank->df},
                                                   {"p", orNull(study.logRank->p)}}
                                    : ordered_json();
    json["cox"] = study.cox ? coxJson(*study.cox, study.confidence) : ordered_json();
    return json;
}

QString survivalJsonHelp()
{
    return QStringLiteral(
        "rows                  {read, used, rejected}: lines of the table, or users with an\n"
        "                      activity up to `at`\n"
        "rejected              [{reason, column, rows, first_line, text}] why lines are not used\n"
        "at                    project: the snapshot day; null of a table, as the next four\n"
        "churned_after_days    the silence after which a user counts as churned\n"
        "churned_after_source  setting | estimated | default (the data can't say)\n"
        "horizon_days          horizon of that estimate\n"
        "returned              churned users who came back all the same\n"
        "confidence            of all intervals\n"
        "events                rows with the event\n"
        "km                    [{t, s: P(T > t), lower, upper, at_risk: just before t, events,\n"
        "                      censored}] at every distinct duration\n"
        "median                null where the curve never falls to 1/2\n"
        "median_interval       [lower, upper], each null where its limit never does\n"
        "at_risk               [{t, at_risk, events, censored: up to t}] at even times\n"
        "by                    the column of the groups, or null\n"
        "groups                [{value, rows, events, km, median, median_interval, at_risk,\n"
        "                      expected: events if all had one hazard}], value \"\" = missing\n"
        "logrank               {chi2, df, p} of the groups, within strata; null without groups, p\n"
        "                      null where nothing can be compared\n"
        "cox                   null without --cox; else\n"
        "  status              converged | monotone_likelihood (terms are infinite) |\n"
        "                      did_not_converge\n"
        "  ties                efron | breslow\n"
        "  rows, events, strata; left_out: rows in which a number is missing\n"
        "  terms               [{name, column, level, baseline: words are compared with the\n"
        "                      commonest, state: estimated | constant | collinear | infinite,\n"
        "                      coef, se, hazard_ratio, interval, p, sign: of an infinite one}]\n"
        "  log_likelihood, null_log_likelihood   partial\n"
        "  likelihood_ratio, wald, score         {chi2, df, p} that all coefficients are 0\n"
        "  concordance         Harrell's C, within strata\n"
        "  proportionality     {transform, global {chi2, df, p}, columns [{name, chi2, df, p}]}:\n"
        "                      a small p says that hazards are not proportional; null where the\n"
        "                      fit has not converged or log t meets an event at 0");
}

} // namespace perennial
