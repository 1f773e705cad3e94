#include "core/behavior/inference_torch.h"

#include "core/neural/best_items.h"
#include "core/neural/waiting_torch.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

namespace perennial::net {

namespace {

std::vector<double> toDoubles(const at::Tensor &x)
{
    const at::Tensor y = x.to(at::kCPU, at::kDouble).contiguous();
    const auto *from = y.data_ptr<double>();
    return {from, from + y.numel()};
}

} // namespace

Inference::Inference(const Network &network, const ItemCatalog &catalog, const ZilnBounds &bounds)
    : m_network(network), m_bounds(bounds), m_device(network.tensors().front().device()),
      m_features(network.features(catalog))
{
    const at::NoGradGuard frozen;
    m_tower = network.itemTower(m_features);
    const at::Tensor items = m_tower.narrow(0, 1, m_features.rows);
    m_items = network.keys(items);
    m_directions = unitRows(items);
    std::vector<float> gone;
    gone.reserve(catalog.id.size());
    for (std::size_t row = 1; row < catalog.id.size(); ++row) {
        gone.push_back(catalog.id[row] == 0 ? -std::numeric_limits<float>::infinity() : 0.0F);
    }
    m_bias = at::tensor(gone, at::TensorOptions().dtype(at::kFloat)).to(m_device);
    if (m_features.rows > 0 && network.shape().ownItems > 0) {
        m_bias = m_bias + network.itemBias(m_features.rows);
    }
    m_directionsHere = m_directions.to(at::kCPU).contiguous();
    m_biasHere = m_bias.to(at::kCPU).contiguous();
}

at::Tensor Inference::users(const SequenceBatch &batch) const
{
    const at::NoGradGuard frozen;
    const BatchTensors tensors = toTensors(batch, m_device);
    return m_network.encode(tensors, m_tower, {}).index_select(0, tensors.anchors);
}

std::vector<std::vector<double>> Inference::attention(const SequenceBatch &batch) const
{
    const at::NoGradGuard frozen;
    std::vector<std::vector<double>> blocks;
    for (const at::Tensor &share : m_network.attention(toTensors(batch, m_device), m_tower)) {
        blocks.push_back(toDoubles(share));
    }
    return blocks;
}

at::Tensor Inference::logProbabilities(const at::Tensor &users) const
{
    const at::NoGradGuard frozen;
    return at::log_softmax(at::addmm(m_bias, m_network.queries(users), m_items.t()), 1)
        .to(at::kCPU)
        .contiguous();
}

at::Tensor Inference::cosines(const at::Tensor &users) const
{
    const at::NoGradGuard frozen;
    return at::mm(unitRows(users), m_directions.t()).to(at::kCPU).contiguous();
}

at::Tensor Inference::queries(const at::Tensor &users) const
{
    const at::NoGradGuard frozen;
    return m_network.queries(users).contiguous();
}

at::Tensor Inference::directions(const at::Tensor &users) const
{
    const at::NoGradGuard frozen;
    return unitRows(users).to(at::kCPU).contiguous();
}

float Inference::cosine(const at::Tensor &directions, std::size_t user, std::int64_t item) const
{
    const std::int64_t d = directions.size(1);
    const float *mine = directions.data_ptr<float>() + static_cast<std::int64_t>(user) * d;
    const float *its = m_directionsHere.data_ptr<float>() + item * d;
    return std::clamp(std::inner_product(mine, mine + d, its, 0.0F), -1.0F, 1.0F);
}

at::Tensor Inference::scoresOf(const at::Tensor &queries, std::int64_t from,
                               std::int64_t width) const
{
    const at::NoGradGuard frozen;
    return at::mm(queries, m_items.narrow(0, from, width).t()).to(at::kCPU).contiguous();
}

void Inference::eachTile(
    const at::Tensor &queries,
    const std::function<void(std::int64_t from, std::int64_t width, float *scores)> &take) const
{
    const at::NoGradGuard frozen;
    const std::int64_t users = queries.size(0);
    at::Tensor product = at::empty({users * std::min(kTile, rows())}, queries.options());
    for (std::int64_t from = 0; from < rows(); from += kTile) {
        const std::int64_t width = std::min(kTile, rows() - from);
        at::Tensor tile = product.narrow(0, 0, users * width).view({users, width});
        at::mm_out(tile, queries, m_items.narrow(0, from, width).t());
        const at::Tensor here = tile.to(at::kCPU);
        take(from, width, here.data_ptr<float>());
    }
}

std::vector<std::vector<BehaviorModel::BestItem>>
Inference::bestItems(const at::Tensor &users, std::size_t most,
                     std::span<const std::vector<std::int32_t>> hidden) const
{
    const auto count = static_cast<std::size_t>(users.size(0));
    BestItemScan scan(count, std::min(most, static_cast<std::size_t>(rows())),
                      BestItemScan::Totals::Wanted);
    eachTile(queries(users), [&](std::int64_t from, std::int64_t width, float *scores) {
        for (std::size_t k = 0; k < count; ++k) {
            const HiddenPositions without = hidden.empty() ? HiddenPositions() : hidden[k];
            scan.take(k, scores + k * static_cast<std::size_t>(width), bias() + from, from, width,
                      without);
        }
    });
    const at::Tensor mine = directions(users);
    std::vector<std::vector<BehaviorModel::BestItem>> lists(count);
    for (std::size_t k = 0; k < count; ++k) {
        const double total = scan.logTotal(k);
        for (const BestItemScan::Entry &entry : scan.list(k)) {
            lists[k].push_back({entry.position,
                                static_cast<float>(std::min(double{entry.score} - total, 0.0)),
                                cosine(mine, k, entry.position)});
        }
    }
    return lists;
}

Inference::Outlook Inference::outlook(const at::Tensor &users, const SequenceBatch &batch,
                                      const Heads &heads, int labelDays) const
{
    const at::NoGradGuard frozen;
    const auto b = static_cast<std::int64_t>(batch.sequences());
    const at::Tensor summary = at::tensor(batch.summary)
                                   .view({b, static_cast<std::int64_t>(kSummarySize)})
                                   .to(m_device);
    Outlook outlook;
    outlook.outputs = outputsOf(m_network, users, summary, heads, {});
    const HeadOutputs &outputs = outlook.outputs;
    if (outputs.churnLogit.defined()) {
        outlook.pChurn = toDoubles(at::sigmoid(outputs.churnLogit));
    }
    if (outputs.valueRaw.defined()) {
        outlook.expectedValue = toDoubles(valueMean(outputs.valueRaw, m_bounds));
    }
    if (outputs.clickLogit.defined()) {
        outlook.pClick = toDoubles(at::sigmoid(outputs.clickLogit));
    }
    if (outputs.returnRaw.defined()) {
        const std::vector<double> hazards = toDoubles(stretchHazards(outputs.returnRaw));
        for (auto from = hazards.begin(); from != hazards.end(); from += kReturnStretches) {
            std::array<double, kReturnStretches> mine{};
            std::copy_n(from, kReturnStretches, mine.begin());
            outlook.returns.emplace_back(mine, labelDays);
        }
    }
    return outlook;
}

} // namespace perennial::net
