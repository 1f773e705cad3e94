#include "core/neural/layers_torch.h"

#include "core/base/hash.h"
#include "core/neural/ops_torch.h"

#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace perennial::net {

at::Tensor Parameters::operator[](std::string_view name) const
{
    const auto found = std::find_if(m_all.begin(), m_all.end(), [&](const Parameter &parameter) {
        return parameter.name == name;
    });
    assert(found != m_all.end());
    return found->value;
}

at::Tensor Parameters::linear(const at::Tensor &x, const std::string &name) const
{
    return at::addmm((*this)[name + ".bias"], x, (*this)[name + ".weight"].t());
}

at::Tensor Parameters::normed(const at::Tensor &x, const std::string &name) const
{
    return at::layer_norm(x, {x.size(1)}, (*this)[name + ".weight"], (*this)[name + ".bias"]);
}

Initializer::Initializer(std::int64_t seed, const at::Device &device, at::ScalarType type)
    : m_generator(at::make_generator<at::CPUGeneratorImpl>(static_cast<std::uint64_t>(seed))),
      m_device(device), m_type(type)
{
}

void Initializer::normal(const std::string &name, at::IntArrayRef size, double deviation)
{
    add(name, at::empty(size).normal_(0.0, deviation, m_generator));
}

void Initializer::constant(const std::string &name, at::IntArrayRef size, double value)
{
    add(name, at::full(size, value, at::TensorOptions().dtype(at::kFloat)));
}

void Initializer::values(const std::string &name, const std::vector<double> &values)
{
    add(name, at::tensor(values, at::TensorOptions().dtype(at::kDouble)));
}

void Initializer::linear(const std::string &name, std::int64_t in, std::int64_t out, double gain)
{
    normal(name + ".weight", {out, in}, gain * std::sqrt(1.0 / static_cast<double>(in)));
    constant(name + ".bias", {out}, 0.0);
}

void Initializer::norm(const std::string &name, std::int64_t size)
{
    constant(name + ".weight", {size}, 1.0);
    constant(name + ".bias", {size}, 0.0);
}

void Initializer::add(const std::string &name, const at::Tensor &value)
{
    m_parameters.push_back({name, value.to(m_device, m_type).requires_grad_(true)});
}

at::Tensor Dropout::operator()(const at::Tensor &x, std::uint64_t site) const
{
    return keyedDropout(x, at(site));
}

Drop Dropout::at(std::uint64_t site) const noexcept
{
    return key ? dropOf(p, mix64(*key ^ mix64(site + 1))) : Drop{};
}

at::Tensor feedForward(const Parameters &weights, const at::Tensor &x, const std::string &block,
                       const Dropout &dropout, std::uint64_t site)
{
    const at::Tensor inner =
        at::relu(weights.linear(weights.normed(x, block + "norm2"), block + "ff1"));
    return x + dropout(weights.linear(inner, block + "ff2"), site);
}

void makeFeedForward(Initializer &make, const std::string &block, std::int64_t dimension)
{
    make.norm(block + "norm2", dimension);
    make.linear(block + "ff1", dimension, dimension);
    make.linear(block + "ff2", dimension, dimension, kBranchGain);
}

at::Tensor unitRows(const at::Tensor &x)
{
    // far below any length that an embedding has, and its root has a slope at 0
    constexpr double kSmallest = 1e-12;
    return x * (x.square().sum(1, true) + kSmallest).rsqrt();
}

TimeOrder timeOrder(const std::vector<std::int64_t> &lengths, const at::Device &device)
{
    std::vector<std::int64_t> first(lengths.size(), 0);
    std::exclusive_scan(lengths.begin(), lengths.end(), first.begin(), std::int64_t{0});
    std::vector<std::size_t> order(lengths.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return lengths[a] > lengths[b]; });
    const std::int64_t longest = lengths.empty() ? 0 : lengths[order.front()];
    const auto n = static_cast<std::size_t>(
        std::accumulate(lengths.begin(), lengths.end(), std::int64_t{0}));
    std::vector<std::int64_t> tokens, places(n);
    TimeOrder result;
    for (std::int64_t step = 0; step < longest; ++step) {
        const std::size_t before = tokens.size();
        for (const std::size_t sequence : order) {
            if (lengths[sequence] <= step) {
                break;
            }
            const std::int64_t token = first[sequence] + step;
            places[static_cast<std::size_t>(token)] = static_cast<std::int64_t>(tokens.size());
            tokens.push_back(token);
        }
        result.batch.push_back(static_cast<std::int64_t>(tokens.size() - before));
    }
    const at::TensorOptions integer = at::TensorOptions().dtype(at::kLong);
    result.tokens = at::tensor(tokens, integer).to(device);
    result.places = at::tensor(places, integer).to(device);
    return result;
}

std::vector<at::Tensor> copiesOf(const std::vector<at::Tensor> &tensors)
{
    const at::NoGradGuard frozen;
    std::vector<at::Tensor> copies;
    copies.reserve(tensors.size());
    for (const at::Tensor &value : tensors) {
        copies.push_back(value.detach().clone());
    }
    return copies;
}

void copyTo(const std::vector<at::Tensor> &to, const std::vector<at::Tensor> &from)
{
    const at::NoGradGuard frozen;
    for (std::size_t k = 0; k < to.size() && k < from.size(); ++k) {
        to[k].copy_(from[k]);
    }
}

} // namespace perennial::net
