#pragma once

#include "ui/jobs/job_runner.h"
#include "ui/pages/import/import_run.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QHBoxLayout;
class QVBoxLayout;

namespace perennial {

class Card;
class TableView;

/// Last step of an import: how far it is, then what came in and what stayed out.
class ImportResultStep : public QWidget {
    Q_OBJECT

public:
    explicit ImportResultStep(QWidget *parent = nullptr);

    void showProgress(const JobInfo &job);
    void showOutcome(const Result<ImportOutcome> &outcome, const QString &currency);

Q_SIGNALS:
    void cancelWanted();
    void anotherWanted();
    void rejectedRowsWanted(qint64 source);

private:
    void setUpReasons(QHBoxLayout *cards);
    void setUpAttributes(QHBoxLayout *cards);
    void setUpButtons(QVBoxLayout *column);

    QLabel *m_headline;
    QLabel *m_totals;
    QProgressBar *m_progress;
    Card *m_out, *m_attributesCard;
    TableView *m_reasons, *m_attributes;
    QPushButton *m_cancel;
    QPushButton *m_another;
    QPushButton *m_rejected;
    qint64 m_source = 0;
};

} // namespace perennial
