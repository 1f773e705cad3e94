#include "core/behavior/network_torch.h"

#include "core/neural/ops_torch.h"

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

Network::Network(const NetworkShape &shape, std::int64_t seed, const at::Device &device)
    : m_shape(shape), m_encoder(makeEncoder(shape))
{
    const std::int64_t d = shape.dimension;
    Initializer make(seed, device);
    make.normal("item.own", {shape.ownItems + 1, d}, kEmbeddingDeviation);
    make.normal("item.features", {shape.categories + shape.priceBands, d}, kEmbeddingDeviation);
    make.constant("item.bias", {shape.ownItems}, 0.0);
    make.normal("token.context", {shape.tokenRows, d}, kEmbeddingDeviation);
    m_encoder->makeParameters(make);
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
    all.reserve(parameters().size());
    for (const Parameter &parameter : parameters()) {
        all.push_back(parameter.value);
    }
    return all;
}

std::int64_t Network::parameterCount() const
{
    std::int64_t count = 0;
    for (const Parameter &parameter : parameters()) {
        count += parameter.value.numel();
    }
    return count;
}

ItemFeatures Network::features(const ItemCatalog &catalog) const
{
    std::vector<std::int64_t> codes;
    codes.reserve(catalog.id.size() * 2);
    for (std::size_t row = 0; row < catalog.id.size(); ++row) {
        codes.push_back(catalog.category[row]);
        codes.push_back(m_shape.categories + catalog.priceBand[row]);
    }
    const at::Device device = parameters().front().value.device();
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

at::Tensor Network::queries(const at::Tensor &users) const
{
    const at::Tensor q = m_shape.similarity == Similarity::Cosine ? unitRows(users) : users;
    return m_shape.temperature == 1.0 ? q : q / m_shape.temperature;
}

at::Tensor Network::keys(const at::Tensor &items) const
{
    return m_shape.similarity == Similarity::Cosine ? unitRows(items) : items;
}

at::Tensor Network::itemBias(std::int64_t rows) const
{
    const at::Tensor bias = (*this)["item.bias"];
    if (rows <= m_shape.ownItems) {
        return bias;
    }
    return at::cat({bias, bias.min().expand({rows - m_shape.ownItems})});
}

at::Tensor Network::tokens(const BatchTensors &batch, const at::Tensor &tower,
                           const Dropout &dropout) const
{
    // embeddings start small, so that the tied softmax starts at popularity: scaled up here
    const double scale = std::sqrt(static_cast<double>(m_shape.dimension));
    return tokenRows(tower, batch.items, (*this)["token.context"], batch.context, scale, dropout, 0);
}

at::Tensor Network::encode(const BatchTensors &batch, const at::Tensor &tower,
                           const Dropout &dropout) const
{
    return m_parameters.normed(
        m_encoder->encode(m_parameters, tokens(batch, tower, dropout), batch.lengths, dropout),
        "norm");
}

std::vector<at::Tensor> Network::attention(const BatchTensors &batch,
                                           const at::Tensor &tower) const
{
    return m_encoder->attention(m_parameters, tokens(batch, tower, {}), batch.lengths);
}

at::Tensor Network::head(const at::Tensor &users, const at::Tensor &summary,
                         const std::string &name, const Dropout &dropout) const
{
    const at::Tensor hidden =
        at::relu(m_parameters.linear(at::cat({users, summary}, 1), name + ".hidden"));
    return m_parameters.linear(dropout(hidden, name == "churn" ? 1 : 2), name + ".out");
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
