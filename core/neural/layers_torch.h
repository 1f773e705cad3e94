#pragma once

// For core/neural and core/behavior alone: named parameters, and the layers that networks are made
// of.

#include "core/neural/row_loops.h"

#include <torch/torch.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace perennial::net {

struct Parameter {
    std::string name;
    at::Tensor value;
};

/// A network's parameters in the order in which they were made.
class Parameters {
public:
    Parameters() = default;
    explicit Parameters(std::vector<Parameter> all) : m_all(std::move(all)) {}

    const std::vector<Parameter> &all() const noexcept { return m_all; }
    at::Tensor operator[](std::string_view name) const;
    /// x · weightᵀ + bias of "<name>.weight" and "<name>.bias".
    at::Tensor linear(const at::Tensor &x, const std::string &name) const;
    /// Layer norm over the columns.
    at::Tensor normed(const at::Tensor &x, const std::string &name) const;

private:
    std::vector<Parameter> m_all;
};

/// Makes the parameters one after another from one generator of their own; nothing global is
/// touched.
class Initializer {
public:
    Initializer(std::int64_t seed, const at::Device &device, at::ScalarType type = at::kFloat);

    void normal(const std::string &name, at::IntArrayRef size, double deviation);
    void constant(const std::string &name, at::IntArrayRef size, double value);
    void values(const std::string &name, const std::vector<double> &values);
    /// @param gain of the output's deviation over the input's.
    void linear(const std::string &name, std::int64_t in, std::int64_t out, double gain = 1);
    void norm(const std::string &name, std::int64_t size);
    Parameters take() { return Parameters(std::move(m_parameters)); }

private:
    void add(const std::string &name, const at::Tensor &value);

    at::Generator m_generator;
    at::Device m_device;
    at::ScalarType m_type;
    std::vector<Parameter> m_parameters;
};

/// Where dropout takes its bits from; no key, no dropout.
struct Dropout {
    double p = 0;
    std::optional<std::uint64_t> key;
    at::Tensor operator()(const at::Tensor &x, std::uint64_t site) const;
    Drop at(std::uint64_t site) const noexcept;
};

/// dropout(scale Σ over k of table[index[i, k]] + Σ over k of others[other[i, k]]): what the
/// encoder reads of token i. @param table [v, d], others [w, d]. @param index [n, k], other [n, l]
/// int64. @return [n, d].
at::Tensor tokenRows(const at::Tensor &table, const at::Tensor &index, const at::Tensor &others,
                     const at::Tensor &other, double scale, const Dropout &dropout,
                     std::uint64_t site);
at::Tensor tokenRowsPlain(const at::Tensor &table, const at::Tensor &index,
                          const at::Tensor &others, const at::Tensor &other, double scale,
                          const Dropout &dropout, std::uint64_t site);

/// x + dropout(ff2(relu(ff1(norm2(x))))), of parameters "<block>norm2", "<block>ff1", "<block>ff2".
at::Tensor feedForward(const Parameters &weights, const at::Tensor &x, const std::string &block,
                       const Dropout &dropout, std::uint64_t site);
/// attended = x + dropout(out(attention(qkv(norm1(x))))), and feedForward of that, of parameters
/// "<block>norm1", "<block>qkv", "<block>out" and those above; the attention drops weights too.
/// Takes three sites. Other devices than the CPU take the plain one. Source: Kang & McAuley (2018),
/// with the norms before each part as in Xiong et al. (2020), "On layer normalization in the
/// transformer architecture".
at::Tensor attentionBlock(const Parameters &weights, const at::Tensor &x,
                          const std::vector<std::int64_t> &lengths, std::int64_t heads,
                          const std::string &block, const Dropout &dropout, std::uint64_t site);
at::Tensor attentionBlockPlain(const Parameters &weights, const at::Tensor &x,
                               const std::vector<std::int64_t> &lengths, std::int64_t heads,
                               const std::string &block, const Dropout &dropout,
                               std::uint64_t site);
void makeFeedForward(Initializer &make, const std::string &block, std::int64_t dimension);

/// x / |x| by rows; a row of zeros stays one. Smooth everywhere.
at::Tensor unitRows(const at::Tensor &x);

/// Gain of what a block adds to its input to begin with: nearly nothing, so that a network of any
/// depth starts as what it reads. Source: De & Smith (2020), "Batch normalization biases residual
/// blocks towards the identity function in deep networks", § 3.
inline constexpr double kBranchGain = 0.1;

/// The tokens of sequences packed one after another, in the order of their places in the
/// sequences: all first tokens, then all second ones, … Within a step longer sequences come first.
struct TimeOrder {
    at::Tensor tokens; ///< [n] int64: the packed row at each place of this order
    at::Tensor places; ///< [n] int64: its inverse
    std::vector<std::int64_t> batch; ///< tokens of each step; the step's sequences are a prefix of
                                     ///< those of the step before
};
TimeOrder timeOrder(const std::vector<std::int64_t> &lengths, const at::Device &device);

/// Values of parameters by themselves, and back into them.
std::vector<at::Tensor> copiesOf(const std::vector<at::Tensor> &tensors);
void copyTo(const std::vector<at::Tensor> &to, const std::vector<at::Tensor> &from);

} // namespace perennial::net
