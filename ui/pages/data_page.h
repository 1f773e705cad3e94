#pragma once

#include "core/project/import_store.h"
#include "ui/pages/import/import_run.h"
#include "ui/pages/page_parts.h"

class QStackedLayout;

namespace perennial {

class Card;
class EmptyState;
class KpiCard;
class SettingsForm;
class SourcesPanel;

/// Where the events came from, that no row was lost on the way, and the settings everything else is
/// computed with.
class DataPage : public Page {
    Q_OBJECT

public:
    explicit DataPage(const PageContext &context, QWidget *parent = nullptr);

    QString title() const override;
    QString answer() const override;
    QList<QAction *> pageActions() const override;

public Q_SLOTS:
    /// Opens the import dialog. @param file may be empty.
    void openImport(const QString &file = {});

protected:
    void refresh() override;

private:
    void setUpWarnings();
    void setUpKpis();
    void setUpSources();
    void setUpSettings();
    void showNoProject();
    void readSourcesAnew();
    void showUnfinished();
    void showKpis();
    void showWritable();
    void startImport(const ImportRequest &request,
                     std::function<void(const Result<ImportOutcome> &)> done);
    void resumeImport();
    void removeUnfinished();
    void showRejected(qint64 source);

    QString m_shownProject; ///< path, to notice another project
    QAction *m_import;
    QStackedLayout *m_stack;
    EmptyState *m_noProject;
    PageBody *m_body;
    Banner *m_unfinished;
    KpiCard *m_users, *m_items, *m_events, *m_purchases, *m_gross, *m_span;
    SourcesPanel *m_sources;
    Card *m_settingsCard;
    SettingsForm *m_settings;
};

} // namespace perennial
