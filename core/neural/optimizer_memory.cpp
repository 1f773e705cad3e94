#include "core/neural/optimizer_memory_torch.h"

#include <memory>
#include <sstream>
#include <string>
#include <type_traits>
#include <utility>

namespace perennial::net {

namespace {

/// How an optimiser knows a parameter: its address, as a text up to LibTorch 2.0.
template <class Optimizer>
auto keyOf(Optimizer &optimizer, const at::Tensor &parameter)
{
    using Key = typename std::decay_t<decltype(optimizer.state())>::key_type;
    if constexpr (std::is_same_v<Key, std::string>) {
        std::ostringstream text;
        text << parameter.unsafeGetTensorImpl();
        return text.str();
    } else {
        return Key(parameter.unsafeGetTensorImpl());
    }
}

/// Null where the parameter has not been moved yet.
template <class State>
State *stateOf(torch::optim::Optimizer &optimizer, const at::Tensor &parameter)
{
    const auto found = optimizer.state().find(keyOf(optimizer, parameter));
    return found == optimizer.state().end() ? nullptr : static_cast<State *>(found->second.get());
}

template <class State>
OptimizerMemory memoryOfAdam(torch::optim::Optimizer &optimizer,
                             const std::vector<at::Tensor> &parameters)
{
    OptimizerMemory memory;
    memory.steps.resize(parameters.size());
    memory.moments.assign(2, std::vector<at::Tensor>(parameters.size()));
    for (std::size_t p = 0; p < parameters.size(); ++p) {
        if (State *state = stateOf<State>(optimizer, parameters[p])) {
            memory.steps[p] = state->step();
            memory.moments[0][p] = state->exp_avg();
            memory.moments[1][p] = state->exp_avg_sq();
        }
    }
    return memory;
}

template <class State>
void rememberAdam(torch::optim::Optimizer &optimizer, const std::vector<at::Tensor> &parameters,
                  const OptimizerMemory &memory)
{
    for (std::size_t p = 0; p < parameters.size(); ++p) {
        if (memory.steps[p] > 0) {
            auto state = std::make_unique<State>();
            state->step(memory.steps[p]);
            state->exp_avg(memory.moments[0][p]);
            state->exp_avg_sq(memory.moments[1][p]);
            optimizer.state()[keyOf(optimizer, parameters[p])] = std::move(state);
        }
    }
}

OptimizerMemory memoryOfSgd(torch::optim::Optimizer &optimizer,
                            const std::vector<at::Tensor> &parameters)
{
    OptimizerMemory memory;
    memory.steps.resize(parameters.size());
    memory.moments.assign(1, std::vector<at::Tensor>(parameters.size()));
    for (std::size_t p = 0; p < parameters.size(); ++p) {
        auto *state = stateOf<torch::optim::SGDParamState>(optimizer, parameters[p]);
        if (state != nullptr && state->momentum_buffer().defined()) {
            memory.steps[p] = 1; // it counts none
            memory.moments[0][p] = state->momentum_buffer();
        }
    }
    return memory;
}

void rememberSgd(torch::optim::Optimizer &optimizer, const std::vector<at::Tensor> &parameters,
                 const OptimizerMemory &memory)
{
    for (std::size_t p = 0; p < parameters.size(); ++p) {
        if (memory.steps[p] > 0) {
            auto state = std::make_unique<torch::optim::SGDParamState>();
            state->momentum_buffer(memory.moments[0][p]);
            optimizer.state()[keyOf(optimizer, parameters[p])] = std::move(state);
        }
    }
}

} // namespace

OptimizerMemory memoryOf(torch::optim::Optimizer &optimizer,
                         const std::vector<at::Tensor> &parameters)
{
    if (dynamic_cast<torch::optim::AdamW *>(&optimizer) != nullptr) {
        return memoryOfAdam<torch::optim::AdamWParamState>(optimizer, parameters);
    }
    if (dynamic_cast<torch::optim::Adam *>(&optimizer) != nullptr) {
        return memoryOfAdam<torch::optim::AdamParamState>(optimizer, parameters);
    }
    TORCH_CHECK(momentKinds(optimizer) == 1, "an optimiser whose memory nobody can read");
    return memoryOfSgd(optimizer, parameters);
}

void remember(torch::optim::Optimizer &optimizer, const std::vector<at::Tensor> &parameters,
              const OptimizerMemory &memory)
{
    if (dynamic_cast<torch::optim::AdamW *>(&optimizer) != nullptr) {
        rememberAdam<torch::optim::AdamWParamState>(optimizer, parameters, memory);
    } else if (dynamic_cast<torch::optim::Adam *>(&optimizer) != nullptr) {
        rememberAdam<torch::optim::AdamParamState>(optimizer, parameters, memory);
    } else {
        TORCH_CHECK(momentKinds(optimizer) == 1, "an optimiser whose memory nobody can write");
        rememberSgd(optimizer, parameters, memory);
    }
}

std::size_t momentKinds(const torch::optim::Optimizer &optimizer)
{
    const auto *any = &optimizer;
    if (dynamic_cast<const torch::optim::AdamW *>(any) != nullptr ||
        dynamic_cast<const torch::optim::Adam *>(any) != nullptr) {
        return 2;
    }
    return dynamic_cast<const torch::optim::SGD *>(any) != nullptr ? 1 : 0;
}

} // namespace perennial::net
