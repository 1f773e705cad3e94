#include "core/value/alive_path.h"

namespace perennial {

Result<AlivePath> alivePath(const ModelFit &fit, Period period, std::span<const Day> orderDays,
                            Day until)
{
    const auto model = findFrequencyModel(fit.reportedModel);
    if (!model) {
        return model.error();
    }
    if (!fit.usable()) {
        return fail(ErrorCode::NotTrained, fit.reason, fit.model);
    }
    AlivePath path;
    if (orderDays.empty()) {
        return path;
    }
    const double unit = daysPer(period);
    std::size_t orders = 0;
    for (std::int64_t day = orderDays.front(); day <= until; ++day) {
        while (orders < orderDays.size() && orderDays[orders] <= day) {
            ++orders;
        }
        const double first = orderDays.front();
        const RepeatHistory h{static_cast<std::int32_t>(orders - 1),
                              (orderDays[orders - 1] - first) / unit,
                              (static_cast<double>(day) - first) / unit};
        path.day.push_back(static_cast<Day>(day));
        path.pAlive.push_back((*model)->pAlive(fit.parameters, h));
    }
    return path;
}

} // namespace perennial
