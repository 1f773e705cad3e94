#include "core/behavior/network_torch.h"

#include "core/behavior/return_time.h"
#include "core/neural/ops_torch.h"

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

constexpr std::int64_t kFeatureUnits = 64, kFeatureUnits2 = 32; ///< of the plain feature network

/// Where a head's hidden units get their dropout from.
std::uint64_t siteOf(const std::string &head)
{
    return head == "churn" ? 1 : head == "value" ? 2 : head == "click" ? 3 : 4;
}

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
    t.anchorTargets = integers(batch.anchorTargets, device);
    t.labelled = integers(batch.labelled, device);
    return t;
}

Network::Network(const NetworkShape &shape, std::int64_t seed, const at::Device &device)
    : m_shape(shape), m_encoder(makeEncoder(shape))
{
    Initializer make(seed, device);
    if (readsSequences()) {
        makeItems(make);
        m_encoder->makeParameters(make);
        make.norm("norm", shape.dimension);
    } else {
        make.linear("features.1", static_cast<std::int64_t>(kSummarySize), kFeatureUnits);
        make.linear("features.2", kFeatureUnits, kFeatureUnits2);
    }
    // what came later comes last, so that what was there begins as it did
    makeHead(make, "churn", 1);
    makeHead(make, "value", shape.plainValue ? 1 : 3);
    if (shape.click) {
        makeHead(make, "click", 1);
    }
    if (shape.returnTime) {
        makeHead(make, "return", static_cast<std::int64_t>(kReturnStretches));
    }
    if (readsSequences() && shape.textBuckets > 0) {
        make.normal("item.text", {shape.textBuckets, shape.dimension}, kEmbeddingDeviation);
    }
    m_parameters = make.take();
}

void Network::makeItems(Initializer &make) const
{
    const std::int64_t d = m_shape.dimension;
    if (!m_shape.contentOnly) {
        make.normal("item.own", {m_shape.ownItems + 1, d}, kEmbeddingDeviation);
    }
    make.normal("item.features", {m_shape.categories + m_shape.priceBands, d},
                m_shape.contentOnly ? kEmbeddingDeviation : kContextDeviation);
    make.constant("item.bias", {m_shape.ownItems}, 0.0);
    make.normal("token.fields", {m_shape.tokenRows, d}, kContextDeviation);
}

void Network::makeHead(Initializer &make, const std::string &name, std::int64_t out) const
{
    const std::int64_t d = m_shape.dimension;
    if (!readsSequences()) {
        make.linear(name + ".out", kFeatureUnits2, out);
        return;
    }
    make.linear(name + ".hidden", d + static_cast<std::int64_t>(kSummarySize), d);
    make.linear(name + ".out", d, out);
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
    ItemFeatures made;
    made.rows = catalog.rows();
    made.codes = integers(codes, device).view({made.rows + 1, 2});
    if (m_shape.textBuckets > 0) {
        assert(catalog.words.offsets.size() == catalog.id.size() + 1);
        made.wordOffsets = integers(catalog.words.offsets, device);
        made.words = integers(catalog.words.bucket, device);
    }
    return made;
}

at::Tensor Network::itemTower(const ItemFeatures &features) const
{
    if (!readsSequences()) {
        return at::zeros({features.rows + 1, m_shape.dimension},
                         parameters().front().value.options());
    }
    at::Tensor own; // of the items, where they have one
    const std::int64_t later = features.rows - m_shape.ownItems;
    if (!m_shape.contentOnly) {
        own = (*this)["item.own"];
        if (later > 0) {
            own = at::cat({own, at::zeros({later, m_shape.dimension}, own.options())});
        }
    }
    const at::Tensor tower = own.defined()
                                 ? addSumRows(own, (*this)["item.features"], features.codes)
                                 : sumRows((*this)["item.features"], features.codes);
    return m_shape.textBuckets > 0
               ? tower + meanRows((*this)["item.text"], features.wordOffsets, features.words)
               : tower;
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
    if (!readsSequences()) {
        return at::zeros({rows}, parameters().front().value.options());
    }
    const at::Tensor bias = (*this)["item.bias"];
    if (rows <= m_shape.ownItems) {
        return bias;
    }
    return at::cat({bias, bias.min().expand({rows - m_shape.ownItems})});
}

at::Tensor Network::tokens(const BatchTensors &batch, const at::Tensor &tower,
                           const Dropout &dropout) const
{
    // Items' vectors start small, so that the tied softmax starts at popularity: scaled up here.
    // What stands beside them is not, or a step would move it √d times as far and the network would
    // learn by heart what stood at which position.
    const double scale = std::sqrt(static_cast<double>(m_shape.dimension));
    return tokenRows(tower, batch.items, (*this)["token.fields"], batch.context, scale, dropout, 0);
}

at::Tensor Network::encode(const BatchTensors &batch, const at::Tensor &tower,
                           const Dropout &dropout) const
{
    if (!readsSequences()) {
        return at::zeros({batch.items.size(0), m_shape.dimension}, batch.summary.options());
    }
    return m_parameters.normed(
        m_encoder->encode(m_parameters, tokens(batch, tower, dropout), batch.lengths, dropout),
        "norm");
}

std::vector<at::Tensor> Network::attention(const BatchTensors &batch,
                                           const at::Tensor &tower) const
{
    return readsSequences()
               ? m_encoder->attention(m_parameters, tokens(batch, tower, {}), batch.lengths)
               : std::vector<at::Tensor>();
}

at::Tensor Network::head(const at::Tensor &users, const at::Tensor &summary,
                         const std::string &name, const Dropout &dropout) const
{
    constexpr std::uint64_t kFeatureSite = 5;
    at::Tensor hidden;
    if (readsSequences()) {
        hidden = at::relu(m_parameters.linear(at::cat({users, summary}, 1), name + ".hidden"));
    } else {
        const at::Tensor first = at::relu(m_parameters.linear(summary, "features.1"));
        hidden = at::relu(m_parameters.linear(dropout(first, kFeatureSite), "features.2"));
    }
    return m_parameters.linear(dropout(hidden, siteOf(name)), name + ".out");
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

at::Tensor Network::clickLogit(const at::Tensor &users, const at::Tensor &summary,
                               const Dropout &dropout) const
{
    return head(users, summary, "click", dropout).select(1, 0);
}

at::Tensor Network::returnRaw(const at::Tensor &users, const at::Tensor &summary,
                              const Dropout &dropout) const
{
    return head(users, summary, "return", dropout);
}

} // namespace perennial::net
