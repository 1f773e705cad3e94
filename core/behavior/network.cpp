#include "core/behavior/network_torch.h"

#include "core/base/hash.h"
#include "core/behavior/ops_torch.h"

#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace perennial::net {

namespace {

at::Tensor integers(const std::vector<std::int64_t> &values, const at::Device &device)
{
    return at::tensor(values, at::TensorOptions().dtype(at::kLong)).to(device);
}

at::Tensor floats(const std::vector<float> &values, const at::Device &device)
{
    return at::tensor(values, at::TensorOptions().dtype(at::kFloat)).to(device);
}

/// Makes the parameters one after another from one generator of their own.
class Initializer {
public:
    Initializer(std::int64_t seed, const at::Device &device)
        : m_generator(at::make_generator<at::CPUGeneratorImpl>(static_cast<std::uint64_t>(seed))),
          m_device(device)
    {
    }

    void normal(const std::string &name, at::IntArrayRef size, double deviation)
    {
        add(name, at::empty(size).normal_(0.0, deviation, m_generator));
    }
    void constant(const std::string &name, at::IntArrayRef size, double value)
    {
        add(name, at::full(size, value, at::TensorOptions().dtype(at::kFloat)));
    }
    void linear(const std::string &name, std::int64_t in, std::int64_t out)
    {
        normal(name + ".weight", {out, in}, std::sqrt(1.0 / static_cast<double>(in)));
        constant(name + ".bias", {out}, 0.0);
    }
    void norm(const std::string &name, std::int64_t size)
    {
        constant(name + ".weight", {size}, 1.0);
        constant(name + ".bias", {size}, 0.0);
    }
    std::vector<Network::Parameter> take() { return std::move(m_parameters); }

private:
    void add(const std::string &name, const at::Tensor &value)
    {
        m_parameters.push_back({name, value.to(m_device).requires_grad_(true)});
    }

    at::Generator m_generator;
    at::Device m_device;
    std::vector<Network::Parameter> m_parameters;
};

constexpr double kEmbeddingDeviation = 0.02;

} // namespace

BatchTensors toTensors(const SequenceBatch &batch, const at::Device &device)
{
    BatchTensors t;
    const auto n = static_cast<std::int64_t>(batch.items.size());
    const auto b = static_cast<std::int64_t>(batch.sequences());
    t.lengths = batch.lengths;
    t.items = integers(batch.items, device).view({n, 1});
    t.context = integers(batch.context, device).view({n, static_cast<std::int64_t>(kTokenFields)});
    t.anchors = integers(batch.anchors, device);
    t.summary = floats(batch.summary, device).view({b, static_cast<std::int64_t>(kSummarySize)});
    t.targetTokens = integers(batch.targetTokens, device);
    t.targetItems = integers(batch.targetItems, device) - 1;
    t.labelled = integers(batch.labelled, device);
    t.churned = floats(batch.churned, device);
    t.value = floats(batch.value, device);
    return t;
}

at::Tensor Dropout::operator()(const at::Tensor &x, std::uint64_t site) const
{
    return key ? keyedDropout(x, p, mix64(*key ^ mix64(site + 1))) : x;
}

Network::Network(const NetworkShape &shape, std::int64_t seed, const at::Device &device)
    : m_shape(shape)
{
    const std::int64_t d = shape.dimension;
    Initializer make(seed, device);
    make.normal("item.own", {shape.ownItems + 1, d}, kEmbeddingDeviation);
    make.normal("item.features", {shape.categories + shape.priceBands, d}, kEmbeddingDeviation);
    make.constant("item.bias", {shape.ownItems}, 0.0);
    make.normal("token.context", {shape.tokenRows, d}, kEmbeddingDeviation);
    for (std::int64_t k = 0; k < shape.layers; ++k) {
        const std::string block = "block." + std::to_string(k) + ".";
        make.norm(block + "norm1", d);
        make.linear(block + "qkv", d, 3 * d);
        make.linear(block + "out", d, d);
        make.norm(block + "norm2", d);
        make.linear(block + "ff1", d, d);
        make.linear(block + "ff2", d, d);
    }
    make.norm("norm", d);
    const std::int64_t in = d + static_cast<std::int64_t>(kSummarySize);
    make.linear("churn.hidden", in, d);
    make.linear("churn.out", d, 1);
    make.linear("value.hidden", in, d);
    make.linear("value.out", d, 3);
    m_parameters = make.take();
}

