#include "core/neural/drop_torch.h"
#include "core/neural/layers_torch.h"
#include "core/neural/ops_torch.h"

namespace perennial::net {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

namespace {

/// Rows of a table that each token adds up, or gives its derivative to.
struct Picks {
    const std::int64_t *index = nullptr;
    std::int64_t each = 0; ///< per token
};

Picks picksOf(const at::Tensor &index) { return {index.data_ptr<std::int64_t>(), index.size(1)}; }

/// to += scale · each picked row.
template <class T>
void gather(const T *table, const Picks &picks, std::int64_t token, T scale, T *to, std::int64_t d)
{
    for (std::int64_t k = 0; k < picks.each; ++k) {
        addScaled(to, table + picks.index[token * picks.each + k] * d, scale, d);
    }
}

/// Each picked row += scale · from.
template <class T>
void scatter(T *table, const Picks &picks, std::int64_t token, T scale, const T *from, std::int64_t d)
{
    for (std::int64_t k = 0; k < picks.each; ++k) {
        addScaled(table + picks.index[token * picks.each + k] * d, from, scale, d);
    }
}

struct TokenRows : torch::autograd::Function<TokenRows> {
    static at::Tensor forward(AutogradContext *context, const at::Tensor &table,
                              const at::Tensor &index, const at::Tensor &others,
                              const at::Tensor &other, double scale, const Drop &drop)
    {
        const variable_list in{table.contiguous(), index.contiguous(), others.contiguous(),
                               other.contiguous()};
        const std::int64_t n = index.size(0), d = table.size(1);
        at::Tensor out = at::zeros({n, d}, table.options());
        AT_DISPATCH_FLOATING_TYPES(table.scalar_type(), "tokenRows", [&] {
            auto *to = out.data_ptr<scalar_t>();
            for (std::int64_t i = 0; i < n; ++i) {
                gather(in[0].data_ptr<scalar_t>(), picksOf(in[1]), i,
                       static_cast<scalar_t>(scale), to + i * d, d);
                gather(in[2].data_ptr<scalar_t>(), picksOf(in[3]), i, scalar_t{1}, to + i * d, d);
            }
            if (drop.threshold > 0) {
                dropRow(to, to, drop, n * d);
            }
        });
        context->save_for_backward({in[1], in[3]});
        context->saved_data["rows"] = table.size(0);
        context->saved_data["others"] = others.size(0);
        context->saved_data["scale"] = scale;
        saveDrop(context, "drop", drop);
        return out;
    }

    static variable_list backward(AutogradContext *context, const variable_list &grads)
    {
        const variable_list index = context->get_saved_variables();
        const double scale = context->saved_data["scale"].toDouble();
        const Drop drop = savedDrop(context, "drop");
        const at::Tensor from = grads[0].contiguous();
        const std::int64_t n = from.size(0), d = from.size(1);
        const at::Tensor table = at::zeros({context->saved_data["rows"].toInt(), d}, from.options());
        const at::Tensor others =
            at::zeros({context->saved_data["others"].toInt(), d}, from.options());
        AT_DISPATCH_FLOATING_TYPES(from.scalar_type(), "tokenRowsBackward", [&] {
            at::Tensor kept = from;
            if (drop.threshold > 0) {
                kept = at::empty_like(from);
                dropRow(from.data_ptr<scalar_t>(), kept.data_ptr<scalar_t>(), drop, n * d);
            }
            const auto *g = kept.data_ptr<scalar_t>();
            for (std::int64_t i = 0; i < n; ++i) {
                scatter(table.data_ptr<scalar_t>(), picksOf(index[0]), i,
                        static_cast<scalar_t>(scale), g + i * d, d);
                scatter(others.data_ptr<scalar_t>(), picksOf(index[1]), i, scalar_t{1}, g + i * d,
                        d);
            }
        });
        return {table, Variable(), others, Variable(), Variable(), Variable()};
    }
};

} // namespace

at::Tensor tokenRows(const at::Tensor &table, const at::Tensor &index, const at::Tensor &others,
                     const at::Tensor &other, double scale, const Dropout &dropout,
                     std::uint64_t site)
{
    return table.is_cpu() ? TokenRows::apply(table, index, others, other, scale, dropout.at(site))
                          : tokenRowsPlain(table, index, others, other, scale, dropout, site);
}

at::Tensor tokenRowsPlain(const at::Tensor &table, const at::Tensor &index,
                          const at::Tensor &others, const at::Tensor &other, double scale,
                          const Dropout &dropout, std::uint64_t site)
{
    return dropout(sumRows(table, index) * scale + sumRows(others, other), site);
}

} // namespace perennial::net
