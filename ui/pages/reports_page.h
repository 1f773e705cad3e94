#pragma once

#include "ui/pages/page.h"
#include "ui/report/pdf_file.h"
#include "ui/report/report.h"

#include <QTimer>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace perennial {

class Card;
class EmptyState;
class ReportPreview;
class TableView;

/// Reports: choose what goes in, see its pages, hand over a PDF and the tables as CSV.
class ReportsPage : public Page {
    Q_OBJECT

public:
    explicit ReportsPage(const PageContext &context, QWidget *parent = nullptr);

    QString title() const override;
    QString answer() const override;
    bool usesSegment() const override { return true; }
    QList<QAction *> pageActions() const override;

    /// Writes the report as chosen; what the "Export PDF…" action does once it has a name.
    void exportPdf(const QString &path);

protected:
    void refresh() override;

private:
    struct Output {
        QString path, what;
        qint64 at = 0;
        int pages = 0; ///< 0 for tables
    };

    void setUpActions();
    Card *setUpChoices();
    Card *setUpOutputs();
    QMenu *makeTableMenu();
    QWidget *setUpPreview();

    ReportOptions options() const;
    void applyTemplate(int index);
    void choiceChanged();
    void preparePreview();
    void askForPdf();
    void paintPdf();
    void writePdf();
    void exportCsv(const std::string &table);
    void addOutput(const Output &output);
    void updateActions();

    QTimer m_settle;   ///< fires once the choices rest
    QTimer m_painting; ///< one page of the PDF at a time
    std::optional<report::PdfFile> m_pdf;
    std::filesystem::path m_pdfPath;
    std::vector<Output> m_outputs;
    int m_previewPages = 0;
    bool m_filling = false;

    QAction *m_pdfAction = nullptr;
    QStackedWidget *m_stack = nullptr;
    EmptyState *m_empty = nullptr;
    QLineEdit *m_title = nullptr;
    QComboBox *m_template = nullptr;
    QComboBox *m_pageSize = nullptr;
    std::vector<std::pair<std::string, QCheckBox *>> m_sections;
    QPushButton *m_exportPdf = nullptr;
    QToolButton *m_exportCsv = nullptr;
    QLabel *m_status = nullptr;
    ReportPreview *m_preview = nullptr;
    TableView *m_outputTable = nullptr;
    QPushButton *m_open = nullptr, *m_openFolder = nullptr;
};

} // namespace perennial
