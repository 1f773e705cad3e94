#include "ui/pages/import/mapping_step.h"

#include "ui/error_text.h"
#include "ui/models/mapping_model.h"
#include "ui/models/recipe_edit.h"
#include "ui/models/table_view.h"
#include "ui/pages/import/choice_delegate.h"
#include "ui/pages/import/import_texts.h"
#include "ui/pages/import/kind_words_dialog.h"
#include "ui/pages/import/notation_form.h"
#include "ui/pages/import/profile_picker.h"
#include "ui/pages/page_parts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"
#include "ui/wording/import_words.h"

#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>

#include <limits>

namespace perennial {

namespace {

/// Boxes of more columns than this open on demand instead of all at once.
constexpr int kOpenEditors = 60;
constexpr int kMappingRowHeight = 28;

} // namespace

ImportMappingStep::ImportMappingStep(QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    m_form = new NotationForm;
    column->addWidget(m_form);
    m_removed = new Banner;
    column->addWidget(m_removed);
    m_problem = new Banner;
    m_problem->setAccessibleName(tr("What keeps the file from being imported"));
    column->addWidget(m_problem);
    setUpMapping();
    setUpTables();
    connect(m_form, &NotationForm::recipeChanged, this, &ImportMappingStep::recipeChanged);
    connect(m_form->profiles(), &ProfilePicker::profileChosen, this,
            &ImportMappingStep::profileChosen);
    connect(m_form->profiles(), &ProfilePicker::removalWanted, this,
            &ImportMappingStep::removalWanted);
    connect(m_removed, &Banner::actionTriggered, this, &ImportMappingStep::bringBackWanted);
    connect(m_problem, &Banner::actionTriggered, this, &ImportMappingStep::askKinds);
    connect(m_form, &NotationForm::wordsWanted, this, &ImportMappingStep::askKinds);
}

void ImportMappingStep::setUpMapping()
{
    m_columns = new MappingModel(this);
    m_mapping = new TableView(tr("Columns of the file and their meaning"));
    m_mapping->setModel(m_columns);
    m_mapping->setItemDelegateForColumn(MappingModel::Meaning,
                                        new ChoiceDelegate(fillMeanings, m_mapping));
    m_mapping->setItemDelegateForColumn(MappingModel::KeptAs,
                                        new ChoiceDelegate(fillKeptAs, m_mapping));
    m_mapping->verticalHeader()->setDefaultSectionSize(
        std::max(kMappingRowHeight, fontMetrics().height() + 10));
    m_mapping->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_mapping->setEditTriggers(QAbstractItemView::AllEditTriggers);
    connect(m_columns, &MappingModel::roleChosen, this, &ImportMappingStep::chooseRole);
    connect(m_columns, &MappingModel::ruleChosen, this, &ImportMappingStep::chooseRule);
    connect(m_columns, &MappingModel::widthWanted, this, &ImportMappingStep::askWidth);
}

void ImportMappingStep::setUpTables()
{
    m_rows = new TableView(tr("First rows of the file and what becomes of them"),
                           std::vector<TableColumn>{});
    m_rows->setSortingEnabled(false);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_mapping);
    splitter->addWidget(m_rows);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    qobject_cast<QVBoxLayout *>(layout())->addWidget(splitter, 1);
}

void ImportMappingStep::showPreview(const ImportPreview &preview,
                                    const std::vector<ImportProfile> &own, const QString &profile)
{
    m_preview = preview;
    m_form->showPreview(preview, own, profile);
    m_columns->setPreview(preview);
    openEditors();
    fitColumns();
    fillRows();
    showHint();
}

void ImportMappingStep::openEditors()
{
    for (int row = 0; row < std::min(m_columns->rowCount(), kOpenEditors); ++row) {
        for (const int column : {MappingModel::Meaning, MappingModel::KeptAs}) {
            const QModelIndex index = m_columns->index(row, column);
            const bool editable = m_columns->flags(index).testFlag(Qt::ItemIsEditable);
            if (editable) {
                m_mapping->openPersistentEditor(index);
            } else {
                m_mapping->closePersistentEditor(index);
            }
        }
    }
}

/// Files of events have no attributes: nothing can be said of how those are kept.
void ImportMappingStep::fitColumns()
{
    const bool attributes = hasAttributes(m_preview.recipe.contents.value_or(Contents::Events));
    m_mapping->setColumnHidden(MappingModel::KeptAs, !attributes);
    m_mapping->setColumnHidden(MappingModel::Personal, !attributes);
    QHeaderView *header = m_mapping->horizontalHeader();
    header->setMinimumSectionSize(72);
    for (const auto &[column, width] :
         {std::pair(MappingModel::Name, 160), std::pair(MappingModel::Meaning, 150),
          std::pair(MappingModel::KeptAs, 160), std::pair(MappingModel::Personal, 76),
          std::pair(MappingModel::Type, 110)}) {
        header->setSectionResizeMode(column, QHeaderView::Interactive);
        header->resizeSection(column, width);
    }
    for (const int column : {MappingModel::Example, MappingModel::ReadAs, MappingModel::Problems}) {
        header->setSectionResizeMode(column, QHeaderView::Stretch);
    }
}

