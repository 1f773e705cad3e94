#include "core/neural/encoder_torch.h"
#include "core/neural/ops_torch.h"

#include <array>
#include <string>

namespace perennial::net {

namespace {

constexpr std::int64_t kTaps = 3;
constexpr std::array<std::int64_t, 4> kDilations{1, 2, 4, 8};

std::string blockName(std::int64_t layer, std::int64_t dilation)
{
    return "block." + std::to_string(layer) + "." + std::to_string(dilation) + ".";
}

/// For each token the rows of itself and of those 1 and 2 dilations before it, counted from 1; row
/// 0 where the sequence has not begun. @return [n · kTaps, 1] int64.
at::Tensor tapsOf(const std::vector<std::int64_t> &lengths, std::int64_t dilation,
                  const at::Device &device)
{
    std::vector<std::int64_t> rows;
    std::int64_t first = 1;
    for (const std::int64_t length : lengths) {
        for (std::int64_t i = 0; i < length; ++i) {
            for (std::int64_t tap = 0; tap < kTaps; ++tap) {
                const std::int64_t from = i - tap * dilation;
                rows.push_back(from >= 0 ? first + from : 0);
            }
        }
        first += length;
    }
    return at::tensor(rows, at::TensorOptions().dtype(at::kLong)).to(device).unsqueeze(1);
}

class CnnEncoder : public Encoder {
public:
    explicit CnnEncoder(const EncoderShape &shape) : m_shape(shape) {}

    void makeParameters(Initializer &make) const override
    {
        const std::int64_t d = m_shape.dimension;
        for (std::int64_t k = 0; k < m_shape.layers; ++k) {
            for (const std::int64_t dilation : kDilations) {
                make.norm(blockName(k, dilation) + "norm1", d);
                make.linear(blockName(k, dilation) + "taps", kTaps * d, d);
                make.linear(blockName(k, dilation) + "out", d, d);
            }
        }
    }

    at::Tensor encode(const Parameters &weights, const at::Tensor &tokens,
                      const std::vector<std::int64_t> &lengths,
                      const Dropout &dropout) const override
    {
        std::array<at::Tensor, kDilations.size()> taps;
        for (std::size_t j = 0; j < kDilations.size(); ++j) {
            taps[j] = tapsOf(lengths, kDilations[j], tokens.device());
        }
        at::Tensor x = tokens;
        for (std::int64_t k = 0; k < m_shape.layers; ++k) {
            for (std::size_t j = 0; j < kDilations.size(); ++j) {
                const auto site = static_cast<std::uint64_t>(10 * (k + 1)) + j;
                x = x + dropout(convolved(weights, x, taps[j], blockName(k, kDilations[j])), site);
            }
        }
        return x;
    }

private:
    at::Tensor convolved(const Parameters &weights, const at::Tensor &x, const at::Tensor &taps,
                         const std::string &block) const
    {
        const at::Tensor normed = weights.normed(x, block + "norm1");
        const at::Tensor before = at::zeros({1, m_shape.dimension}, x.options());
        const at::Tensor seen =
            sumRows(at::cat({before, normed}), taps).view({x.size(0), kTaps * m_shape.dimension});
        return weights.linear(at::relu(weights.linear(seen, block + "taps")), block + "out");
    }

    EncoderShape m_shape;
};

} // namespace

std::unique_ptr<Encoder> cnnEncoder(const EncoderShape &shape)
{
    return std::make_unique<CnnEncoder>(shape);
}

} // namespace perennial::net