std::vector<at::Tensor> Network::tensors() const
{
    std::vector<at::Tensor> all;
    all.reserve(m_parameters.size());
    for (const Parameter &parameter : m_parameters) {
        all.push_back(parameter.value);
    }
    return all;
}

std::int64_t Network::parameterCount() const
{
    std::int64_t count = 0;
    for (const Parameter &parameter : m_parameters) {
        count += parameter.value.numel();
    }
    return count;
}

at::Tensor Network::operator[](std::string_view name) const
{
    const auto found =
        std::find_if(m_parameters.begin(), m_parameters.end(),
                     [&](const Parameter &parameter) { return parameter.name == name; });
    assert(found != m_parameters.end());
    return found->value;
}

ItemFeatures Network::features(const ItemCatalog &catalog) const
{
    std::vector<std::int64_t> codes;
    codes.reserve(catalog.id.size() * 2);
    for (std::size_t row = 0; row < catalog.id.size(); ++row) {
        codes.push_back(catalog.category[row]);
        codes.push_back(m_shape.categories + catalog.priceBand[row]);
    }
    const at::Device device = m_parameters.front().value.device();
    return {catalog.rows(),
            integers(codes, device).view({static_cast<std::int64_t>(catalog.id.size()), 2})};
}

at::Tensor Network::itemTower(const ItemFeatures &features) const
{
    at::Tensor own = (*this)["item.own"];
    const std::int64_t later = features.rows - m_shape.ownItems;
    if (later > 0) {
        own = at::cat({own, at::zeros({later, m_shape.dimension}, own.options())});
    }
    return own + sumRows((*this)["item.features"], features.codes);
}

at::Tensor Network::itemBias(std::int64_t rows) const
{
    const at::Tensor bias = (*this)["item.bias"];
    if (rows <= m_shape.ownItems) {
        return bias;
    }
    return at::cat({bias, bias.min().expand({rows - m_shape.ownItems})});
}

at::Tensor Network::linear(const at::Tensor &x, const std::string &name) const
{
    return at::addmm((*this)[name + ".bias"], x, (*this)[name + ".weight"].t());
}

at::Tensor Network::normed(const at::Tensor &x, const std::string &name) const
{
    return at::layer_norm(x, {m_shape.dimension}, (*this)[name + ".weight"],
                          (*this)[name + ".bias"]);
}

at::Tensor Network::block(const at::Tensor &x, const std::vector<std::int64_t> &lengths,
                          std::int64_t layer, const Dropout &dropout) const
{
    const std::string name = "block." + std::to_string(layer) + ".";
    const auto site = static_cast<std::uint64_t>(10 * (layer + 1));
    const at::Tensor mixed =
        packedAttention(linear(normed(x, name + "norm1"), name + "qkv"), lengths, m_shape.heads);
    const at::Tensor attended = x + dropout(linear(mixed, name + "out"), site);
    const at::Tensor inner = at::relu(linear(normed(attended, name + "norm2"), name + "ff1"));
    return attended + dropout(linear(inner, name + "ff2"), site + 1);
}

at::Tensor Network::encode(const BatchTensors &batch, const at::Tensor &tower,
                           const Dropout &dropout) const
{
    // embeddings start small, so that the tied softmax starts at popularity: scaled up here
    const double scale = std::sqrt(static_cast<double>(m_shape.dimension));
    const at::Tensor tokens =
        (sumRows(tower, batch.items) + sumRows((*this)["token.context"], batch.context)) * scale;
    at::Tensor x = dropout(tokens, 0);
    for (std::int64_t k = 0; k < m_shape.layers; ++k) {
        x = block(x, batch.lengths, k, dropout);
    }
    return normed(x, "norm");
}

at::Tensor Network::head(const at::Tensor &users, const at::Tensor &summary,
                         const std::string &name, const Dropout &dropout) const
{
    const at::Tensor hidden =
        at::relu(linear(at::cat({users, summary}, 1), name + ".hidden"));
    return linear(dropout(hidden, name == "churn" ? 1 : 2), name + ".out");
}

at::Tensor Network::churnLogit(const at::Tensor &users, const at::Tensor &summary,
                               const Dropout &dropout) const
{
    return head(users, summary, "churn", dropout).select(1, 0);
}

at::Tensor Network::valueRaw(const at::Tensor &users, const at::Tensor &summary,
                             const Dropout &dropout) const
{
    return head(users, summary, "value", dropout);
}

} // namespace perennial::net
