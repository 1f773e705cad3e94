#pragma once

#include "ui/report/page_document.h"

#include <QAbstractScrollArea>
#include <QPixmap>
#include <QTimer>

#include <vector>

namespace perennial {

/// The pages of a report as they will be printed, in the paper's own colours, painted one at a time
/// so that the window stays alive.
class ReportPreview : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit ReportPreview(QWidget *parent = nullptr);

    void setDocument(report::PageDocument document);
    void setBusy(bool busy);
    /// Pages side by side: 1 reads, 3 is an overview.
    void setColumns(int columns);
    int pages() const noexcept { return static_cast<int>(m_document.pages.size()); }
    bool isComplete() const noexcept { return m_next >= pages(); } ///< every page is painted

Q_SIGNALS:
    void completed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void rebuild();
    void paintNext();
    QSize pageSize() const; ///< on screen, px
    QRect pageRect(int page) const;

    report::PageDocument m_document;
    std::vector<QPixmap> m_pixmaps;
    QTimer m_timer;
    int m_columns = 2;
    int m_next = 0;
    bool m_busy = false;
};

} // namespace perennial
