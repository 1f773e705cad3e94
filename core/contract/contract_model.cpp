#include "core/contract/contract_model.h"

#include "core/value/fit_driver.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

namespace perennial {

namespace {

constexpr std::array<std::string_view, 2> kModels{"sbg", "bdw"};
/// Past this alpha or beta with no hold in the data, all customers churn alike.
constexpr double kLargeShape = 1000.0;

bool comesBefore(const ContractRow &a, const ContractRow &b)
{
    return a.periods != b.periods ? a.periods < b.periods : a.active < b.active;
}

bool isRow(const ContractRow &row)
{
    return row.periods >= (row.active ? 0 : 1) && row.periods <= kMostContractPeriods &&
           row.weight >= 0.0 && std::isfinite(row.weight);
}

/// How often contracts came to a renewal decision, and how often they ended there.
struct Decisions {
    double all = 0.0, ended = 0.0;
};

Decisions decisionsOf(const ContractTable &contracts)
{
    Decisions decisions;
    for (const ContractRow &row : contracts.rows) {
        decisions.all += row.weight * row.periods;
        decisions.ended += row.active ? 0.0 : row.weight;
    }
    return decisions;
}

Objective objectiveFor(ContractFamily family, std::shared_ptr<const ContractTable> contracts)
{
    return [family, contracts](const Eigen::VectorXd &at) {
        std::vector<double> parameters;
        for (const double v : at) {
            parameters.push_back(std::exp(v));
        }
        const LogLikelihood ll = contractLogLikelihood(family, parameters, *contracts);
        const double scale = -1.0 / contracts->customers;
        return Evaluation{scale * ll.value, scale * Eigen::Map<const Eigen::VectorXd>(
                                                        ll.logGradient.data(), at.size())};
    };
}

/// Around the share that churns at a decision: customers very different, different, and alike.
std::vector<Eigen::VectorXd> startsFor(ContractFamily family, double churn)
{
    const double share = std::clamp(churn, 1e-6, 1.0 - 1e-6);
    std::vector<Eigen::VectorXd> starts;
    for (const double c : {1.0, 0.6, 1.6}) {
        switch (family) {
        case ContractFamily::Sbg:
        case ContractFamily::Bdw:
            for (const double both : {0.7, 4.0, 60.0}) {
                const Eigen::VectorXd start = Eigen::Vector3d(
                    std::log(share * both), std::log((1.0 - share) * both), std::log(c));
                starts.push_back(start.head(family == ContractFamily::Bdw ? 3 : 2));
            }
            break;
        case ContractFamily::Geometric:
        case ContractFamily::DiscreteWeibull: {
            const Eigen::VectorXd start =
                Eigen::Vector2d(std::log(-std::log1p(-share)), std::log(c));
            starts.push_back(start.head(family == ContractFamily::DiscreteWeibull ? 2 : 1));
            break;
        }
        }
        if (family == ContractFamily::Sbg || family == ContractFamily::Geometric) {
            break; // without a c
        }
    }
    return starts;
}

Box boxFor(ContractFamily family)
{
    const auto size = static_cast<Eigen::Index>(contractParameterNames(family).size());
    Box box = boxAround(Eigen::VectorXd::Zero(size), 14.0);
    if (family == ContractFamily::Geometric || family == ContractFamily::DiscreteWeibull) {
        box.upper[0] = std::log(35.0); // e^−35 of the customers are left: nobody
    }
    if (family == ContractFamily::Bdw || family == ContractFamily::DiscreteWeibull) {
        box.lower[size - 1] = std::log(0.02);
        box.upper[size - 1] = std::log(20.0);
    }
    return box;
}

struct Fitted {
    ModelFit fit;
    Optimum optimum;
};

Result<Fitted> fitFamily(ContractFamily family, std::shared_ptr<const ContractTable> contracts,
                         const FitOptions &options, const Task &task)
{
    const Decisions decisions = decisionsOf(*contracts);
    const Objective objective = objectiveFor(family, contracts);
    const Box box = boxFor(family);
    Optimum optimum = bestOfStarts(objective, startsFor(family, decisions.ended / decisions.all),
                                   box, options, task);
    if (optimum.cancelled || task.cancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    ModelFit fit = describeFit(contractFamilyName(family), contractParameterNames(family),
                               objective, box, optimum, contracts->customers);
    return Fitted{std::move(fit), std::move(optimum)};
}

/// Whether customers who all churn alike explain the contracts as well.
bool isHomogeneous(const Fitted &full, const ModelFit &alike, double customers)
{
    constexpr double kNothing = 0.01; // of log-likelihood
    if (!alike.usable()) {
        return false;
    }
    if (isRunningAway(full.fit, 0, kLargeShape) || isRunningAway(full.fit, 1, kLargeShape)) {
        return true;
    }
    const bool interior = full.fit.status == FitStatus::Converged;
    return !interior && full.optimum.at.size() > 0 &&
           full.optimum.at.head(2).maxCoeff() > std::log(kLargeShape) &&
           alike.logLikelihood >= -full.optimum.value * customers - kNothing;
}

} // namespace

Result<ContractTable> contractTable(std::span<const ContractRow> rows)
{
    ContractTable table;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!isRow(rows[i])) {
            return fail(ErrorCode::BadData, std::to_string(i));
        }
        if (rows[i].weight > 0.0) {
            table.rows.push_back(rows[i]);
            table.customers += rows[i].weight;
        }
    }
    if (table.rows.empty() || !std::isfinite(table.customers)) {
        return fail(ErrorCode::TooLittleData, "rows");
    }
    std::sort(table.rows.begin(), table.rows.end(), comesBefore);
    std::size_t kept = 0;
    for (std::size_t i = 1; i < table.rows.size(); ++i) {
        if (comesBefore(table.rows[kept], table.rows[i])) {
            table.rows[++kept] = table.rows[i];
        } else {
            table.rows[kept].weight += table.rows[i].weight;
        }
    }
    table.rows.resize(kept + 1);
    return table;
}

