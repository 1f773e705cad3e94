#include "core/neural/ziln_network.h"

#include "core/neural/runtime_torch.h"
#include "core/neural/ziln_mlp_torch.h"

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

constexpr std::size_t kRowsAtOnce = 4096;

/// One member's answers, into every members-th component from `first` on.
void answer(const net::ZilnMlp &mlp, const net::ZilnBounds &bounds, const at::Tensor &x,
            ZilnPredictions &predictions, std::size_t first)
{
    const net::Ziln ziln = net::boundedZiln(mlp(x), bounds);
    const at::Tensor probability = at::sigmoid(ziln.logit).contiguous();
    const at::Tensor mu = ziln.mu.contiguous();
    const at::Tensor sigma = ziln.sigma.contiguous();
    for (std::int64_t i = 0; i < x.size(0); ++i) {
        predictions.components[first + static_cast<std::size_t>(i) * predictions.members] = {
            static_cast<double>(probability.data_ptr<float>()[i]),
            static_cast<double>(mu.data_ptr<float>()[i]),
            static_cast<double>(sigma.data_ptr<float>()[i])};
    }
}

Result<ZilnPredictions> predict(const ZilnNetwork &network, const FeatureMatrix &features,
                                const Task &task)
{
    const at::NoGradGuard frozen;
    std::vector<net::ZilnMlp> members;
    for (const ZilnNetwork::Member &member : network.members) {
        members.emplace_back(member.layers);
    }
    ZilnPredictions predictions;
    predictions.members = network.constant ? 1 : members.size();
    predictions.components.resize(features.rows() * predictions.members,
                                  network.constant.value_or(ZilnComponent{}));
    const net::ZilnBounds bounds = net::boundsOf(network);
    for (std::size_t from = 0; from < features.rows() && !network.constant; from += kRowsAtOnce) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        const at::Tensor x =
            net::zilnInputs(network, features, from, std::min(from + kRowsAtOnce, features.rows()));
        for (std::size_t k = 0; k < members.size(); ++k) {
            answer(members[k], bounds, x, predictions, from * members.size() + k);
        }
    }
    for (std::size_t i = 0; i < features.rows(); ++i) {
        double mean = 0.0;
        for (const ZilnComponent &component : predictions.of(i)) {
            mean += component.mean() / static_cast<double>(predictions.members);
        }
        if (!std::isfinite(mean)) { // weights that no training of ours gave
            return fail(ErrorCode::NotFinite, std::to_string(i), "weights");
        }
        predictions.mean.push_back(mean);
    }
    return predictions;
}

} // namespace

double ZilnComponent::mean() const noexcept
{
    return pPositive * std::exp(mu + 0.5 * sigma * sigma);
}

Result<ZilnPredictions> predictZiln(const ZilnNetwork &network, const FeatureMatrix &features,
                                    const Task &task)
{
    if (Status fits = checkFeatures(features, network.columns); !fits) {
        return fits.error();
    }
    return withTorchErrors([&]() -> Result<ZilnPredictions> {
        prepareTorchThread();
        return predict(network, features, task);
    });
}

double drawZiln(std::span<const ZilnComponent> mixture, Rng &rng) noexcept
{
    const ZilnComponent &member = mixture[rng.below(static_cast<std::uint32_t>(mixture.size()))];
    const bool some = rng.uniform() < member.pPositive;
    const double deviation = rng.normal(); // drawn in any case: the next user's draw stays put
    return some ? std::exp(member.mu + member.sigma * deviation) : 0.0;
}

} // namespace perennial
