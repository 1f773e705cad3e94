#include "core/neural/attention_kernel.h"
#include "core/neural/drop_torch.h"
#include "core/neural/ops_torch.h"

#include <cmath>

namespace perennial::net {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

namespace {

AttentionShape shapeOf(const at::Tensor &qkv, const std::vector<std::int64_t> &lengths,
                       std::int64_t heads)
{
    return attentionShape(qkv.size(0), qkv.size(1) / 3, heads, lengths);
}

struct PackedAttention : torch::autograd::Function<PackedAttention> {
    static at::Tensor forward(AutogradContext *context, const at::Tensor &qkvIn,
                              const std::vector<std::int64_t> &lengths, std::int64_t heads,
                              const Drop &drop)
    {
        const at::Tensor qkv = qkvIn.contiguous();
        const AttentionShape shape = shapeOf(qkv, lengths, heads);
        at::Tensor weights = at::empty({shape.weights()}, qkv.options());
        at::Tensor room = at::empty({shape.room()}, qkv.options());
        at::Tensor out = at::empty({shape.tokens, shape.d}, qkv.options());
        AT_DISPATCH_FLOATING_TYPES(qkv.scalar_type(), "packedAttention", [&] {
            attend(qkv.data_ptr<scalar_t>(), lengths, shape, drop, weights.data_ptr<scalar_t>(),
                   room.data_ptr<scalar_t>(), out.data_ptr<scalar_t>());
        });
        context->save_for_backward({qkv, weights});
        context->saved_data["lengths"] = lengths;
        context->saved_data["heads"] = heads;
        saveDrop(context, "drop", drop);
        return out;
    }

    static variable_list backward(AutogradContext *context, const variable_list &grads)
    {
        const variable_list saved = context->get_saved_variables();
        const at::Tensor &qkv = saved[0];
        const std::vector<std::int64_t> lengths = context->saved_data["lengths"].toIntVector();
        const AttentionShape shape =
            shapeOf(qkv, lengths, context->saved_data["heads"].toInt());
        const at::Tensor grad = grads[0].contiguous();
        at::Tensor room = at::empty({shape.room()}, qkv.options());
        at::Tensor out = at::empty_like(qkv);
        AT_DISPATCH_FLOATING_TYPES(qkv.scalar_type(), "packedAttentionBackward", [&] {
            attendBackward(qkv.data_ptr<scalar_t>(), saved[1].data_ptr<scalar_t>(),
                           grad.data_ptr<scalar_t>(), lengths, shape, savedDrop(context, "drop"),
                           room.data_ptr<scalar_t>(), out.data_ptr<scalar_t>());
        });
        return {out, Variable(), Variable(), Variable()};
    }
};

} // namespace

at::Tensor packedAttention(const at::Tensor &qkv, const std::vector<std::int64_t> &lengths,
                           std::int64_t heads, const Drop &drop)
{
    return qkv.is_cpu() ? PackedAttention::apply(qkv, lengths, heads, drop)
                        : packedAttentionPlain(qkv, lengths, heads, drop);
}

at::Tensor packedAttentionPlain(const at::Tensor &qkv, const std::vector<std::int64_t> &lengths,
                                std::int64_t heads, const Drop &drop)
{
    const AttentionShape shape = shapeOf(qkv, lengths, heads);
    const auto batch = static_cast<std::int64_t>(lengths.size());
    std::vector<std::int64_t> place;
    place.reserve(static_cast<std::size_t>(shape.tokens));
    for (std::int64_t b = 0; b < batch; ++b) {
        for (std::int64_t i = 0; i < lengths[static_cast<std::size_t>(b)]; ++i) {
            place.push_back(b * shape.longest + i);
        }
    }
    const at::Tensor index =
        at::tensor(place, at::TensorOptions().dtype(at::kLong)).to(qkv.device());
    const at::Tensor padded =
        at::zeros({batch * shape.longest, 3 * shape.d}, qkv.options())
            .index_copy(0, index, qkv)
            .view({batch, shape.longest, 3, shape.heads, shape.inner})
            .permute({2, 0, 3, 1, 4});
    const at::Tensor future =
        at::ones({shape.longest, shape.longest}, qkv.options().dtype(at::kBool)).triu(1);
    const at::Tensor scores =
        (at::matmul(padded[0], padded[1].transpose(-1, -2)) /
         std::sqrt(static_cast<double>(shape.inner)))
            .masked_fill(future, -1e30);
    at::Tensor weights = at::softmax(scores, -1);
    if (drop.threshold > 0) {
        const at::Tensor ones =
            at::ones({shape.heads, shape.tokens, shape.stride}, qkv.options());
        weights = weights *
                  at::zeros({shape.heads, batch * shape.longest, shape.longest}, qkv.options())
                      .index_copy(1, index, keyedDropout(ones, drop).narrow(2, 0, shape.longest))
                      .view({shape.heads, batch, shape.longest, shape.longest})
                      .transpose(0, 1);
    }
    return at::matmul(weights, padded[2])
        .transpose(1, 2)
        .reshape({batch * shape.longest, shape.d})
        .index_select(0, index);
}

} // namespace perennial::net
