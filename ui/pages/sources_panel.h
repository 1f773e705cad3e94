#pragma once

#include "core/project/import_store.h"

#include <QWidget>

#include <vector>

class QLabel;
class QPushButton;
class QStackedLayout;

namespace perennial {

class Card;
class TableView;

/// The sources of a project, and the control totals of the selected one in words.
class SourcesPanel : public QWidget {
    Q_OBJECT

public:
    explicit SourcesPanel(QWidget *parent = nullptr);

    void setSources(std::vector<SourceRecord> sources, const QString &currency);
    /// The first whose import was interrupted; null where all are complete.
    const SourceRecord *unfinished() const;

Q_SIGNALS:
    void importWanted();
    void rejectedRowsWanted(qint64 source);

private:
    QWidget *makeSourcesCard();
    QWidget *makeTotalsCard();
    void showSource(int index);

    std::vector<SourceRecord> m_sources;
    QString m_currency;
    QStackedLayout *m_stack;
    TableView *m_table;
    Card *m_totalsCard;
    QLabel *m_totals;
    QPushButton *m_showRejected;
};

} // namespace perennial
