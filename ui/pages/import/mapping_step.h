#pragma once

#include "core/ingest/preview.h"

#include <QWidget>

class QComboBox;
class QGridLayout;
class QLabel;
class QSpinBox;
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
    void setUpMeaning(QGridLayout *grid);
    void setUpLayout(QGridLayout *grid);
    void setUpValues(QGridLayout *grid);
    void setUpTables();
    void fillNotation(const QString &profile);
    void fillDelimiters();
    void fillEncodings();
    void fillDates();
    void showHint();
    void fillKind();
    void fillRows();
    void chooseRole(int column, int role);
    void readNotation();
    void readLayout(ImportRecipe &recipe) const;
    void readMarks(ImportRecipe &recipe) const;

    ImportPreview m_preview;
    bool m_filling = false;
    QComboBox *m_profile, *m_contents, *m_kind, *m_dedupe;
    QComboBox *m_encoding, *m_delimiter, *m_quote, *m_escape;
    QComboBox *m_dates, *m_zone, *m_decimal, *m_thousands;
    QSpinBox *m_headerRows, *m_skipLines;
    QLabel *m_problem;
    MappingModel *m_columns;
    QTableView *m_mapping;
    TableView *m_rows;
};

} // namespace perennial
