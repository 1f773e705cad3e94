#pragma once

#include "app/verb.h"
#include "core/features/customer_summary.h"
#include "core/project/project.h"

#include <string>
#include <vector>

namespace perennial {

/// A frequency model fitted on each cohort or segment by itself, and on all together.
/// @param by "cohort" (the quarter of the first order), "orders" or a user attribute.
/// @error UnknownModel; InvalidArgument for no such attribute; those of fitByGroup.
Result<VerbOutput> fitByKind(const Project &project, const std::string &model,
                             const CustomerSummary &customers, const std::string &by,
                             const Task &task);

/// The same model with covariates: numbers as they are, categories as one 0/1 column for each value
/// but the commonest. @param names user attributes.
/// @error InvalidArgument for no such attribute, constant, collinear or missing ones; UnknownModel.
Result<VerbOutput> fitWithAttributes(const Project &project, const std::string &model,
                                     const CustomerSummary &customers,
                                     const std::vector<std::string> &names, const Task &task);

} // namespace perennial
