#pragma once

#include "core/tuning/retrain.h"
#include "ui/pages/models/run_figures.h"
#include "ui/pages/page.h"

#include <memory>

class QLabel;
class QPushButton;
class QRadioButton;

namespace perennial {

class Card;
class DifferenceReport;
class RunHistory;
class TrainingJob;
struct TrainingEnd;

/// The champion trained again on what the project knows by now, with its own settings, and what has
/// changed by it: in the data, in the measures, in who is scored differently. Then the new run
/// stays in use, or the old one comes back.
class RetrainSection : public QWidget {
    Q_OBJECT

public:
    RetrainSection(const PageContext &context, TrainingJob &job, RunHistory &history,
                   QWidget *parent = nullptr);

    void setRuns(std::shared_ptr<const RunList> runs);
    void retrain();
    bool canRetrain() const;

Q_SIGNALS:
    void started();

private:
    void setUpStart();
    void setUpReport();
    void trainingEnded(const TrainingEnd &end);
    void readDifference(std::int64_t older, std::int64_t newer);
    void showDifference(const RunDifference &difference);
    void decide(bool keepNew);
    void choosePair(); ///< once other runs are there, or another is in use
    void updateControls();

    PageContext m_context;
    TrainingJob &m_job;
    RunHistory &m_history;
    std::shared_ptr<const RunList> m_runs;
    QString m_project;        ///< of m_older and m_newer
    std::int64_t m_older = 0; ///< the champion that is retrained, or was
    std::int64_t m_newer = 0; ///< what came of it; 0 = not yet
    bool m_running = false;   ///< the training that runs is ours
    bool m_decided = false, m_comparing = false;
    Card *m_start;
    QLabel *m_state, *m_verdict;
    QRadioButton *m_warm, *m_fresh;
    QPushButton *m_retrain, *m_accept, *m_keep, *m_compare;
    Card *m_card;
    DifferenceReport *m_report;
};

} // namespace perennial
