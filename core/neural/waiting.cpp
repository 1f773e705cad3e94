#include "core/neural/waiting_torch.h"

namespace perennial::net {

at::Tensor stretchHazards(const at::Tensor &raw)
{
    constexpr double kFarthest = 20.0;
    return at::softplus(raw.clamp(-kFarthest, kFarthest));
}

at::Tensor waitingLoss(const at::Tensor &raw, const Waiting &waiting, const at::Tensor &edges)
{
    const std::int64_t k = raw.size(1);
    const at::Tensor from = edges.narrow(0, 0, k).to(raw.scalar_type());
    const at::Tensor to = edges.narrow(0, 1, k).to(raw.scalar_type());
    const at::Tensor width = to - from;
    const at::Tensor hazards = stretchHazards(raw);
    const at::Tensor inTime = (waiting.days <= to[k - 1]).to(raw.scalar_type());
    const at::Tensor happened = waiting.happened * inTime;
    const at::Tensor survived = (waiting.days - happened).unsqueeze(1);
    const at::Tensor shares = ((survived - from) / width).clamp(0.0, 1.0);
    // the stretch of the day: edge < day <= next edge
    const at::Tensor stretch = at::bucketize(waiting.days, to).clamp_max(k - 1).unsqueeze(1);
    const at::Tensor daily = (hazards / width).gather(1, stretch).squeeze(1);
    return (hazards * shares).sum() - (happened * (-at::expm1(-daily)).log()).sum();
}

} // namespace perennial::net
