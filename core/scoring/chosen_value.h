#pragma once

#include "core/base/task.h"
#include "core/project/project.h"
#include "core/value/value_draws.h"
#include "core/value/value_prediction.h"

#include <functional>
#include <string>
#include <vector>

namespace perennial {

/// What the project's value model expects where that is a method of core/forecast and no frequency
/// model: in the row order of `value.customers`.
struct ChosenValue {
    std::vector<double> predictedValue; ///< times margin, discounted like the fitted model's orders
    /// Each customer's drawn futures of predictedValue; absent where the method draws none.
    std::function<Status(const DrawSink &, const Task &)> eachDraws;
    std::vector<double> expectedOrders; ///< empty where the method forecasts value only
};
/// @param value fitted at the same snapshot with the same horizon: it lends each customer's discount.
/// @error UnknownModel, Cancelled, and what the method says.
Result<ChosenValue> chosenValue(const Project &project, const ValueResult &value,
                                const std::string &model, const Task &task);

} // namespace perennial
