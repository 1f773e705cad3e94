#include "core/neural/encoder_torch.h"
#include "core/neural/ops_torch.h"

#include <string>

namespace perennial::net {

namespace {

constexpr std::uint64_t kCrossSite = 5; ///< of its dropout; blocks start at 10

std::string blockName(std::int64_t layer) { return "block." + std::to_string(layer) + "."; }

class AttentionEncoder : public Encoder {
public:
    explicit AttentionEncoder(const EncoderShape &shape) : m_shape(shape) {}

    void makeParameters(Initializer &make) const override
    {
        const std::int64_t d = m_shape.dimension;
        for (std::int64_t k = 0; k < m_shape.layers; ++k) {
            const std::string block = blockName(k);
            make.norm(block + "norm1", d);
            make.linear(block + "qkv", d, 3 * d);
            make.linear(block + "out", d, d);
            makeFeedForward(make, block, d);
        }
        if (m_shape.crossAttention) {
            make.norm("cross.norm1", d);
            make.linear("cross.query", d, d);
            make.norm("cross.norm2", d);
            make.linear("cross.memory", d, 2 * d);
            make.linear("cross.out", d, d);
        }
    }

    at::Tensor encode(const Parameters &weights, const at::Tensor &tokens,
                      const std::vector<std::int64_t> &lengths,
                      const Dropout &dropout) const override
    {
        at::Tensor x = tokens;
        for (std::int64_t k = 0; k < m_shape.layers; ++k) {
            x = attentionBlock(weights, x, lengths, m_shape.heads, blockName(k), dropout,
                               static_cast<std::uint64_t>(10 * (k + 1)));
        }
        return m_shape.crossAttention ? cross(weights, tokens, x, lengths, dropout) : x;
    }

private:
    at::Tensor cross(const Parameters &weights, const at::Tensor &tokens, const at::Tensor &x,
                     const std::vector<std::int64_t> &lengths, const Dropout &dropout) const
    {
        const at::Tensor query =
            weights.linear(weights.normed(tokens, "cross.norm1"), "cross.query");
        const at::Tensor memory = weights.linear(weights.normed(x, "cross.norm2"), "cross.memory");
        const at::Tensor mixed = packedAttention(at::cat({query, memory}, 1), lengths, m_shape.heads);
        return x + dropout(weights.linear(mixed, "cross.out"), kCrossSite);
    }

    EncoderShape m_shape;
};

} // namespace

std::unique_ptr<Encoder> attentionEncoder(const EncoderShape &shape)
{
    return std::make_unique<AttentionEncoder>(shape);
}

} // namespace perennial::net
