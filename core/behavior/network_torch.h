#pragma once

// Private to core/behavior: the network and the tensors it reads.

#include "core/behavior/batch.h"
#include "core/behavior/config.h"
#include "core/neural/encoder_torch.h"
#include "core/neural/losses_torch.h"

#include <torch/torch.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace perennial::net {

/// Standard deviation of embeddings to begin with.
inline constexpr double kEmbeddingDeviation = 0.02;
/// Of what stands beside an item's own vector, eleven rows of a token: far less loud than it.
inline constexpr double kContextDeviation = 0.3 * kEmbeddingDeviation;

/// What fixes the sizes of all parameters.
struct NetworkShape : EncoderShape {
    std::int64_t ownItems = 0, categories = 0, priceBands = 0; ///< codes, "none" included
    std::int64_t tokenRows = 0; ///< of the context table
    Similarity similarity = Similarity::Dot;
    double temperature = 1.0;   ///< of the items' scores
    std::int64_t textBuckets = 0; ///< 0 = names are not read
    bool contentOnly = false;     ///< items have no embedding of their own
    bool plainValue = false;      ///< the value head gives one number
    bool click = false, returnTime = false; ///< has these heads
};

/// A catalogue as the item tower reads it, on one device.
struct ItemFeatures {
    std::int64_t rows = 0; ///< without row 0
    at::Tensor codes;      ///< [rows + 1, 2]: rows of the table of categories and price bands
    at::Tensor wordOffsets, words; ///< as ItemWords; undefined where names are not read
};

/// A SequenceBatch on one device.
struct BatchTensors {
    std::vector<std::int64_t> lengths;
    at::Tensor items, context;            ///< [n, 1], [n, kTokenFields] int64
    at::Tensor anchors, summary;          ///< [b] int64, [b, kSummarySize]
    at::Tensor targetTokens, targetItems; ///< [m]; targets count from 0 for item row 1
    at::Tensor anchorTargets;             ///< [l]
    at::Tensor labelled;                  ///< [k]
};
BatchTensors toTensors(const SequenceBatch &batch, const at::Device &device);

class Network {
public:
    /// Random weights from `seed`; nothing global is touched.
    Network(const NetworkShape &shape, std::int64_t seed, const at::Device &device);

    using Parameter = net::Parameter;
    const std::vector<Parameter> &parameters() const noexcept { return m_parameters.all(); }
    std::vector<at::Tensor> tensors() const;
    const NetworkShape &shape() const noexcept { return m_shape; }
    std::int64_t parameterCount() const;
    at::Tensor operator[](std::string_view name) const { return m_parameters[name]; }

    ItemFeatures features(const ItemCatalog &catalog) const;

    /// Item vectors: own embedding + category + price band + mean of its words.
    /// @return [rows + 1, d].
    at::Tensor itemTower(const ItemFeatures &features) const;
    /// The score of an item for a user is queries · keysᵀ + bias: the product of their vectors or
    /// its cosine, over the temperature. @param users [k, d]. @param items rows of the tower.
    at::Tensor queries(const at::Tensor &users) const;
    at::Tensor keys(const at::Tensor &items) const;
    /// One score to add per item row 1 … rows: learned, the least of all for items that came later.
    at::Tensor itemBias(std::int64_t rows) const;
    /// @return [n, d]: what each token knows; zeros of the plain feature network.
    at::Tensor encode(const BatchTensors &batch, const at::Tensor &tower,
                      const Dropout &dropout) const;
    /// encoder_torch.h: Encoder::attention.
    std::vector<at::Tensor> attention(const BatchTensors &batch, const at::Tensor &tower) const;
    /// @param users [k, d] anchor tokens. @param summary [k, kSummarySize]. @return [k].
    at::Tensor churnLogit(const at::Tensor &users, const at::Tensor &summary,
                          const Dropout &dropout) const;
    /// @return [k, 3] raw: logit, mu, sigma; [k, 1] of a plain value.
    at::Tensor valueRaw(const at::Tensor &users, const at::Tensor &summary,
                        const Dropout &dropout) const;
    /// @return [k].
    at::Tensor clickLogit(const at::Tensor &users, const at::Tensor &summary,
                          const Dropout &dropout) const;
    /// @return [k, kReturnStretches] raw hazards.
    at::Tensor returnRaw(const at::Tensor &users, const at::Tensor &summary,
                         const Dropout &dropout) const;

private:
    at::Tensor tokens(const BatchTensors &batch, const at::Tensor &tower,
                      const Dropout &dropout) const;
    bool readsSequences() const noexcept { return m_encoder != nullptr; }
    void makeItems(Initializer &make) const;
    void makeHead(Initializer &make, const std::string &name, std::int64_t out) const;
    at::Tensor head(const at::Tensor &users, const at::Tensor &summary, const std::string &name,
                    const Dropout &dropout) const;

    NetworkShape m_shape;
    std::shared_ptr<const Encoder> m_encoder;
    Parameters m_parameters;
};

} // namespace perennial::net
