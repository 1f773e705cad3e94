#pragma once

#include "core/ingest/preview.h"
#include "core/ingest/profiles.h"

#include <QWidget>

namespace perennial {

class Banner;
class MappingModel;
class NotationForm;
class TableView;

/// Second step of an import: what each column means and how values are written, with the first rows
/// as they would come in. Holds no recipe of its own: it shows a preview and says what was changed.
class ImportMappingStep : public QWidget {
    Q_OBJECT

public:
    explicit ImportMappingStep(QWidget *parent = nullptr);

    /// @param own profiles of one's own. @param profile the one in use, empty = none.
    void showPreview(const ImportPreview &preview, const std::vector<ImportProfile> &own,
                     const QString &profile);
    void showError(const Error &error);
    /// That a profile of one's own was removed and can be brought back; empty = none was.
    void showRemoved(const QString &profile);

Q_SIGNALS:
    void profileChosen(const QString &profile);
    void removalWanted(const QString &profile);
    void bringBackWanted();
    void recipeChanged(const perennial::ImportRecipe &recipe);

private:
    void setUpMapping();
    void setUpTables();
    void openEditors();
    void fitColumns();
    void showHint();
    void fillRows();
    void chooseRole(int column, int role);
    void chooseRule(int column, const AttributeRule &rule);
    void askWidth(int column);
    void askKinds();

    ImportPreview m_preview;
    NotationForm *m_form;
    Banner *m_removed;
    Banner *m_problem;
    MappingModel *m_columns;
    TableView *m_mapping;
    TableView *m_rows;
};

} // namespace perennial
