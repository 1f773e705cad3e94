#include "core/neural/encoder_torch.h"
#include "core/neural/ops_torch.h"

#include <string>
#include <tuple>

namespace perennial::net {

namespace {

std::string blockName(std::int64_t layer) { return "block." + std::to_string(layer) + "."; }

class GruEncoder : public Encoder {
public:
    explicit GruEncoder(const EncoderShape &shape) : m_shape(shape) {}

    void makeParameters(Initializer &make) const override
    {
        const std::int64_t d = m_shape.dimension;
        for (std::int64_t k = 0; k < m_shape.layers; ++k) {
            make.norm(blockName(k) + "norm1", d);
            make.linear(blockName(k) + "input", d, 3 * d);
            make.linear(blockName(k) + "state", d, 3 * d);
        }
    }

    at::Tensor encode(const Parameters &weights, const at::Tensor &tokens,
                      const std::vector<std::int64_t> &lengths,
                      const Dropout &dropout) const override
    {
        const TimeOrder order = timeOrder(lengths, tokens.device());
        // cells are asked step by step: one order for all layers
        at::Tensor x = sumRows(tokens, order.tokens.unsqueeze(1));
        for (std::int64_t k = 0; k < m_shape.layers; ++k) {
            const at::Tensor states =
                cells(weights, weights.normed(x, blockName(k) + "norm1"), order, blockName(k));
            x = x + dropout(states, static_cast<std::uint64_t>(10 * (k + 1)));
        }
        return sumRows(x, order.places.unsqueeze(1));
    }

private:
    at::Tensor cells(const Parameters &weights, const at::Tensor &x, const TimeOrder &order,
                     const std::string &block) const
    {
        const at::Tensor start = at::zeros({1, order.batch.front(), m_shape.dimension}, x.options());
        const at::Tensor batch = at::tensor(order.batch, at::TensorOptions().dtype(at::kLong));
        const bool train = at::GradMode::is_enabled(); // cuDNN keeps what backward needs only then
        return std::get<0>(at::gru(x, batch, start,
                                   {weights[block + "input.weight"], weights[block + "state.weight"],
                                    weights[block + "input.bias"], weights[block + "state.bias"]},
                                   true, 1, 0.0, train, false));
    }

    EncoderShape m_shape;
};

} // namespace

std::unique_ptr<Encoder> gruEncoder(const EncoderShape &shape)
{
    return std::make_unique<GruEncoder>(shape);
}

} // namespace perennial::net
