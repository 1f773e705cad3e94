#include "core/neural/losses_torch.h"

#include <cmath>
#include <numbers>

namespace perennial::net {

at::Tensor zilnLoss(const Ziln &ziln, const at::Tensor &y)
{
    const at::Tensor positive = (y > 0).to(y.scalar_type());
    const at::Tensor zero = at::softplus(ziln.logit) - positive * ziln.logit;
    // log 1 where y = 0: finite, and its gradient is multiplied by 0
    const at::Tensor logY = at::where(y > 0, y, at::ones_like(y)).log();
    const at::Tensor deviation = (logY - ziln.mu) / ziln.sigma;
    const double constant = 0.5 * std::log(2.0 * std::numbers::pi);
    const at::Tensor lognormal =
        logY + ziln.sigma.log() + 0.5 * deviation * deviation + constant;
    return (zero + positive * lognormal).sum();
}

at::Tensor zilnMean(const Ziln &ziln)
{
    return at::sigmoid(ziln.logit) * (ziln.mu + 0.5 * ziln.sigma * ziln.sigma).exp();
}

Ziln boundedZiln(const at::Tensor &raw, const ZilnBounds &bounds)
{
    const at::Tensor mu = (bounds.center + bounds.spread * raw.select(1, 1))
                              .clamp_max(bounds.largest);
    // σ(2) = 0.88 of the bound to begin with
    const at::Tensor sigma = 0.02 + bounds.spread * at::sigmoid(raw.select(1, 2) + 2.0);
    return {raw.select(1, 0), mu, sigma};
}

Ziln plainZiln(const at::Tensor &raw)
{
    return {raw.select(1, 0), raw.select(1, 1), at::softplus(raw.select(1, 2))};
}

at::Tensor logisticLoss(const at::Tensor &logit, const at::Tensor &happened)
{
    return (at::softplus(logit) - happened * logit).sum();
}

} // namespace perennial::net
