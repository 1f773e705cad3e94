#pragma once

#include "core/ingest/preview.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;
class QTableView;

namespace perennial {

class MappingModel;
class TableView;

/// Second step of an import: what each column means and how values are written, with the first rows
/// as they would come in. Holds no recipe of its own: it shows a preview and says what was changed.
class ImportMappingStep : public QWidget {
    Q_OBJECT

public:
    explicit ImportMappingStep(QWidget *parent = nullptr);

    /// @param profile the one in use, empty = none.
    void showPreview(const ImportPreview &preview, const QString &profile);
    void showError(const Error &error);

Q_SIGNALS:
    void profileChosen(const QString &profile);
    void recipeChanged(const perennial::ImportRecipe &recipe);

private:
    void setUpNotation(QGridLayout *grid);
    void setUpTables();
    void fillNotation(const QString &profile);
    void fillDates();
    void fillKind();
    void fillRows();
    void chooseRole(int column, int role);
    void readNotation();
    void readMarks(ImportRecipe &recipe) const;

    ImportPreview m_preview;
    bool m_filling = false;
    QComboBox *m_profile, *m_delimiter, *m_decimal, *m_thousands, *m_dates, *m_kind, *m_dedupe;
    QCheckBox *m_header;
    QLabel *m_problem;
    MappingModel *m_columns;
    QTableView *m_mapping;
    TableView *m_rows;
};

} // namespace perennial
