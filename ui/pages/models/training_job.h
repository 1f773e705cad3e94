#pragma once

#include "core/tuning/compare.h"
#include "ui/pages/page.h"

#include <memory>
#include <optional>
#include <vector>

namespace perennial {

/// Carries a training's epochs from the worker to the UI thread.
class EpochRelay : public QObject {
    Q_OBJECT

Q_SIGNALS:
    void epochDone(const perennial::EpochReport &report);
};

/// How a training ended.
struct TrainingEnd {
    enum class Kind { Done, Paused, Cancelled, Failed };
    Kind kind = Kind::Failed;
    QString path; ///< the project it ran in: the window may show another by now
    std::optional<TrainOutcome> outcome; ///< where Done
    std::optional<Error> error;          ///< where Failed
};

/// The one training that runs: started, paused, resumed, cancelled; its epochs as they come.
///
/// A pause gives the worker and its memory back. It waits for the end of the epoch, whose
/// checkpoint loses nothing; asked for again it stops at once, and what the epoch had learned so
/// far is learned again on resuming, bit for bit the same. So a paused run survives the window.
class TrainingJob : public QObject {
    Q_OBJECT

public:
    explicit TrainingJob(const PageContext &context, QObject *parent = nullptr);

    void start(const BehaviorConfig &config);
    /// @param config that of the run, for words on its progress.
    void resume(std::int64_t run, const BehaviorConfig &config,
                const std::vector<EpochMetric> &soFar);
    void pause(); ///< after this epoch; the second time at once
    void cancel();

    bool isRunning() const noexcept { return m_job != 0; }
    bool isPausing() const noexcept { return m_pausing; }
    const std::vector<EpochMetric> &epochs() const noexcept { return m_epochs; }
    double fraction() const noexcept { return m_fraction; } ///< in [0, 1]
    /// "Epoch 3 of 8 · 42.0 % of its batches · 7,826 sequences/s · 2 min left".
    QString progressText() const;

Q_SIGNALS:
    void changed();    ///< started, pausing or ended
    void epochDone();  ///< `epochs` has another
    void progressed(); ///< at most about 10 times a second
    void finished(const perennial::TrainingEnd &end);

private:
    using Work = std::function<Result<TrainOutcome>(Project &, const TrainHooks &, const Task &)>;
    void launch(const QString &title, Work work);
    void takeEpoch(const EpochReport &report);
    void end(Result<TrainOutcome> outcome);
    void poll();

    PageContext m_context;
    JobId m_job = 0;
    QString m_path;
    BehaviorConfig m_config;
    std::vector<EpochMetric> m_epochs;
    double m_fraction = 0, m_sequencesPerSecond = 0;
    std::optional<double> m_secondsLeft;
    QString m_stage;
    bool m_pausing = false, m_cancelled = false;
};

} // namespace perennial
