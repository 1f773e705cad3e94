#pragma once

// For core/neural alone: what an operation's way back has to know of a dropout, kept beside its
// tensors.

#include "core/neural/row_loops.h"

#include <torch/torch.h>

#include <string>
#include <vector>

namespace perennial::net {

inline void saveDrop(torch::autograd::AutogradContext *context, const std::string &name,
                     const Drop &drop)
{
    context->saved_data[name] = std::vector<std::int64_t>{static_cast<std::int64_t>(drop.key),
                                                          std::int64_t{drop.threshold}};
}

inline Drop savedDrop(torch::autograd::AutogradContext *context, const std::string &name)
{
    const std::vector<std::int64_t> kept = context->saved_data[name].toIntVector();
    return {static_cast<std::uint64_t>(kept[0]), static_cast<std::uint32_t>(kept[1])};
}

} // namespace perennial::net
