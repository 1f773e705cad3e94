#include "core/forecast/forecaster.h"

#include <algorithm>

namespace perennial {

OrderHistory historyUpTo(const OrderHistory &history, Day until)
{
    OrderHistory part;
    for (std::size_t u = 0; u < history.size(); ++u) {
        const std::size_t before = part.day.size();
        for (std::size_t i = history.offsets[u];
             i < history.offsets[u + 1] && history.day[i] <= until; ++i) {
            part.day.push_back(history.day[i]);
            part.ordered.push_back(history.ordered[i]);
            part.gross.push_back(history.gross[i]);
            part.refunds.push_back(history.refunds[i]);
        }
        if (part.day.size() > before) {
            part.user.push_back(history.user[u]);
            part.offsets.push_back(before);
        }
    }
    part.offsets.push_back(part.day.size());
    return part;
}

Result<ForecastInput> forecastInput(const OrderHistory &history, Day cut, int horizonDays,
                                    Period period, bool firstPurchaseInSpend)
{
    if (horizonDays <= 0) {
        return fail(ErrorCode::HorizonNotPositive, std::to_string(horizonDays), "horizon");
    }
    ForecastInput input;
    input.history = historyUpTo(history, cut);
    input.cut = cut;
    input.horizonDays = horizonDays;
    input.customers = summarizeAt(input.history, {cut, period, firstPurchaseInSpend});
    if (input.customers.size() == 0) {
        return fail(ErrorCode::NoPurchases, formatDate(cut));
    }
    input.first = *input.history.firstDay();
    return input;
}

} // namespace perennial
