#include "core/neural/ziln_mlp_torch.h"

#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace perennial::net {

namespace {

constexpr float kMostDeviations = 3.0F;

at::Tensor tensorOf(const std::vector<float> &values, at::IntArrayRef size)
{
    at::Tensor tensor = at::empty(size, at::TensorOptions().dtype(at::kFloat));
    std::memcpy(tensor.data_ptr<float>(), values.data(), values.size() * sizeof(float));
    return tensor;
}

std::vector<float> valuesOf(const at::Tensor &tensor)
{
    const at::Tensor plain = tensor.detach().to(at::kFloat).contiguous();
    const float *values = plain.data_ptr<float>();
    return {values, values + plain.numel()};
}

} // namespace

ZilnMlp::ZilnMlp(const std::vector<std::int64_t> &sizes, std::uint64_t seed, double logit,
                 at::ScalarType type)
{
    const at::Generator generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    for (std::size_t k = 0; k + 1 < sizes.size(); ++k) {
        const bool last = k + 2 == sizes.size();
        // He et al. (2015) before a ReLU; small at the end, so that all users start alike
        const double deviation = last ? 0.01 : std::sqrt(2.0 / static_cast<double>(sizes[k]));
        at::Tensor bias = at::zeros({sizes[k + 1]}, at::TensorOptions().dtype(type));
        if (last) {
            bias[0].fill_(logit);
        }
        const at::Tensor weight =
            at::empty({sizes[k + 1], sizes[k]}).normal_(0.0, deviation, generator);
        m_weights.push_back(weight.to(type).requires_grad_(true));
        m_biases.push_back(bias.requires_grad_(true));
    }
}

ZilnMlp::ZilnMlp(const std::vector<ZilnNetwork::Layer> &layers)
{
    for (const ZilnNetwork::Layer &layer : layers) {
        m_weights.push_back(tensorOf(layer.weight, {layer.out, layer.in}));
        m_biases.push_back(tensorOf(layer.bias, {layer.out}));
    }
}

at::Tensor ZilnMlp::operator()(const at::Tensor &x) const
{
    at::Tensor now = x;
    for (std::size_t k = 0; k < m_weights.size(); ++k) {
        now = at::addmm(m_biases[k], k == 0 ? now : at::relu(now), m_weights[k].t());
    }
    return now;
}

std::vector<ZilnNetwork::Layer> ZilnMlp::layers() const
{
    std::vector<ZilnNetwork::Layer> layers;
    for (std::size_t k = 0; k < m_weights.size(); ++k) {
        layers.push_back({m_weights[k].size(1), m_weights[k].size(0), valuesOf(m_weights[k]),
                          valuesOf(m_biases[k])});
    }
    return layers;
}

at::Tensor zilnInputs(const ZilnNetwork &network, const FeatureMatrix &features, std::size_t begin,
                      std::size_t end)
{
    const std::size_t width = features.columns.size();
    std::vector<float> scores;
    scores.reserve((end - begin) * width);
    for (std::size_t i = begin; i < end; ++i) {
        const auto row = features.row(i);
        for (std::size_t c = 0; c < width; ++c) {
            // in double: the difference of two finite floats may not be finite
            const double score =
                (static_cast<double>(row[c]) - static_cast<double>(network.mean[c])) /
                static_cast<double>(network.deviation[c]);
            scores.push_back(
                std::clamp(static_cast<float>(score), -kMostDeviations, kMostDeviations));
        }
    }
    return tensorOf(scores,
                    {static_cast<std::int64_t>(end - begin), static_cast<std::int64_t>(width)});
}

ZilnBounds boundsOf(const ZilnNetwork &network)
{
    return {network.center, network.spread, network.largest};
}

} // namespace perennial::net
