#pragma once

#include "ui/pages/models/run_figures.h"
#include "ui/pages/page.h"
#include "ui/widgets/card.h"

#include <memory>

class QLabel;
class QProgressBar;
class QPushButton;

namespace perennial {

class BehaviorConfigForm;
class TrainingJob;
struct TrainingEnd;

/// The form of a training and its buttons: start, pause, resume, cancel; how far it is, and how the
/// last one ended.
class TrainingPanel : public Card {
    Q_OBJECT

public:
    TrainingPanel(const PageContext &context, TrainingJob &job, QWidget *parent = nullptr);

    /// @param runs of the project; empty without one.
    void setRuns(std::shared_ptr<const RunList> runs);
    BehaviorConfigForm &form() noexcept { return *m_form; }
    bool canStart() const;
    void start();
    void resume(std::int64_t run);
    /// Offers the finished runs of another project to start from, read by a worker.
    void offerRunsOf(const QString &path);
    void offerScoring(); ///< another run is in use than the users were scored by
    void setStatus(const QString &text);
    void updateControls();

private:
    void setUpButtons();
    void setUpProgress();
    void askForProject();
    void showProgress();
    void showEnd(const TrainingEnd &end);
    /// The newest run that a training can go on with; null where there is none.
    const RunRecord *resumable() const;

    PageContext m_context;
    TrainingJob &m_job;
    std::shared_ptr<const RunList> m_runs;
    QString m_scoringOffered; ///< path of the project it was offered for
    BehaviorConfigForm *m_form = nullptr;
    QPushButton *m_start = nullptr, *m_resume = nullptr, *m_pause = nullptr, *m_cancel = nullptr;
    QPushButton *m_score = nullptr;
    QProgressBar *m_progress = nullptr;
    QLabel *m_status = nullptr;
};

} // namespace perennial
