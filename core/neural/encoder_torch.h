#pragma once

// For core/neural and core/behavior alone: what reads a user's sequence.

#include "core/neural/layers_torch.h"
#include "core/neural/user_encoder.h"

#include <torch/torch.h>

#include <cstdint>
#include <memory>
#include <vector>

namespace perennial::net {

struct EncoderShape {
    UserEncoder kind = UserEncoder::Attention;
    std::int64_t dimension = 64, heads = 2, layers = 1;
    bool crossAttention = false;
};

/// Turns the embeddings of tokens into what each token knows of its sequence so far: of itself and
/// the tokens before it, never of later ones or of other sequences.
class Encoder {
public:
    virtual ~Encoder() = default;
    virtual void makeParameters(Initializer &make) const = 0;
    /// @param tokens [n, d], sequences one after another. @param lengths sum to n, each >= 1.
    /// @return [n, d].
    virtual at::Tensor encode(const Parameters &weights, const at::Tensor &tokens,
                              const std::vector<std::int64_t> &lengths,
                              const Dropout &dropout) const = 0;
};

/// Blocks of causal self-attention and a feed-forward layer; with `crossAttention` each token's own
/// embedding then asks once more over what the history has become.
/// Sources: Kang & McAuley (2018); Vaswani et al. (2017), eq. 1 and § 3.2.3.
std::unique_ptr<Encoder> attentionEncoder(const EncoderShape &shape);

/// Gated recurrent units, each layer added to its input.
/// Sources: Cho et al. (2014); Hidasi et al. (2016), "Session-based recommendations with recurrent
/// neural networks".
std::unique_ptr<Encoder> gruEncoder(const EncoderShape &shape);

/// Causal convolutions over 3 tokens that are 1, 2, 4 and 8 apart, `layers` times over, each added
/// to its input: a token knows of the 30 × layers before it.
/// Source: Yuan et al. (2019), "A simple convolutional generative network for next item
/// recommendation".
std::unique_ptr<Encoder> cnnEncoder(const EncoderShape &shape);

/// A decayed mean of the embeddings so far, each dimension with a decay of its own that is learned,
/// and `layers` feed-forward layers.
/// Sources: Covington, Adams & Sargin (2016) for the mean; Ma et al. (2023), "Mega", eq. 1 for one
/// decay per dimension.
std::unique_ptr<Encoder> poolEncoder(const EncoderShape &shape);

/// None for Features, which reads no sequence.
std::unique_ptr<Encoder> makeEncoder(const EncoderShape &shape);

} // namespace perennial::net
