#include "core/behavior/validation_torch.h"

#include "core/base/rng.h"
#include "core/features/metrics.h"
#include "core/features/calibration.h"
#include "core/survival/concordance.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>

namespace perennial::net {

namespace {

constexpr std::size_t kUsersPerPart = 64;
constexpr std::uint64_t kSampleStream = 7;
constexpr std::array kReturnHorizons{7, 30, 90}; ///< days; of pReturn, in its order

/// Marks the catalogue rows a user met up to a day.
std::vector<bool> itemsMet(const SequenceSource &source, std::int64_t user, Day day)
{
    std::vector<bool> met(static_cast<std::size_t>(source.catalog.rows()), false);
    const EventSpan span = eventsUpTo(source.events, user, day);
    for (std::int64_t row = span.begin; row < span.end; ++row) {
        const std::int32_t item = source.encoded.item[static_cast<std::size_t>(row)];
        if (item > 0) {
            met[static_cast<std::size_t>(item) - 1] = true;
        }
    }
    return met;
}

std::int32_t firstNewItem(const SequenceSource &source, std::int64_t user, EventSpan known)
{
    std::vector<std::int32_t> met(source.encoded.item.begin() + known.begin,
                                  source.encoded.item.begin() + known.end);
    std::sort(met.begin(), met.end());
    const std::int64_t end = source.events.offsets[static_cast<std::size_t>(user) + 1];
    for (std::int64_t row = firstInterest(source, known.end, end); row < end;
         row = firstInterest(source, row + 1, end)) {
        const std::int32_t item = source.encoded.item[static_cast<std::size_t>(row)];
        if (!std::binary_search(met.begin(), met.end(), item)) {
            return item;
        }
    }
    return 0;
}

ValidationCase caseOf(const SequenceSource &source, const HistorySplit &split, std::int64_t user,
                      EventSpan known)
{
    ValidationCase made;
    made.row.user = user;
    for (std::int64_t row = known.begin; row < known.end && !made.row.customer; ++row) {
        made.row.customer = source.events.kind[static_cast<std::size_t>(row)] == EventKind::Purchase;
    }
    const WindowOutcome outcome = outcomeAfter(source.events, user, split.cut, split.labelDays);
    made.row.churned = !outcome.ordered;
    made.row.value = outcome.net;
    made.row.clicked = outcome.clicked;
    made.row.returnDays = outcome.returnDays;
    made.row.pChurn = made.row.pPurchase = made.row.pClick = std::nan("");
    made.row.expectedValue = made.row.expectedReturnDays = std::nan("");
    made.row.pReturn.fill(std::nan(""));
    const std::int64_t end = source.events.offsets[static_cast<std::size_t>(user) + 1];
    const std::int64_t next = firstInterest(source, known.end, end);
    if (next < end) {
        made.nextItem = source.encoded.item[static_cast<std::size_t>(next)];
        made.newItem = firstNewItem(source, user, known);
        made.row.nextItem = source.catalog.id[static_cast<std::size_t>(made.nextItem)];
        made.row.newItem = source.catalog.id[static_cast<std::size_t>(made.newItem)];
    }
    return made;
}

void rankCase(ValidationCase &made, std::span<const float> scores, const SequenceSource &source,
              Day cut)
{
    if (made.nextItem > 0) {
        made.row.rank = rankOf(scores, static_cast<std::size_t>(made.nextItem) - 1);
    }
    if (made.newItem > 0) {
        const std::vector<bool> met = itemsMet(source, made.row.user, cut);
        made.row.newRank = rankOf(scores, static_cast<std::size_t>(made.newItem) - 1, &met);
    }
}

void setPredictions(ValidationRow &row, Outlooks outlooks, std::size_t k,
                    const ValidationSetup &setup)
{
    const Heads &heads = setup.heads;
    if (heads.order()) {
        const double pNoOrder = pChurnOf(outlooks, k, setup.carry);
        row.pChurn = heads.churn ? pNoOrder : row.pChurn;
        row.pPurchase = heads.purchase ? 1 - pNoOrder : row.pPurchase;
    }
    if (heads.value) {
        row.expectedValue = expectedValueOf(outlooks, k, setup.carry);
    }
    if (heads.click) {
        row.pClick = pClickOf(outlooks, k, setup.carry);
    }
    if (heads.returnTime) {
        const ReturnMixture returns = returnsOf(outlooks, k);
        row.expectedReturnDays = returns.meanWithin(setup.labelDays);
        for (std::size_t h = 0; h < kReturnHorizons.size(); ++h) {
            row.pReturn[h] = returns.within(kReturnHorizons[h]);
        }
    }
}

/// Of all heads but the next item. @return sums of their losses.
LossSums predictLabels(std::span<ValidationCase> cases, const Ensemble &ensemble,
                       const Ensemble::Users &users, const SequenceBatch &batch,
                       const ValidationSetup &setup)
{
    const std::vector<Inference::Outlook> outlooks =
        ensemble.outlooks(users, batch, setup.heads,
                          setup.knownDays > 0 ? setup.knownDays : setup.labelDays);
    SequenceBatch labels;
    for (std::size_t k = 0; k < cases.size(); ++k) {
        ValidationRow &row = cases[k].row;
        setPredictions(row, outlooks, k, setup);
        labels.addLabels({!row.churned, row.value, row.clicked, row.returnDays}, setup.labelDays);
    }
    LossSums sums;
    const HeadLabels truth = labelsOf(labels, users.front().device());
    for (const Inference::Outlook &outlook : outlooks) {
        sums.add(sumsOf(lossesOf(outlook.outputs, truth, setup.bounds)));
    }
    for (double *sum : {&sums.order, &sums.value, &sums.click, &sums.returnTime}) {
        *sum /= static_cast<double>(outlooks.size());
    }
    sums.labels = static_cast<std::int64_t>(cases.size());
    return sums;
}

/// Predictions of a few users.
LossSums predictPart(std::span<ValidationCase> cases, const Ensemble &ensemble,
                     const ValidationSetup &setup)
{
    const at::NoGradGuard frozen;
    BatchBuilder builder(*setup.source);
    for (const ValidationCase &one : cases) {
        builder.addHistory(one.row.user, setup.cut);
    }
    const SequenceBatch batch = builder.take();
    const Ensemble::Users users = ensemble.users(batch);
    LossSums sums;
    if (setup.heads.nextItem) {
        const at::Tensor scores = ensemble.logProbabilities(users);
        const auto rows = static_cast<std::size_t>(ensemble.rows());
        for (std::size_t k = 0; k < cases.size(); ++k) {
            const std::span<const float> mine(scores.data_ptr<float>() + k * rows, rows);
            rankCase(cases[k], mine, *setup.source, setup.cut);
            if (cases[k].nextItem > 0) {
                sums.nextItem -= mine[static_cast<std::size_t>(cases[k].nextItem) - 1];
                ++sums.targets;
            }
        }
    }
    if (setup.heads.labels()) {
        sums.add(predictLabels(cases, ensemble, users, batch, setup));
    }
    return sums;
}

/// Columns of the customers among the cases.
struct Customers {
    std::vector<double> pChurn, value, expected;
    std::vector<bool> churned;
};
Customers customersOf(const std::vector<ValidationCase> &cases)
{
    Customers c;
    for (const ValidationCase &one : cases) {
        if (one.row.customer) {
            c.pChurn.push_back(one.row.pChurn);
            c.churned.push_back(one.row.churned);
            c.value.push_back(one.row.value);
            c.expected.push_back(one.row.expectedValue);
        }
    }
    return c;
}

/// Probabilities of everybody beside what happened.
struct Chances {
    std::vector<double> p;
    std::vector<bool> happened;
};
template <class Of>
Chances chancesOf(const std::vector<ValidationCase> &cases, Of of)
{
    Chances chances;
    for (const ValidationCase &one : cases) {
        const auto [p, happened] = of(one.row);
        chances.p.push_back(p);
        chances.happened.push_back(happened);
    }
    return chances;
}

void setRanks(BehaviorMetrics &metrics, const std::vector<ValidationCase> &cases)
{
    std::vector<double> ranks, newRanks;
    for (const ValidationCase &one : cases) {
        if (one.row.rank > 0) {
            ranks.push_back(one.row.rank);
        }
        if (one.row.newRank > 0) {
            newRanks.push_back(one.row.newRank);
        }
    }
    metrics.rankedUsers = static_cast<std::int64_t>(ranks.size());
    metrics.newRankedUsers = static_cast<std::int64_t>(newRanks.size());
    if (const auto quality = rankingQuality(ranks)) {
        metrics.hr10 = quality->hr10;
        metrics.ndcg10 = quality->ndcg10;
        metrics.mrr = quality->mrr;
    }
    if (const auto quality = rankingQuality(newRanks)) {
        metrics.hr10New = quality->hr10;
        metrics.ndcg10New = quality->ndcg10;
        metrics.mrrNew = quality->mrr;
    }
}

void setReturns(BehaviorMetrics &metrics, const std::vector<ValidationCase> &cases, int labelDays)
{
    std::vector<double> sooner, days;
    std::vector<std::int8_t> came;
    for (const ValidationCase &one : cases) {
        sooner.push_back(-one.row.expectedReturnDays);
        came.push_back(one.row.returnDays > 0 ? 1 : 0);
        days.push_back(one.row.returnDays > 0 ? one.row.returnDays : labelDays);
    }
    if (const auto pairs = concordance(days, came, sooner)) {
        metrics.returnConcordance = pairs->index();
    }
    std::array errors{&metrics.returnEce7, &metrics.returnEce30, &metrics.returnEce90};
    for (std::size_t h = 0; h < kReturnHorizons.size(); ++h) {
        const int horizon = kReturnHorizons[h];
        if (horizon <= labelDays) {
            const Chances all = chancesOf(cases, [&](const ValidationRow &row) {
                return std::pair(row.pReturn[h], row.returnDays > 0 && row.returnDays <= horizon);
            });
            *errors[h] = calibrationError(all.p, all.happened);
        }
    }
}

} // namespace

std::vector<ValidationCase> validationCases(const SequenceSource &source, const HistorySplit &split)
{
    std::vector<ValidationCase> cases;
    for (std::int64_t user = 1; user <= source.events.maxUser(); ++user) {
        const EventSpan known = eventsUpTo(source.events, user, split.cut);
        if (known.size() > 0) {
            cases.push_back(caseOf(source, split, user, known));
        }
    }
    return cases;
}

std::vector<ValidationCase> sampleCases(const std::vector<ValidationCase> &cases, std::size_t most,
                                        std::int64_t seed)
{
    if (cases.size() <= most) {
        return cases;
    }
    // Algorithm S: each case with the chance that is still needed, so that order is kept.
    Rng rng(static_cast<std::uint64_t>(seed), kSampleStream);
    std::vector<ValidationCase> chosen;
    chosen.reserve(most);
    for (std::size_t k = 0; k < cases.size(); ++k) {
        const double needed = static_cast<double>(most - chosen.size());
        if (rng.uniform() * static_cast<double>(cases.size() - k) < needed) {
            chosen.push_back(cases[k]);
        }
    }
    return chosen;
}

Result<LossSums> predict(std::vector<ValidationCase> &cases, const Network &network,
                         const ValidationSetup &setup, WorkerCrew &crew, const Task &task)
{
    const Ensemble one(network, setup.source->catalog, setup.bounds);
    return predict(cases, one, setup, crew, task);
}

Result<LossSums> predict(std::vector<ValidationCase> &cases, const Ensemble &ensemble,
                         const ValidationSetup &setup, WorkerCrew &crew, const Task &task)
{
    const std::size_t parts = (cases.size() + kUsersPerPart - 1) / kUsersPerPart;
    std::vector<LossSums> losses(parts);
    // rounds, so that a cancel is seen between them
    const std::size_t round = static_cast<std::size_t>(crew.workers()) * 4;
    for (std::size_t from = 0; from < parts; from += round) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        crew.run(std::min(round, parts - from), [&](std::size_t k) {
            const std::size_t first = (from + k) * kUsersPerPart;
            losses[from + k] = predictPart(
                std::span(cases).subspan(first, std::min(kUsersPerPart, cases.size() - first)),
                ensemble, setup);
        });
        task.progress(static_cast<double>(from) / static_cast<double>(parts), "validating");
    }
    LossSums sums;
    for (const LossSums &part : losses) {
        sums.add(part);
    }
    return sums;
}

