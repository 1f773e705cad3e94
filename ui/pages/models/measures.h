#pragma once

#include <QString>

#include <string>
#include <vector>

namespace perennial {

/// A figure of a run by its name in run_epoch and in the metrics JSON.
struct Measure {
    std::string name; ///< "hr10"
    QString text;     ///< "HR@10"
    QString help;     ///< what it means, in a sentence
    int decimals = 4;
    enum class Better { Higher, Lower, NearerZero } better = Better::Higher;
    bool headline = false; ///< a column of the run table
};

/// Those that the program has words for, in their order.
const std::vector<Measure> &knownMeasures();
/// Of another: of a head's figure the words of both, else the name, spaced.
Measure measureOf(const std::string &name);
/// How good a value is: higher is better, whatever the measure counts.
double goodness(const Measure &measure, double value);
/// The head that a loss is of, "train_churn" → "Churn"; "loss" → "All heads".
QString headName(const std::string &head);

} // namespace perennial
