#pragma once

#include "core/ingest/import.h"
#include "core/ingest/preview.h"
#include "core/ingest/profiles.h"
#include "ui/jobs/job_runner.h"
#include "ui/models/project_session.h"
#include "ui/pages/import/import_run.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace perennial {

class ImportCheckStep;
class ImportFileStep;
class ImportMappingStep;
class ImportResultStep;

/// File → columns → check → result. Nothing is written before "Import" in the third step; from then
/// on the import is a job of the window: closing the dialog does not stop it.
class ImportDialog : public QDialog {
    Q_OBJECT

public:
    /// The group of the import's job.
    static const QString kJobGroup;
    using Done = std::function<void(const Result<ImportOutcome> &)>;
    /// Starts the job of an import that the dialog has put together; `done` says how it ended.
    using Start = std::function<void(const ImportRequest &, Done done)>;

    ImportDialog(ProjectSession &session, JobRunner &jobs, Start start, QWidget *parent = nullptr);
    ~ImportDialog() override;

    /// As if the file had been chosen in the first step.
    void setFile(const QString &path);
    /// Asks first where answers that were given would be lost.
    void reject() override;
    /// Closes without asking.
    void discard();

Q_SIGNALS:
    void rejectedRowsWanted(qint64 source);

private:
    enum Step { File, Columns, Check, Outcome };
    Step step() const;

    void setUpTrail();
    void setUpSteps();
    void setUpButtons();
    void go(Step step);
    void showTrail(Step step);
    void startOver();
    void goOn();
    void showButtons();
    /// A file's first rows, and the profiles of one's own as they are now.
    struct Looked {
        ImportPreview preview;
        std::vector<ImportProfile> own;
    };
    void readPreview();
    void showPreview(ImportPreview preview);
    void showMapping();
    bool adoptSuggestion(const ImportPreview &preview);
    void changeRecipe(const ImportRecipe &recipe);
    void chooseProfile(const QString &profile);
    void removeProfile(const QString &profile);
    void bringBack();
    void showNaming();
    void showRemembering();
    QStringList ownNames() const;
    QString proposedName() const;
    void runDry();
    void startImport();
    void showJob();
    QString currency() const;

    ProjectSession &m_session;
    JobRunner &m_jobs;
    Start m_start;
    ImportOptions m_options;
    std::optional<ImportPreview> m_preview; ///< of m_options, once read
    bool m_suggest = true;                  ///< take over what the next preview suggests
    std::vector<ImportProfile> m_own;       ///< profiles of one's own, newest first
    std::optional<ImportProfile> m_removed; ///< can be brought back
    std::string m_basis;                    ///< own profile that the answers began with
    bool m_running = false;
    bool m_done = false;     ///< the last import went well
    bool m_answered = false; ///< answers that only this window knows

    std::vector<QLabel *> m_trail;
    QStackedWidget *m_steps;
    ImportFileStep *m_file;
    ImportMappingStep *m_mapping;
    ImportCheckStep *m_check;
    ImportResultStep *m_result;
    QPushButton *m_back;
    QPushButton *m_next;
    QPushButton *m_close;
};

} // namespace perennial
