#include "core/neural/softmax_loss_torch.h"

#include "core/neural/products.h"
#include "core/neural/softmax_loops.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <vector>

namespace perennial::net {

namespace {

/// A tile of the logits stays in a core's own cache; a round of them in the one that cores share.
constexpr std::int64_t kTileRows = 256, kTileItems = 512, kRoundValues = 4'000'000;
constexpr std::int64_t kFewestRows = 16; ///< of a round, however many items there are
constexpr std::int64_t kSettledRows = 32; ///< at once: few enough to keep every worker busy
constexpr std::int64_t kLine = 16; ///< values: strides are odd multiples of it

std::int64_t partsOf(std::int64_t all, std::int64_t most) { return (all + most - 1) / most; }

/// Stretches of equal length, the last one shorter.
struct Cut {
    Cut(std::int64_t allIn, std::int64_t most)
        : all(allIn), each(partsOf(all, std::max<std::int64_t>(partsOf(all, most), 1))),
          parts(each > 0 ? partsOf(all, each) : 0)
    {
    }
    std::int64_t from(std::int64_t k) const { return k * each; }
    std::int64_t size(std::int64_t k) const { return std::min(each, all - from(k)); }

    std::int64_t all, each, parts;
};

/// One round: the logits of some rows are held, as exponentials over each tile's own largest, until the
/// table has its derivatives of them.
/// Source of sums whose scale is known only later: Milakov & Gimelshein (2018), "Online normalizer
/// calculation for softmax".
template <class T>
class Round {
public:
    struct Data {
        Rows<const T> hidden, table; ///< table: from the first item on
        const T *bias = nullptr;
        const std::int64_t *target = nullptr;
        const T *weight = nullptr;
        Rows<T> hiddenGrad, tableGrad; ///< the first round writes the table's, others add to it
        T *biasGrad = nullptr;
        double *losses = nullptr;
        std::int64_t d = 0;
    };

    Round(std::int64_t mostRows, std::int64_t items, const Data &data,
          const at::TensorOptions &options)
        : m_data(data), m_items(items, kTileItems), m_mostRows(mostRows, kTileRows),
          m_stride((m_items.each + kLine - 1) / kLine * kLine + kLine),
          m_values(at::empty({m_mostRows.parts * m_items.parts * m_mostRows.each * m_stride}, options)),
          m_sides(at::empty({m_mostRows.parts * m_items.parts * m_mostRows.each * data.d}, options)),
          m_turned(at::empty({m_items.parts * data.d * m_stride}, options)),
          m_tops(static_cast<std::size_t>(mostRows * m_items.parts)), m_sums(m_tops.size()),
          m_hits(static_cast<std::size_t>(mostRows))
    {
    }

    /// The items' side of the logits, once for all rounds.
    void prepare(WorkerCrew &crew)
    {
        crew.run(static_cast<std::size_t>(m_items.parts), [&](std::size_t k) {
            const auto b = static_cast<std::int64_t>(k);
            turn(m_items.size(b), m_data.d, table(b), turned(b));
        });
    }

    /// The rows [from, from + count); count is at most what the round was made for.
    void run(std::int64_t from, std::int64_t count, WorkerCrew &crew)
    {
        m_from = from;
        m_rows = Cut(count, m_mostRows.each); // as many tiles as there is room for, and as long
        const auto tiles = static_cast<std::size_t>(m_rows.parts * m_items.parts);
        crew.run(tiles, [&](std::size_t k) {
            const auto tile = static_cast<std::int64_t>(k);
            score(tile / m_items.parts, tile % m_items.parts);
        });
        const Cut settled(count, kSettledRows);
        crew.run(static_cast<std::size_t>(settled.parts), [&](std::size_t k) {
            const auto part = static_cast<std::int64_t>(k);
            settle(settled.from(part), settled.from(part) + settled.size(part));
        });
        crew.run(static_cast<std::size_t>(m_items.parts),
                 [&](std::size_t k) { addToItems(static_cast<std::int64_t>(k)); });
    }

private:
    Rows<T> values(std::int64_t i, std::int64_t b) const
    {
        return {m_values.data_ptr<T>() + (i * m_items.parts + b) * m_mostRows.each * m_stride, m_stride};
    }
    Rows<T> side(std::int64_t i, std::int64_t b) const
    {
        return {m_sides.data_ptr<T>() + (i * m_items.parts + b) * m_mostRows.each * m_data.d, m_data.d};
    }
    Rows<const T> table(std::int64_t b) const
    {
        return {m_data.table.row(m_items.from(b)), m_data.table.stride};
    }
    Rows<T> turned(std::int64_t b) const
    {
        return {m_turned.data_ptr<T>() + b * m_data.d * m_stride, m_stride};
    }
    Rows<const T> hidden(std::int64_t row) const
    {
        return {m_data.hidden.row(m_from + row), m_data.hidden.stride};
    }
    std::size_t at(std::int64_t row, std::int64_t b) const
    {
        return static_cast<std::size_t>(row * m_items.parts + b);
    }

