#include "core/neural/encoder_torch.h"
#include "core/neural/ops_torch.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace perennial::net {

namespace {

/// Logits of decays whose half-lives, in tokens, are spread evenly on a log scale over the
/// dimensions.
std::vector<double> startingDecays(std::int64_t dimension)
{
    constexpr double kShortest = 0.5, kLongest = 32.0;
    std::vector<double> logits;
    for (std::int64_t c = 0; c < dimension; ++c) {
        const double share =
            static_cast<double>(c) / static_cast<double>(std::max<std::int64_t>(dimension - 1, 1));
        const double halfLife = kShortest * std::pow(kLongest / kShortest, share);
        const double decay = std::exp2(-1.0 / halfLife);
        logits.push_back(std::log(decay / (1 - decay)));
    }
    return logits;
}

class PoolEncoder : public Encoder {
public:
    explicit PoolEncoder(const EncoderShape &shape) : m_shape(shape) {}

    void makeParameters(Initializer &make) const override
    {
        make.values("pool.decay", startingDecays(m_shape.dimension));
        for (std::int64_t k = 0; k < m_shape.layers; ++k) {
            makeFeedForward(make, blockName(k), m_shape.dimension);
        }
    }

    at::Tensor encode(const Parameters &weights, const at::Tensor &tokens,
                      const std::vector<std::int64_t> &lengths,
                      const Dropout &dropout) const override
    {
        at::Tensor x = decayedMean(tokens, at::sigmoid(weights["pool.decay"]), lengths);
        for (std::int64_t k = 0; k < m_shape.layers; ++k) {
            x = feedForward(weights, x, blockName(k), dropout,
                            static_cast<std::uint64_t>(10 * (k + 1)));
        }
        return x;
    }

private:
    static std::string blockName(std::int64_t layer)
    {
        return "block." + std::to_string(layer) + ".";
    }

    EncoderShape m_shape;
};

} // namespace

std::unique_ptr<Encoder> poolEncoder(const EncoderShape &shape)
{
    return std::make_unique<PoolEncoder>(shape);
}

std::unique_ptr<Encoder> makeEncoder(const EncoderShape &shape)
{
    switch (shape.kind) {
    case UserEncoder::Attention:
        return attentionEncoder(shape);
    case UserEncoder::Gru:
        return gruEncoder(shape);
    case UserEncoder::Cnn:
        return cnnEncoder(shape);
    case UserEncoder::Pool:
        return poolEncoder(shape);
    case UserEncoder::Features:
        break; // reads no sequence
    }
    return nullptr;
}

} // namespace perennial::net
