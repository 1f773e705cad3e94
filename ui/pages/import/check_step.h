#pragma once

#include "core/ingest/import.h"
#include "core/ingest/preview.h"

#include <QWidget>

class QCheckBox;
class QGridLayout;
class QLabel;
class QPushButton;

namespace perennial {

class PseudonymBox;
class RememberBox;
class TableView;

/// Third step of an import: what will happen, in words, and the whole file checked without writing.
class ImportCheckStep : public QWidget {
    Q_OBJECT

public:
    explicit ImportCheckStep(QWidget *parent = nullptr);

    void showPlan(const ImportOptions &options, const ImportPreview &preview);
    void showDryRunning();
    void showDryRun(const Result<ImportReport> &report, const QString &currency);
    bool again() const;
    bool restart() const;
    PseudonymBox *pseudonyms() const noexcept { return m_pseudonyms; }
    RememberBox *remember() const noexcept { return m_remember; }

Q_SIGNALS:
    void dryRunWanted();

private:
    void setUpPlan(QGridLayout *grid);
    void setUpColumns(QGridLayout *grid);
    void setUpDryRun(QGridLayout *grid);
    void fillColumns(const ImportReport *report);

    ImportPreview m_preview;
    QLabel *m_plan;
    RememberBox *m_remember;
    PseudonymBox *m_pseudonyms;
    QCheckBox *m_again;
    QCheckBox *m_restart;
    TableView *m_columns;
    QPushButton *m_dryRun;
    QLabel *m_totals;
    TableView *m_reasons;
};

} // namespace perennial
