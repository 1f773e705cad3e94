#include "core/behavior/inference_torch.h"

#include "core/neural/waiting_torch.h"

#include <algorithm>
#include <array>
#include <limits>

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
    if (m_features.rows > 0 && network.shape().ownItems > 0) {
        std::vector<float> gone;
        gone.reserve(catalog.id.size());
        for (std::size_t row = 1; row < catalog.id.size(); ++row) {
            gone.push_back(catalog.id[row] == 0 ? -std::numeric_limits<float>::infinity() : 0.0F);
        }
        m_bias = network.itemBias(m_features.rows) + at::tensor(gone).to(m_device);
    } else {
        m_bias = at::zeros({m_features.rows}, items.options());
    }
}

at::Tensor Inference::users(const SequenceBatch &batch) const
{
    const at::NoGradGuard frozen;
    const BatchTensors tensors = toTensors(batch, m_device);
    return m_network.encode(tensors, m_tower, {}).index_select(0, tensors.anchors);
}

at::Tensor Inference::logProbabilities(const at::Tensor &users) const
{
    const at::NoGradGuard frozen;
    return at::log_softmax(at::addmm(m_bias, m_network.queries(users), m_items.t()), 1).to(at::kCPU).contiguous();
}

at::Tensor Inference::cosines(const at::Tensor &users) const
{
    const at::NoGradGuard frozen;
    return at::mm(unitRows(users), m_directions.t()).to(at::kCPU).contiguous();
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
