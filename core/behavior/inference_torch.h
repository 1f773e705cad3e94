#pragma once

// Private to core/behavior: a network asked, without derivatives.

#include "core/behavior/batch.h"
#include "core/behavior/heads_torch.h"
#include "core/behavior/network_torch.h"
#include "core/behavior/return_time.h"

#include <torch/torch.h>

#include <cstdint>
#include <vector>

namespace perennial::net {

/// A network over one catalogue, its item tower computed once. Used by many threads at a time.
class Inference {
public:
    Inference(const Network &network, const ItemCatalog &catalog, const ZilnBounds &bounds);

    /// What the anchor token of each sequence knows. @return [b, d].
    at::Tensor users(const SequenceBatch &batch) const;
    /// log P(next item = row + 1), rows whose item is gone at −inf. @return [b, rows], CPU.
    at::Tensor logProbabilities(const at::Tensor &users) const;
    /// Cosine between users' and items' vectors. @return [b, rows], CPU.
    at::Tensor cosines(const at::Tensor &users) const;
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

private:
    const Network &m_network;
    ZilnBounds m_bounds;
    at::Device m_device;
    ItemFeatures m_features;
    at::Tensor m_tower, m_items, m_directions, m_bias; ///< all rows; keys of rows 1 …; of length 1; scores
};

} // namespace perennial::net