    /// Exponentials of a tile over its largest in each row, their sums, and their product with the table.
    void score(std::int64_t i, std::int64_t b)
    {
        const std::int64_t rows = m_rows.size(i), items = m_items.size(b), first = m_items.from(b);
        const Rows<T> p = values(i, b), columns = turned(b);
        product(Side::Plain, Side::Plain, rows, items, m_data.d, T{1}, hidden(m_rows.from(i)),
                {columns.data, columns.stride}, false, p);
        for (std::int64_t r = 0; r < rows; ++r) {
            const std::int64_t row = m_rows.from(i) + r, target = m_data.target[m_from + row];
            if (target >= first && target < first + items) {
                m_hits[static_cast<std::size_t>(row)] =
                    p.row(r)[target - first] + m_data.bias[target];
            }
            const SoftmaxRow<T> exponentials = expRow(p.row(r), m_data.bias + first, items);
            m_tops[at(row, b)] = exponentials.top;
            m_sums[at(row, b)] = exponentials.sum;
        }
        product(Side::Plain, Side::Plain, rows, m_data.d, items, T{1}, {p.data, p.stride}, table(b),
                false, side(i, b));
    }

    /// Losses of the rows [row, end) and their derivatives; tops become what the exponentials are to be
    /// multiplied by.
    void settle(std::int64_t row, std::int64_t end)
    {
        for (; row < end; ++row) {
            const std::int64_t i = row / m_rows.each, target = m_data.target[m_from + row];
            const T weight = m_data.weight[m_from + row];
            T *tops = m_tops.data() + at(row, 0);
            const double top = *std::max_element(tops, tops + m_items.parts);
            double sum = 0;
            for (std::int64_t b = 0; b < m_items.parts; ++b) {
                sum += static_cast<double>(m_sums[at(row, b)]) * std::exp(tops[b] - top);
            }
            const double all = top + std::log(sum);
            m_data.losses[m_from + row] = all - static_cast<double>(m_hits[static_cast<std::size_t>(row)]);
            T *grad = m_data.hiddenGrad.row(m_from + row);
            std::fill_n(grad, m_data.d, T{0});
            for (std::int64_t b = 0; b < m_items.parts; ++b) {
                tops[b] = weight * static_cast<T>(std::exp(tops[b] - all));
            }
            addWeighted(grad, {side(i, 0).row(row - m_rows.from(i)), m_mostRows.each * m_data.d},
                        tops, m_items.parts, m_data.d);
            addScaled(grad, m_data.table.row(target), -weight, m_data.d);
        }
    }

    void addToItems(std::int64_t b)
    {
        const std::int64_t items = m_items.size(b), first = m_items.from(b), d = m_data.d;
        const Rows<T> grad{m_data.tableGrad.row(first), m_data.tableGrad.stride};
        std::vector<T> scaled(static_cast<std::size_t>(m_rows.each * d));
        std::vector<T> weights(static_cast<std::size_t>(m_rows.each));
        for (std::int64_t i = 0; i < m_rows.parts; ++i) {
            const Rows<T> p = values(i, b);
            for (std::int64_t r = 0; r < m_rows.size(i); ++r) {
                const T weight = m_tops[at(m_rows.from(i) + r, b)];
                const T *from = hidden(m_rows.from(i) + r).data;
                weights[static_cast<std::size_t>(r)] = weight;
                std::transform(from, from + d, scaled.data() + r * d,
                               [&](T x) { return x * weight; });
            }
            addWeighted(m_data.biasGrad + first, {p.data, p.stride}, weights.data(), m_rows.size(i),
                        items);
            product(Side::Turned, Side::Plain, items, d, m_rows.size(i), T{1}, {p.data, p.stride},
                    {scaled.data(), d}, m_from + i > 0, grad);
        }
        for (std::int64_t row = 0; row < m_rows.all; ++row) {
            const std::int64_t target = m_data.target[m_from + row];
            if (target >= first && target < first + items) {
                const T weight = m_data.weight[m_from + row];
                addScaled(m_data.tableGrad.row(target), hidden(row).data, -weight, d);
                m_data.biasGrad[target] -= weight;
            }
        }
    }

