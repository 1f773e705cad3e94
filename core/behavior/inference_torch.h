#pragma once

// Private to core/behavior: a network asked, without derivatives.

#include "core/behavior/batch.h"
#include "core/behavior/heads_torch.h"
#include "core/behavior/model.h"
#include "core/behavior/network_torch.h"
#include "core/behavior/return_time.h"

#include <torch/torch.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace perennial::net {

/// A network over one catalogue, its item tower computed once. Used by many threads at a time.
class Inference {
public:
    Inference(const Network &network, const ItemCatalog &catalog, const ZilnBounds &bounds);

    /// What the anchor token of each sequence knows. @return [b, d].
    at::Tensor users(const SequenceBatch &batch) const;
    /// Shares of attention of each sequence's anchor, by block: a value per token of the batch.
    std::vector<std::vector<double>> attention(const SequenceBatch &batch) const;
    /// log P(next item = row + 1), rows whose item is gone at −inf. @return [b, rows], CPU.
    at::Tensor logProbabilities(const at::Tensor &users) const;
    /// Cosine between users' and items' vectors. @return [b, rows], CPU.
    at::Tensor cosines(const at::Tensor &users) const;
    /// As BehaviorModel::bestItems. The item table is gone through in tiles that fit in the cache: a
    /// hundred users or so at a time.
    std::vector<std::vector<BehaviorModel::BestItem>>
    bestItems(const at::Tensor &users, std::size_t most,
              std::span<const std::vector<std::int32_t>> hidden) const;
    /// What the heads asked for say of the label window; empty where one is off.
    struct Outlook {
        HeadOutputs outputs;
        std::vector<double> pChurn, expectedValue, pClick;
        std::vector<ReturnCurve> returns;
    };
    /// @param labelDays of the window.
    Outlook outlook(const at::Tensor &users, const SequenceBatch &batch, const Heads &heads,
                    int labelDays) const;
    std::int64_t rows() const noexcept { return m_features.rows; }

    // The parts that best items are made of, for who puts several networks together.
    static constexpr std::int64_t kTile = 1024; ///< items: 128 users' scores are half a megabyte
    at::Tensor queries(const at::Tensor &users) const; ///< [b, d]
    /// Of items [from, from + width), without the bias. @return [b, width], CPU, contiguous.
    at::Tensor scoresOf(const at::Tensor &queries, std::int64_t from, std::int64_t width) const;
    /// The same tile by tile, each in the place of the one before.
    void eachTile(const at::Tensor &queries,
                  const std::function<void(std::int64_t from, std::int64_t width, float *scores)>
                      &take) const;
    const float *bias() const noexcept { return m_biasHere.data_ptr<float>(); } ///< by item, rows
    at::Tensor directions(const at::Tensor &users) const; ///< of length 1, CPU, contiguous
    /// In [−1, 1]. @param directions as above.
    float cosine(const at::Tensor &directions, std::size_t user, std::int64_t item) const;

private:
    const Network &m_network;
    ZilnBounds m_bounds;
    at::Device m_device;
    ItemFeatures m_features;
    at::Tensor m_tower, m_items, m_directions; ///< all rows; keys of rows 1 …; of length 1
    at::Tensor m_bias;                         ///< of the items' scores
    at::Tensor m_directionsHere, m_biasHere;   ///< the same on the CPU
};

} // namespace perennial::net