Result<std::vector<std::vector<float>>> itemScoresAt(Day cut, std::span<const std::int64_t> users,
                                                     const SequenceSource &source,
                                                     const Ensemble &ensemble)
{
    const at::NoGradGuard frozen;
    std::vector<std::vector<float>> scores;
    const std::vector<std::int32_t> &rowOfId = source.catalog.rowOfId;
    for (std::size_t from = 0; from < users.size(); from += kUsersPerPart) {
        const std::size_t size = std::min(kUsersPerPart, users.size() - from);
        BatchBuilder builder(source);
        for (const std::int64_t user : users.subspan(from, size)) {
            builder.addHistory(user, cut);
        }
        const at::Tensor logs = ensemble.logProbabilities(ensemble.users(builder.take()));
        const auto width = static_cast<std::size_t>(logs.size(1));
        for (std::size_t k = 0; k < size; ++k) {
            const float *row = logs.data_ptr<float>() + k * width;
            std::vector<float> byId(rowOfId.size(), -std::numeric_limits<float>::infinity());
            for (std::size_t id = 1; id < rowOfId.size(); ++id) {
                if (rowOfId[id] > 0) {
                    byId[id] = row[rowOfId[id] - 1];
                }
            }
            scores.push_back(std::move(byId));
        }
    }
    return scores;
}

