#pragma once

#include <functional>
#include <stop_token>
#include <string_view>

namespace perennial {

/// What a long computation knows of the outside: whether to stop, and whom to tell how far it is.
/// A default Task never cancels and tells nobody: tests and short calls use it.
class Task {
public:
    using Report = std::function<void(double fraction, std::string_view stage)>;

    Task() = default;
    Task(std::stop_token stop, Report report);

    /// Asked per batch, at least every 100 ms of work.
    bool cancelled() const noexcept { return m_stop.stop_requested(); }

    /// @param fraction done so far in [0, 1]. @param stage a short key such as "training", which
    /// the program words. Called from the worker, at most about 10 times a second.
    void progress(double fraction, std::string_view stage) const;

    /// The same task as one part [from, to] of a larger one.
    Task part(double from, double to) const;

private:
    std::stop_token m_stop;
    Report m_report;
    double m_from = 0.0;
    double m_to = 1.0;
};

} // namespace perennial