    Data m_data;
    Cut m_items, m_mostRows, m_rows{0, 1};
    std::int64_t m_stride, m_from = 0;
    at::Tensor m_values, m_sides; ///< by tile
    at::Tensor m_turned;          ///< by block of items: [d, stride]
    std::vector<T> m_tops, m_sums; ///< by row, then block of items
    std::vector<T> m_hits;         ///< scores of the targets
};

} // namespace

SoftmaxGradients softmaxGradients(const SoftmaxRows &rowsIn, WorkerCrew &crew)
{
    if (!rowsIn.hidden.is_cpu()) {
        return softmaxGradientsByTensors(rowsIn);
    }
    assert(rowsIn.hidden.size(0) > 0 && rowsIn.bias.size(0) > 0);
    const at::NoGradGuard frozen;
    const at::Tensor hidden = rowsIn.hidden.contiguous(), table = rowsIn.table.contiguous();
    const at::Tensor bias = rowsIn.bias.contiguous(), target = rowsIn.target.contiguous();
    const at::Tensor weight = rowsIn.weight.contiguous();
    const std::int64_t m = hidden.size(0), d = hidden.size(1), items = bias.size(0);
    SoftmaxGradients made{at::empty({m}, at::kDouble), at::empty_like(hidden), at::empty_like(table),
                          at::zeros_like(bias)};
    const std::int64_t end = rowsIn.first + items;
    made.table.narrow(0, 0, rowsIn.first).zero_();
    made.table.narrow(0, end, table.size(0) - end).zero_();
    const std::int64_t held = std::max(kRoundValues / items, kFewestRows);
    const Cut rounds(m, held < kTileRows ? held : held / kTileRows * kTileRows);
    AT_DISPATCH_FLOATING_TYPES(hidden.scalar_type(), "softmaxGradients", [&] {
        using T = scalar_t;
        Round<T> round(rounds.each, items,
                       {{hidden.data_ptr<T>(), d},
                        {table.data_ptr<T>() + rowsIn.first * d, d},
                        bias.data_ptr<T>(),
                        target.data_ptr<std::int64_t>(),
                        weight.data_ptr<T>(),
                        {made.hidden.data_ptr<T>(), d},
                        {made.table.data_ptr<T>() + rowsIn.first * d, d},
                        made.bias.data_ptr<T>(),
                        made.losses.data_ptr<double>(),
                        d},
                       hidden.options().requires_grad(false));
        round.prepare(crew);
        for (std::int64_t k = 0; k < rounds.parts; ++k) {
            round.run(rounds.from(k), rounds.size(k), crew);
        }
    });
    return made;
}

SoftmaxGradients softmaxGradientsByTensors(const SoftmaxRows &rows)
{
    const at::NoGradGuard frozen;
    constexpr std::int64_t kAtOnce = 256;
    const std::int64_t m = rows.hidden.size(0), items = rows.bias.size(0);
    const at::Tensor table = rows.table.narrow(0, rows.first, items);
    const at::TensorOptions options = rows.hidden.options().requires_grad(false);
    SoftmaxGradients made{at::empty({m}, options), at::empty({m, rows.hidden.size(1)}, options),
                          at::zeros(rows.table.sizes(), options), at::zeros({items}, options)};
    const at::Tensor byItem = made.table.narrow(0, rows.first, items);
    at::Tensor scratch = at::empty({std::min(m, kAtOnce), items}, options);
    for (std::int64_t from = 0; from < m; from += kAtOnce) {
        const std::int64_t count = std::min(kAtOnce, m - from);
        const at::Tensor h = rows.hidden.narrow(0, from, count);
        const at::Tensor aim = rows.target.narrow(0, from, count).unsqueeze(1);
        at::Tensor p = scratch.narrow(0, 0, count);
        at::addmm_out(p, rows.bias, h, table.t());
        const at::Tensor top = p.amax(1, true);
        const at::Tensor hit = p.gather(1, aim);
        p.sub_(top).exp_();
        const at::Tensor sum = p.sum(1, true);
        made.losses.narrow(0, from, count).copy_((sum.log() + top - hit).squeeze(1));
        p.div_(sum);
        p.scatter_add_(1, aim, at::full({count, 1}, -1.0, options));
        p.mul_(rows.weight.narrow(0, from, count).unsqueeze(1));
        at::Tensor part = made.hidden.narrow(0, from, count);
        at::mm_out(part, p, table);
        byItem.addmm_(p.t(), h);
        made.bias += p.sum(0);
    }
    made.losses = made.losses.to(at::kCPU, at::kDouble);
    return made;
}

at::Tensor softmaxLossPlain(const SoftmaxRows &rows)
{
    const at::Tensor logits = at::addmm(
        rows.bias, rows.hidden, rows.table.narrow(0, rows.first, rows.bias.size(0)).t());
    return -(at::log_softmax(logits, 1).gather(1, rows.target.unsqueeze(1)).squeeze(1) * rows.weight)
                .sum();
}

} // namespace perennial::net
