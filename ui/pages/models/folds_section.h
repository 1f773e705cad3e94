#pragma once

#include "core/tuning/folds.h"
#include "ui/models/table_model.h"
#include "ui/pages/page.h"

#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace perennial {

class BehaviorConfigForm;
class Card;
class TableView;
class TrainingJob;

/// Carries the folds from the worker to the UI thread.
class FoldRelay : public QObject {
    Q_OBJECT

Q_SIGNALS:
    void foldDone(const perennial::FoldRow &row);
};

/// The form's settings trained and judged fold by fold: how much their figures depend on who is
/// asked, or on when. Nothing is stored.
class FoldsSection : public QWidget {
    Q_OBJECT

public:
    /// @param form whose settings are trained; @param job no folds begin beside its training.
    FoldsSection(const PageContext &context, const BehaviorConfigForm &form, const TrainingJob &job,
                 QWidget *parent = nullptr);

    bool canStart() const;
    bool isRunning() const noexcept { return m_job != 0; }
    void start();
    /// Another project forgets what is shown.
    void refresh();

Q_SIGNALS:
    void changed(); ///< started or ended

private:
    void setUpStart();
    void setUpTables();
    void updateControls();
    void takeFold(const FoldRow &row);
    void end(Result<FoldsResult> result);
    void showRows();
    FoldOptions chosen() const;

    PageContext m_context;
    const BehaviorConfigForm &m_form;
    const TrainingJob &m_training;
    JobId m_job = 0;
    QString m_project;
    FoldOptions m_options; ///< of what is shown
    std::vector<FoldRow> m_rows;
    Card *m_startCard = nullptr, *m_meanCard = nullptr, *m_rowCard = nullptr;
    QComboBox *m_over = nullptr;
    QSpinBox *m_folds = nullptr;
    QPushButton *m_start = nullptr, *m_cancel = nullptr;
    QLabel *m_status = nullptr;
    TableView *m_means = nullptr, *m_table = nullptr;
};

/// A row per figure: its mean, its spread from fold to fold, the lowest and the highest.
std::vector<TableModel::Row> foldMeanRows(const FoldsResult &result);
/// A row per fold, its leading figures as columns.
std::vector<TableColumn> foldColumns(const std::vector<FoldRow> &rows);
std::vector<TableModel::Row> foldRows(const std::vector<FoldRow> &rows);

} // namespace perennial
