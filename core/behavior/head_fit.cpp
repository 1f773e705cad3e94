#include "core/behavior/head_fit_torch.h"

#include "core/base/hash.h"
#include "core/behavior/optimizer_torch.h"
#include "core/features/splits.h"
#include "core/neural/layers_torch.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

namespace perennial::net {

namespace {

constexpr std::size_t kRowsPerPart = 64;
constexpr std::uint64_t kOrderStream = 9;
constexpr std::int64_t kBatch = 256;
/// Windows whose events are encoded: the first ones of those that are summed up.
constexpr std::size_t kMostEncoded = 20'000;

HeadRows rowsAt(const HeadRows &all, const at::Tensor &index)
{
    const auto take = [&](const at::Tensor &column) {
        return column.defined() ? column.index_select(0, index) : column;
    };
    const HeadLabels &l = all.labels;
    return {take(all.users), take(all.summary),
            {take(l.churned), take(l.value), take(l.clicked), take(l.returnDays),
             take(l.returned)}};
}

HeadRows joined(const std::vector<HeadRows> &parts)
{
    const auto join = [&](auto column) {
        std::vector<at::Tensor> all;
        for (const HeadRows &part : parts) {
            if (column(part).defined()) {
                all.push_back(column(part));
            }
        }
        return all.empty() ? at::Tensor() : at::cat(all);
    };
    return {join([](const HeadRows &p) { return p.users; }),
            join([](const HeadRows &p) { return p.summary; }),
            {join([](const HeadRows &p) { return p.labels.churned; }),
             join([](const HeadRows &p) { return p.labels.value; }),
             join([](const HeadRows &p) { return p.labels.clicked; }),
             join([](const HeadRows &p) { return p.labels.returnDays; }),
             join([](const HeadRows &p) { return p.labels.returned; })}};
}

} // namespace

/// Takes a head through its rows.
class HeadFitter::Walker {
public:
    Walker(const HeadFitter &fitter, const Head &head, const HeadRows &learned)
        : m_setup(fitter.m_setup), m_network(fitter.m_network), m_head(head), m_learned(learned),
          m_optimizer(head.parameters, fitter.m_setup.config)
    {
    }

    /// @param pass >= 1: of its draws. @param rate of the config's.
    /// Stops midway where the task is cancelled.
    void walk(int pass, double rate, const Task &task)
    {
        const BehaviorConfig &config = m_setup.config;
        const std::uint64_t key = mix64(static_cast<std::uint64_t>(config.seed) ^
                                        mix64(static_cast<std::uint64_t>(pass)));
        const at::Device device = m_learned.summary.device();
        if (device.is_cuda()) { // as in Trainer::runEpoch
            torch::manual_seed(key);
        }
        const at::Tensor order = shuffled(key).to(device);
        for (std::int64_t from = 0; from < m_learned.size() && !task.cancelled(); from += kBatch) {
            const std::int64_t count = std::min(kBatch, m_learned.size() - from);
            const HeadRows rows = rowsAt(m_learned, order.narrow(0, from, count));
            const Dropout dropout{config.headDropout,
                                  mix64(key + static_cast<std::uint64_t>(from))};
            const at::Tensor loss = lossOf(rows, dropout) / static_cast<double>(count);
            Gradients gradients{
                torch::autograd::grad({loss}, m_head.parameters, {}, false, false, true)};
            m_optimizer.step(gradients, config.learningRate * rate, m_alone);
        }
    }

    double meanLoss(const HeadRows &rows) const
    {
        const at::NoGradGuard frozen;
        return lossOf(rows, {}).item<double>() / static_cast<double>(rows.size());
    }

private:
    at::Tensor lossOf(const HeadRows &rows, const Dropout &dropout) const
    {
        const at::Tensor users =
            rows.users.defined()
                ? rows.users
                : at::zeros({rows.size(), m_network.shape().dimension}, rows.summary.options());
        const LabelLosses losses =
            lossesOf(outputsOf(m_network, users, rows.summary, m_head.only, dropout), rows.labels,
                     m_setup.bounds);
        return addWeighted(at::zeros({}, rows.summary.options()), losses, evenWeights(), 1.0);
    }

    static BehaviorConfig evenWeights()
    {
        BehaviorConfig config;
        config.churnWeight = config.purchaseWeight = config.valueWeight = 1;
        config.clickWeight = config.returnWeight = 1;
        return config;
    }