/// What keeps the file out, or what may be meant otherwise.
void ImportMappingStep::showHint()
{
    if (m_preview.problem) {
        m_problem->setTexts(importProblemText(*m_preview.problem), {});
    } else if (m_preview.likelyMoreHeaderRows > 0) {
        m_problem->setTexts(tr("The first %n rows below the header look like more of it: raise "
                               "Header rows if they are.",
                               nullptr, m_preview.likelyMoreHeaderRows),
                            {});
    } else if (const QString unknown = unknownWordsText(m_preview.kindWords); !unknown.isEmpty()) {
        m_problem->setTexts(tr("No kind of event is known by these words, so that their rows stay "
                               "out: %1")
                                .arg(unknown),
                            tr("Sa&y what they are…"));
    } else {
        m_problem->setTexts({}, {});
    }
}

void ImportMappingStep::askKinds()
{
    auto *ask = new KindWordsDialog(m_preview.kindWords, this);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    connect(ask, &QDialog::accepted, this, [this, ask] {
        ImportRecipe recipe = m_preview.recipe;
        for (const auto &[word, kind] : ask->chosen()) {
            recipe.kinds[word] = kind;
        }
        if (recipe != m_preview.recipe) {
            Q_EMIT recipeChanged(recipe);
        }
    });
    ask->open();
}

void ImportMappingStep::showError(const Error &error)
{
    m_problem->setTexts(tr("✕ %1").arg(errorText(error)), {});
}

void ImportMappingStep::showRemoved(const QString &profile)
{
    if (profile.isEmpty()) {
        m_removed->setTexts({}, {});
        return;
    }
    m_removed->setTexts(
        tr("Your profile %1 was removed. The file is read as set below.").arg(profile),
        tr("Br&ing back"));
}

void ImportMappingStep::fillRows()
{
    std::vector<TableColumn> columns{{tr("Line"), TableColumn::Kind::Count},
                                     {tr("What becomes of it"), TableColumn::Kind::Text}};
    for (const PreviewColumn &column : m_preview.columns) {
        columns.push_back({QString::fromStdString(column.name), TableColumn::Kind::Text});
    }
    const QString unknown = tr("? not known yet");
    std::vector<TableModel::Row> rows;
    for (const PreviewRow &row : m_preview.rows) {
        TableModel::Row cells{QVariant::fromValue<qint64>(row.line),
                              !row.reason.empty() ? tr("✕ %1").arg(rejectReasonText(row.reason))
                              : m_preview.problem ? unknown
                                                  : tr("✓ comes in")};
        for (std::size_t c = 0; c < m_preview.columns.size(); ++c) {
            cells.push_back(c < row.fields.size() ? QVariant(QString::fromStdString(row.fields[c]))
                                                  : QVariant());
        }
        rows.push_back(std::move(cells));
    }
    m_rows->tableModel()->setColumns(std::move(columns));
    m_rows->setRows(std::move(rows));
}

void ImportMappingStep::chooseRole(int column, int role)
{
    const std::optional<Role> meaning =
        role == MappingModel::kNoRole ? std::nullopt : std::optional<Role>(static_cast<Role>(role));
    Q_EMIT recipeChanged(
        withRole(m_preview, m_preview.recipe, static_cast<std::size_t>(column), meaning));
}

void ImportMappingStep::chooseRule(int column, const AttributeRule &rule)
{
    Q_EMIT recipeChanged(
        withRule(m_preview, m_preview.recipe, static_cast<std::size_t>(column), rule));
}

void ImportMappingStep::askWidth(int column)
{
    auto *ask = new QInputDialog(this);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    ask->setWindowTitle(tr("Bands"));
    ask->setLabelText(tr("Width of the bands: with 10, an age of 34 is kept as 30-39"));
    ask->setInputMode(QInputDialog::IntInput);
    ask->setIntRange(1, std::numeric_limits<int>::max());
    ask->setIntValue(static_cast<int>(Banding::kUsualWidth));
    connect(ask, &QInputDialog::intValueSelected, this, [this, column](int width) {
        m_columns->setData(m_columns->index(column, MappingModel::KeptAs),
                           QStringLiteral("band:%1").arg(width), Qt::EditRole);
    });
    ask->open();
}

} // namespace perennial