BehaviorMetrics metricsOf(const std::vector<ValidationCase> &cases, const ValidationSetup &setup)
{
    const Heads &heads = setup.heads;
    BehaviorMetrics metrics;
    metrics.items = setup.source->catalog.rows();
    setRanks(metrics, cases);
    const Customers c = customersOf(cases);
    metrics.valueUsers = heads.labels() ? static_cast<std::int64_t>(c.value.size()) : 0;
    metrics.windowUsers = heads.labels() ? std::ssize(cases) : 0;
    if (heads.churn) {
        metrics.churnAuc = areaUnderCurve(c.pChurn, c.churned);
        metrics.churnLogLoss = logLoss(c.pChurn, c.churned);
        metrics.churnEce = calibrationError(c.pChurn, c.churned);
    }
    if (heads.value) {
        metrics.valueMae = meanAbsoluteError(c.expected, c.value);
        metrics.valueSpearman = spearman(c.expected, c.value);
        metrics.valueBias = relativeBias(c.expected, c.value);
    }
    if (heads.purchase) {
        const Chances all = chancesOf(cases, [](const ValidationRow &row) {
            return std::pair(row.pPurchase, !row.churned);
        });
        metrics.purchaseAuc = areaUnderCurve(all.p, all.happened);
        metrics.purchaseLogLoss = logLoss(all.p, all.happened);
        metrics.purchaseEce = calibrationError(all.p, all.happened);
    }
    if (heads.click) {
        const Chances all = chancesOf(
            cases, [](const ValidationRow &row) { return std::pair(row.pClick, row.clicked); });
        metrics.clickAuc = areaUnderCurve(all.p, all.happened);
        metrics.clickLogLoss = logLoss(all.p, all.happened);
        metrics.clickEce = calibrationError(all.p, all.happened);
    }
    if (heads.returnTime) {
        setReturns(metrics, cases, setup.labelDays);
    }
    return metrics;
}

} // namespace perennial::net
