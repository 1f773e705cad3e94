#include "core/behavior/item_start_torch.h"

#include "core/base/rng.h"
#include "core/behavior/network_torch.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace perennial::net {

namespace {

constexpr std::int64_t kOversampling = 10;
constexpr int kIterations = 4;
constexpr std::uint64_t kStartStream = 11;

at::TensorOptions real() { return at::TensorOptions().dtype(at::kDouble); }

at::Tensor randomBlock(std::int64_t rows, std::int64_t columns, std::int64_t seed)
{
    Rng rng(static_cast<std::uint64_t>(seed), kStartStream);
    at::Tensor block = at::empty({rows, columns}, real());
    double *numbers = block.data_ptr<double>();
    std::generate_n(numbers, block.numel(), [&] { return rng.normal(); });
    return block;
}

/// MᵀM · block.
at::Tensor product(const SparseRows &matrix, const at::Tensor &block)
{
    const at::Tensor from = block.contiguous();
    const auto width = static_cast<std::size_t>(from.size(1));
    at::Tensor result = at::zeros_like(from);
    const double *in = from.data_ptr<double>();
    double *out = result.data_ptr<double>();
    std::vector<double> row(width);
    for (std::size_t r = 0; r + 1 < matrix.offsets.size(); ++r) {
        std::ranges::fill(row, 0.0);
        const auto begin = static_cast<std::size_t>(matrix.offsets[r]);
        const auto end = static_cast<std::size_t>(matrix.offsets[r + 1]);
        for (std::size_t k = begin; k < end; ++k) {
            const double *item = in + static_cast<std::size_t>(matrix.columns[k]) * width;
            for (std::size_t c = 0; c < width; ++c) {
                row[c] += matrix.values[k] * item[c];
            }
        }
        for (std::size_t k = begin; k < end; ++k) {
            double *item = out + static_cast<std::size_t>(matrix.columns[k]) * width;
            for (std::size_t c = 0; c < width; ++c) {
                item[c] += matrix.values[k] * row[c];
            }
        }
    }
    return result;
}

at::Tensor orthonormal(const at::Tensor &block) { return std::get<0>(at::linalg_qr(block)); }

/// log(1 + count) of each user's own items.
SparseRows interests(const SequenceSource &source, Day until)
{
    SparseRows matrix;
    for (std::int64_t user = 1; user <= source.events.maxUser(); ++user) {
        const EventSpan span = eventsUpTo(source.events, user, until);
        std::map<std::int32_t, double> counts;
        for (std::int64_t row = span.begin; row < span.end; ++row) {
            const auto i = static_cast<std::size_t>(row);
            const std::int32_t item = source.encoded.item[i];
            if (item > 0 && item <= source.vocabulary.ownItems &&
                showsInterest(source.events.kind[i])) {
                counts[item - 1] += 1;
            }
        }
        for (const auto &[item, count] : counts) {
            matrix.columns.push_back(item);
            matrix.values.push_back(std::log1p(count));
        }
        if (!counts.empty()) {
            matrix.offsets.push_back(static_cast<std::int64_t>(matrix.columns.size()));
        }
    }
    return matrix;
}

} // namespace

RightVectors truncatedSvd(const SparseRows &matrix, std::int64_t columns, std::int64_t rank,
                          std::int64_t seed)
{
    const std::int64_t width = std::min(columns, rank + kOversampling);
    at::Tensor basis = orthonormal(randomBlock(columns, width, seed));
    for (int k = 0; k < kIterations; ++k) {
        basis = orthonormal(product(matrix, basis));
    }
    const at::Tensor inner = at::mm(basis.t(), product(matrix, basis));
    const auto [squares, turns] = at::linalg_eigh((inner + inner.t()) / 2, "L");
    // eigenvalues rise
    const at::Tensor largest = at::arange(width - 1, width - 1 - rank, -1, at::kLong);
    at::Tensor vectors = at::mm(basis, turns.index_select(1, largest));
    const at::Tensor peak = vectors.abs().argmax(0, true);
    vectors = vectors * at::where(vectors.gather(0, peak) < 0, -1.0, 1.0);
    return {squares.index_select(0, largest).clamp_min(0.0).sqrt(), vectors};
}

at::Tensor itemVectors(const SequenceSource &source, Day until, std::int64_t dimension,
                       std::int64_t seed)
{
    const SparseRows matrix = interests(source, until);
    const std::int64_t own = source.vocabulary.ownItems;
    const std::int64_t rank = std::min({dimension, own, matrix.rows()});
    if (rank == 0) {
        return at::empty({own, 0});
    }
    const RightVectors found = truncatedSvd(matrix, own, rank, seed);
    const at::Tensor vectors = found.vectors * found.values.sqrt();
    const double size = vectors.square().mean().sqrt().item<double>();
    return (size > 0 ? vectors * (kEmbeddingDeviation / size) : vectors).to(at::kFloat);
}

} // namespace perennial::net
