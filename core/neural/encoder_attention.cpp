#include "core/neural/encoder_torch.h"
#include "core/neural/ops_torch.h"

#include <cmath>
#include <string>

namespace perennial::net {

namespace {

constexpr std::uint64_t kCrossSite = 5; ///< of its two dropouts; blocks start at 10

std::string blockName(std::int64_t layer) { return "block." + std::to_string(layer) + "."; }

/// softmax(q Kᵀ / √inner) of each sequence's last token, the mean over the heads. @return [n].
at::Tensor lastAttention(const at::Tensor &qkv, const std::vector<std::int64_t> &lengths,
                         std::int64_t heads)
{
    const std::int64_t d = qkv.size(1) / 3, inner = d / heads;
    std::vector<at::Tensor> parts;
    std::int64_t first = 0;
    for (const std::int64_t length : lengths) {
        const at::Tensor q = qkv[first + length - 1].narrow(0, 0, d).view({1, heads, inner});
        const at::Tensor k =
            qkv.narrow(0, first, length).narrow(1, d, d).reshape({length, heads, inner});
        const at::Tensor scores = (q * k).sum(2) / std::sqrt(static_cast<double>(inner));
        parts.push_back(at::softmax(scores, 0).mean(1));
        first += length;
    }
    return at::cat(parts);
}

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
            make.linear(block + "out", d, d, kBranchGain);
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
            x = block(weights, x, lengths, k, dropout);
        }
        return m_shape.crossAttention ? cross(weights, tokens, x, lengths, dropout) : x;
    }

    std::vector<at::Tensor> attention(const Parameters &weights, const at::Tensor &tokens,
                                      const std::vector<std::int64_t> &lengths) const override
    {
        std::vector<at::Tensor> shares;
        at::Tensor x = tokens;
        for (std::int64_t k = 0; k < m_shape.layers; ++k) {
            const std::string name = blockName(k);
            const at::Tensor qkv = weights.linear(weights.normed(x, name + "norm1"), name + "qkv");
            shares.push_back(lastAttention(qkv, lengths, m_shape.heads));
            x = block(weights, x, lengths, k, {});
        }
        return shares;
    }

private:
    at::Tensor block(const Parameters &weights, const at::Tensor &x,
                     const std::vector<std::int64_t> &lengths, std::int64_t layer,
                     const Dropout &dropout) const
    {
        return attentionBlock(weights, x, lengths, m_shape.heads, blockName(layer), dropout,
                              static_cast<std::uint64_t>(10 * (layer + 1)));
    }

    at::Tensor cross(const Parameters &weights, const at::Tensor &tokens, const at::Tensor &x,
                     const std::vector<std::int64_t> &lengths, const Dropout &dropout) const
    {
        const at::Tensor query =
            weights.linear(weights.normed(tokens, "cross.norm1"), "cross.query");
        const at::Tensor memory = weights.linear(weights.normed(x, "cross.norm2"), "cross.memory");
        const at::Tensor mixed = packedAttention(at::cat({query, memory}, 1), lengths,
                                                 m_shape.heads, dropout.at(kCrossSite));
        return x + dropout(weights.linear(mixed, "cross.out"), kCrossSite + 1);
    }

    EncoderShape m_shape;
};

} // namespace

std::unique_ptr<Encoder> attentionEncoder(const EncoderShape &shape)
{
    return std::make_unique<AttentionEncoder>(shape);
}

} // namespace perennial::net