Result<std::vector<ContractRow>> contractsOfCohort(std::span<const double> survivors)
{
    for (std::size_t t = 0; t < survivors.size(); ++t) {
        const double most = t > 0 ? survivors[t - 1] : survivors[t];
        if (!std::isfinite(survivors[t]) || survivors[t] < 0.0 || survivors[t] > most) {
            return fail(ErrorCode::BadData, std::to_string(t));
        }
    }
    const auto last = static_cast<std::int32_t>(
                          std::min<std::size_t>(survivors.size(), kMostContractPeriods + 1)) -
                      1;
    if (last < 1 || survivors[0] <= 0.0) {
        return fail(ErrorCode::TooLittleData, "periods");
    }
    std::vector<ContractRow> rows;
    for (std::int32_t t = 1; t <= last; ++t) {
        const auto at = static_cast<std::size_t>(t);
        rows.push_back({t, false, survivors[at - 1] - survivors[at]});
    }
    rows.push_back({last, true, survivors[static_cast<std::size_t>(last)]});
    return rows;
}

std::span<const std::string_view> contractModelNames() noexcept
{
    return kModels;
}

LogLikelihood contractLogLikelihood(ContractFamily family, std::span<const double> parameters,
                                    const ContractTable &contracts)
{
    LogLikelihood ll;
    ll.logGradient.resize(parameters.size());
    const auto add = [&](double weight, const ContractTerm &term) {
        for (std::size_t k = 0; k < parameters.size(); ++k) {
            ll.logGradient[k] += weight * term.by[k];
        }
    };
    for (const ContractRow &row : contracts.rows) {
        const std::int32_t reached = row.active ? row.periods : row.periods - 1;
        const ContractTerm survival = logContractSurvival(family, parameters, reached);
        ll.value += row.weight * survival.log;
        add(row.weight, survival);
        if (!row.active) {
            // log (1 − e^R), R = log of the retention there
            const ContractTerm retention = logContractRetention(family, parameters, row.periods);
            ll.value += row.weight * std::log(-std::expm1(retention.log));
            add(-row.weight / std::expm1(-retention.log), retention);
        }
    }
    return ll;
}

Result<ModelFit> fitContractModel(std::string_view model, const ContractTable &contracts,
                                  const FitOptions &options, const Task &task)
{
    if (std::find(kModels.begin(), kModels.end(), model) == kModels.end()) {
        return fail(ErrorCode::UnknownModel, std::string(model));
    }
    const Decisions decisions = decisionsOf(contracts);
    if (decisions.all <= 0.0) {
        return fail(ErrorCode::TooLittleData, "periods", std::string(model));
    }
    if (decisions.ended <= 0.0) {
        return fail(ErrorCode::TooLittleData, "no_churn", std::string(model));
    }
    const auto shared = std::make_shared<const ContractTable>(contracts);
    const bool shaped = model == "bdw";
    auto full = fitFamily(shaped ? ContractFamily::Bdw : ContractFamily::Sbg, shared, options,
                          task.part(0.0, 0.7));
    if (!full) {
        return full.error();
    }
    auto alike = fitFamily(shaped ? ContractFamily::DiscreteWeibull : ContractFamily::Geometric,
                           shared, options, task.part(0.7, 1.0));
    if (!alike) {
        return alike.error();
    }
    if (!isHomogeneous(*full, alike->fit, contracts.customers)) {
        return full->fit;
    }
    ModelFit fit = std::move(alike->fit);
    fit.model = model;
    fit.status = FitStatus::Boundary;
    fit.reason = "homogeneous_churn";
    fit.evaluations += full->fit.evaluations;
    return fit;
}

} // namespace perennial
