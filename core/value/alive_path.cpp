#include "core/value/alive_path.h"

#include <cmath>

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
    const bool wholePeriods = (*model)->clock() == OrderClock::WholePeriods;
    const double first = orderDays.front();
    RepeatHistory h; // x and tx of the orders so far
    std::size_t next = 1;
    for (std::int64_t day = orderDays.front(); day <= until; ++day) {
        const double age = (static_cast<double>(day) - first) / unit;
        h.T = wholePeriods ? std::floor(age) : age;
        for (; next < orderDays.size() && orderDays[next] <= day; ++next) {
            // A period that is not over does not count yet, nor do its orders.
            const double at = (orderDays[next] - first) / unit;
            const double when = wholePeriods ? std::ceil(at) : at;
            if (when > h.T) {
                break;
            }
            h.x += when > h.tx ? 1 : 0;
            h.tx = when;
        }
        path.day.push_back(static_cast<Day>(day));
        path.pAlive.push_back((*model)->pAlive(fit.parameters, h));
    }
    return path;
}

} // namespace perennial
