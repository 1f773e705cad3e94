#pragma once

// Private to core/churn: what a method said of users beside what came.

#include "core/churn/risk_trial.h"

#include <cstdint>
#include <span>
#include <vector>

namespace perennial {

/// Who is judged, and what came of them.
struct JudgedUsers {
    std::vector<std::int64_t> user;
    std::vector<double> churned; ///< 1 = no order in the window, else 0
    /// Days to the next order; a day past the window where none came in it. Empty where not known.
    std::vector<double> days;
    int windowDays = 0;

    std::int64_t leavers() const;
};

/// A method's word on the judged users.
struct JudgedMethod {
    std::string name;
    bool isProbability = true;
    std::vector<double> risk; ///< of each judged user; empty with a problem
    std::optional<Error> problem;
};

/// Every figure of every method, the bootstrap drawn alike for all. @error Cancelled.
Result<std::vector<TrialMethod>> judgeRisks(const JudgedUsers &users,
                                            const std::vector<JudgedMethod> &methods,
                                            const TrialOptions &options, const Task &task);

/// @error InvalidArgument.
Status checkTrial(const TrialOptions &options);

} // namespace perennial