    at::Tensor shuffled(std::uint64_t key) const
    {
        std::vector<std::int64_t> order(static_cast<std::size_t>(m_learned.size()));
        std::iota(order.begin(), order.end(), 0);
        Rng rng(key, kOrderStream);
        for (std::size_t k = order.size(); k > 1; --k) {
            std::swap(order[k - 1], order[rng.below(static_cast<std::uint32_t>(k))]);
        }
        return at::tensor(order, at::TensorOptions().dtype(at::kLong));
    }

    const HeadFitSetup &m_setup;
    const Network &m_network;
    const Head &m_head;
    const HeadRows &m_learned;
    Optimizer m_optimizer;
    WorkerCrew m_alone{1, [] {}}; ///< heads go side by side, each on one worker
};

HeadFitter::HeadFitter(HeadFitSetup setup, Network &network, WorkerCrew &crew)
    : m_setup(std::move(setup)), m_network(network), m_crew(crew)
{
    const Heads &heads = m_setup.heads;
    Heads order, value, click, returnTime;
    order.churn = heads.churn;
    order.purchase = heads.purchase;
    value.value = heads.value;
    click.click = heads.click;
    returnTime.returnTime = heads.returnTime;
    for (const auto &[name, only] : {std::pair("churn", order), std::pair("value", value),
                                     std::pair("click", click), std::pair("return", returnTime)}) {
        if (only.labels()) {
            addHead(name, only);
        }
    }
}

void HeadFitter::addHead(const std::string &name, const Heads &only)
{
    Head head;
    head.name = name;
    head.only = only;
    for (const auto &parameter : m_network.parameters()) {
        if (parameter.name.starts_with(name + ".")) {
            head.parameters.push_back(parameter.value);
            head.start.push_back(copiesOf({parameter.value}).front());
            if (parameter.name == name + ".hidden.weight") { // [d, d + kSummarySize]
                head.start.back().narrow(1, 0, m_network.shape().dimension).zero_();
            }
        }
    }
    m_heads.push_back(std::move(head));
}

Result<HeadRows> HeadFitter::readRows(std::size_t count,
                                      const std::function<TrainingWindow(std::size_t)> &window,
                                      bool events, const Task &task) const
{
    const SequenceSource &source = *m_setup.source;
    const at::Device device = m_heads.front().parameters.front().device();
    const std::optional<Inference> inference =
        events ? std::optional<Inference>(std::in_place, m_network, source.catalog, m_setup.bounds)
               : std::nullopt;
    std::vector<HeadRows> parts((count + kRowsPerPart - 1) / kRowsPerPart);
    const auto read = [&](std::size_t part) {
        const at::NoGradGuard frozen;
        BatchBuilder histories(source);
        SequenceBatch told;
        const std::size_t end = std::min((part + 1) * kRowsPerPart, count);
        for (std::size_t k = part * kRowsPerPart; k < end; ++k) {
            const TrainingWindow one = window(k);
            if (events) {
                histories.addHistory(one.user, one.anchor);
            }
            const auto summary = readSummary(source, one.user, one.anchor);
            told.summary.insert(told.summary.end(), summary.begin(), summary.end());
            told.addLabels(outcomeAfter(source.events, one.user, one.anchor, m_setup.labelDays),
                           m_setup.labelDays);
        }
        HeadRows &rows = parts[part];
        rows.users = events ? inference->users(histories.take()) : at::Tensor();
        rows.summary = at::tensor(told.summary)
                           .view({-1, static_cast<std::int64_t>(kSummarySize)})
                           .to(device);
        rows.labels = labelsOf(told, device);
    };
    // rounds, so that a cancel is seen between them
    const std::size_t round = static_cast<std::size_t>(m_crew.workers()) * 16;
    for (std::size_t from = 0; from < parts.size(); from += round) {
        if (task.cancelled()) {
            return perennial::fail(ErrorCode::Cancelled);
        }
        m_crew.run(std::min(round, parts.size() - from), [&](std::size_t k) { read(from + k); });
    }
    return joined(parts);
}

Result<HeadRows> HeadFitter::readWindows(std::span<const TrainingWindow> windows, bool events,
                                         const Task &task) const
{
    const std::size_t count = events ? std::min(windows.size(), kMostEncoded) : windows.size();
    return readRows(
        count, [&](std::size_t k) { return windows[k]; }, events, task);
}

Result<HeadFitter::Attempt> HeadFitter::attempt(const Head &head, const HeadRows &learned,
                                                const HeadRows &judged, const Task &task) const
{
    Walker walker(*this, head, learned);
    Attempt best;
    best.fit.head = head.name;
    best.fit.readsEvents = learned.users.defined();
    best.fit.lossBefore = best.fit.loss = walker.meanLoss(judged);
    if (!std::isfinite(best.fit.loss)) {
        return perennial::fail(ErrorCode::NotFinite, "0", head.name);
    }
    best.weights = copiesOf(head.parameters);
    const BehaviorConfig &config = m_setup.config;
    for (int pass = 1; pass <= config.headPasses && pass - best.fit.pass <= config.patience;
         ++pass) {
        walker.walk(pass, 1.0, task);
        if (task.cancelled()) {
            return perennial::fail(ErrorCode::Cancelled);
        }
        const double loss = walker.meanLoss(judged);
        if (!std::isfinite(loss)) {
            return perennial::fail(ErrorCode::NotFinite, std::to_string(pass), head.name);
        }
        best.fit.passes = pass;
        if (loss < best.fit.loss) {
            best.fit.loss = loss;
            best.fit.pass = pass;
            best.weights = copiesOf(head.parameters);
        }
    }
    return best;
}

/// Adds an attempt to each head's, by the weights that the network has.
Status HeadFitter::attemptAll(std::vector<std::vector<Attempt>> &attempts, const HeadRows &learned,
                              const HeadRows &judged, const Task &task) const
{
    std::vector<std::optional<Result<Attempt>>> made(m_heads.size());
    m_crew.run(m_heads.size(),
               [&](std::size_t h) { made[h] = attempt(m_heads[h], learned, judged, task); });
    for (std::size_t h = 0; h < made.size(); ++h) {
        if (!*made[h]) {
            return made[h]->error();
        }
        attempts[h].push_back(std::move(**made[h]));
    }
    return Done{};
}

Result<std::vector<HeadFit>> HeadFitter::fit(std::span<const TrainingWindow> windows,
                                             std::span<const ValidationCase> cases, Day cut,
                                             const Task &task)
{
    if (windows.empty() || cases.empty()) {
        return std::vector<HeadFit>();
    }
    std::vector<std::vector<Attempt>> attempts(m_heads.size());
    for (const bool events : {true, false}) {
        const auto learned = readWindows(windows, events, task);
        const auto judged =
            learned ? readRows(
                          cases.size(),
                          [&](std::size_t k) {
                              return TrainingWindow{cases[k].row.user, cut, true};
                          },
                          events, task)
                    : learned.error();
        if (!judged) {
            return judged.error();
        }
        for (const Head &head : m_heads) {
            if (!events) {
                copyTo(head.parameters, head.start);
            }
        }
        if (const auto done = attemptAll(attempts, *learned, *judged, task); !done) {
            return done.error();
        }
    }
    std::vector<HeadFit> fits;
    for (std::size_t h = 0; h < m_heads.size(); ++h) {
        const auto best = std::ranges::min_element(
            attempts[h], {}, [](const Attempt &one) { return one.fit.loss; });
        m_heads[h].fit = best->fit;
        m_heads[h].fit.lossBefore = attempts[h].front().fit.lossBefore;
        m_heads[h].fitted = best->weights;
        copyTo(m_heads[h].parameters, m_heads[h].fitted);
        fits.push_back(m_heads[h].fit);
    }
    return fits;
}

Status HeadFitter::refit(std::span<const TrainingWindow> windows, int passes, double rate,
                         const Task &task)
{
    for (const bool events : {true, false}) {
        std::vector<const Head *> heads;
        for (const Head &head : m_heads) {
            if (!head.fitted.empty() && head.fit.readsEvents == events) {
                heads.push_back(&head);
                copyTo(head.parameters, head.fitted);
            }
        }
        if (heads.empty() || windows.empty()) {
            continue;
        }
        const auto learned = readWindows(windows, events, task);
        if (!learned) {
            return learned.error();
        }
        m_crew.run(heads.size(), [&](std::size_t h) {
            Walker walker(*this, *heads[h], *learned);
            for (int pass = 1; pass <= passes && !task.cancelled(); ++pass) {
                walker.walk(m_setup.config.headPasses + pass, rate, task);
            }
        });
    }
    return task.cancelled() ? Status(perennial::fail(ErrorCode::Cancelled)) : Status(Done{});
}

} // namespace perennial::net
