#include "ui/pages/import/mapping_step.h"

#include "core/ingest/profiles.h"
#include "ui/error_text.h"
#include "ui/models/mapping_model.h"
#include "ui/models/table_view.h"
#include "ui/pages/import/import_texts.h"
#include "ui/pages/import/role_delegate.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"
#include "ui/wording/import_words.h"
#include "ui/wording/words.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSplitter>
#include <QVBoxLayout>

namespace perennial {

namespace {

constexpr std::array kDelimiters{Delimiter::Comma, Delimiter::Semicolon, Delimiter::Tab,
                                 Delimiter::Bar, Delimiter::Blanks};
constexpr std::array kDedupes{Dedupe::None, Dedupe::Exact, Dedupe::EventId};
constexpr std::array kUsualFormats{"dd/mm/yyyy HH:MM", "mm/dd/yyyy HH:MM", "dd.mm.yyyy HH:MM",
                                   "dd/mm/yyyy",       "mm/dd/yyyy",       "dd.mm.yyyy",
                                   "unix",             "unix_ms"};
/// Boxes of more columns than this open on demand instead of all at once.
constexpr int kOpenEditors = 60;

/// A labelled combo box in the grid.
QComboBox *addBox(QGridLayout *grid, int row, int column, const QString &label)
{
    auto *box = new QComboBox;
    auto *text = new QLabel(label);
    text->setTextFormat(Qt::PlainText);
    text->setBuddy(box);
    QString name = label;
    box->setAccessibleName(name.remove(QLatin1Char('&')));
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    grid->addWidget(text, row, 2 * column);
    grid->addWidget(box, row, 2 * column + 1);
    return box;
}

/// The mapping by column numbers, which hold with and without a header.
std::map<Role, std::string> columnNumbers(const ImportPreview &preview)
{
    std::map<Role, std::string> columns;
    for (std::size_t c = 0; c < preview.columns.size(); ++c) {
        if (preview.columns[c].role) {
            columns[*preview.columns[c].role] = std::to_string(c + 1);
        }
    }
    return columns;
}

void selectData(QComboBox *box, const QVariant &data)
{
    const int index = box->findData(data);
    box->setCurrentIndex(index < 0 ? 0 : index);
}

} // namespace

ImportMappingStep::ImportMappingStep(QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    column->addLayout(grid);
    setUpNotation(grid);
    m_problem = plainLabel();
    m_problem->setWordWrap(true);
    m_problem->setAccessibleName(tr("What keeps the file from being imported"));
    column->addWidget(m_problem);
    setUpTables();
}

void ImportMappingStep::setUpNotation(QGridLayout *grid)
{
    m_profile = addBox(grid, 0, 0, tr("&Profile"));
    m_profile->setToolTip(tr("A known layout of files; changing anything makes it your own."));
    m_delimiter = addBox(grid, 0, 1, tr("&Separator"));
    for (const Delimiter delimiter : kDelimiters) {
        m_delimiter->addItem(delimiterText(delimiter), static_cast<int>(delimiter));
    }
    m_dates = addBox(grid, 0, 2, tr("&Dates"));
    m_dates->setEditable(true);
    m_dates->setInsertPolicy(QComboBox::NoInsert);
    m_dates->setToolTip(tr("How dates are written, such as dd/mm/yyyy HH:MM. Times without a zone "
                           "are taken as UTC."));
    m_kind = addBox(grid, 0, 3, tr("&Kind of event"));
    m_decimal = addBox(grid, 1, 0, tr("D&ecimal mark"));
    m_decimal->addItem(tr("as the numbers tell"), QString());
    m_decimal->addItem(tr("point ."), QStringLiteral("."));
    m_decimal->addItem(tr("comma ,"), QStringLiteral(","));
    m_thousands = addBox(grid, 1, 1, tr("&Thousands mark"));
    m_thousands->addItem(tr("none"), QString());
    m_thousands->addItem(tr("comma ,"), QStringLiteral(","));
    m_thousands->addItem(tr("point ."), QStringLiteral("."));
    m_thousands->addItem(tr("space"), QStringLiteral(" "));
    m_thousands->addItem(tr("apostrophe '"), QStringLiteral("'"));
    m_dedupe = addBox(grid, 1, 2, tr("D&uplicates"));
    for (const Dedupe dedupe : kDedupes) {
        m_dedupe->addItem(dedupeText(dedupe), static_cast<int>(dedupe));
    }
    m_header = new QCheckBox(tr("first row &names the columns"));
    grid->addWidget(m_header, 1, 6, 1, 2);
    grid->setColumnStretch(8, 1);

    connect(m_profile, &QComboBox::activated, this, [this] {
        Q_EMIT profileChosen(m_profile->currentData().toString());
    });
    for (QComboBox *box : {m_delimiter, m_kind, m_decimal, m_thousands, m_dedupe, m_dates}) {
        connect(box, &QComboBox::activated, this, &ImportMappingStep::readNotation);
    }
    connect(m_dates->lineEdit(), &QLineEdit::editingFinished, this,
            &ImportMappingStep::readNotation);
    connect(m_header, &QCheckBox::clicked, this, &ImportMappingStep::readNotation);
}

void ImportMappingStep::setUpTables()
{
    auto *splitter = new QSplitter(Qt::Vertical);
    m_columns = new MappingModel(this);
    m_mapping = new QTableView;
    m_mapping->setModel(m_columns);
    m_mapping->setItemDelegateForColumn(MappingModel::Meaning, new RoleDelegate(m_mapping));
    m_mapping->setAccessibleName(tr("Columns of the file and their meaning"));
    m_mapping->verticalHeader()->hide();
    m_mapping->verticalHeader()->setDefaultSectionSize(28);
    m_mapping->horizontalHeader()->setStretchLastSection(true);
    m_mapping->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_mapping->setEditTriggers(QAbstractItemView::AllEditTriggers);
    m_mapping->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_mapping->setTabKeyNavigation(false);
    for (const auto &[column, width] :
         {std::pair(MappingModel::Name, 160), std::pair(MappingModel::Meaning, 150),
          std::pair(MappingModel::Example, 200), std::pair(MappingModel::ReadAs, 200)}) {
        m_mapping->setColumnWidth(column, width);
    }
    m_rows = new TableView(tr("First rows of the file and what becomes of them"),
                           std::vector<TableColumn>{});
    m_rows->setSortingEnabled(false);
    splitter->addWidget(m_mapping);
    splitter->addWidget(m_rows);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    qobject_cast<QVBoxLayout *>(layout())->addWidget(splitter, 1);
    connect(m_columns, &MappingModel::roleChosen, this, &ImportMappingStep::chooseRole);
}

void ImportMappingStep::showPreview(const ImportPreview &preview, const QString &profile)
{
    m_preview = preview;
    m_filling = true;
    fillNotation(profile);
    m_columns->setPreview(preview);
    for (int row = 0; row < std::min(m_columns->rowCount(), kOpenEditors); ++row) {
        m_mapping->openPersistentEditor(m_columns->index(row, MappingModel::Meaning));
    }
    fillRows();
    m_filling = false;
    m_problem->setText(preview.problem ? tr("✕ %1").arg(errorText(*preview.problem)) : QString());
    m_problem->setVisible(preview.problem.has_value());
}

void ImportMappingStep::showError(const Error &error)
{
    m_problem->setText(tr("✕ %1").arg(errorText(error)));
    m_problem->show();
}

void ImportMappingStep::fillNotation(const QString &profile)
{
    m_profile->clear();
    m_profile->addItem(tr("none: as set below"), QString());
    for (const ImportProfile &known : builtInProfiles()) {
        const QString name = QString::fromStdString(known.name);
        m_profile->addItem(name, name);
    }
    if (!profile.isEmpty() && m_profile->findData(profile) < 0) {
        m_profile->addItem(profile, profile);
    }
    selectData(m_profile, profile);
    const ImportRecipe &recipe = m_preview.recipe;
    selectData(m_delimiter, static_cast<int>(recipe.delimiter.value_or(Delimiter::Comma)));
    selectData(m_decimal, recipe.decimalMark ? QString(QLatin1Char(*recipe.decimalMark))
                                             : QString());
    const QString mark = QString::fromStdString(recipe.thousandsMark.value_or(std::string()));
    if (m_thousands->findData(mark) < 0) {
        m_thousands->addItem(mark, mark);
    }
    selectData(m_thousands, mark);
    const Dedupe byId = recipe.columns.contains(Role::EventId) ? Dedupe::EventId : Dedupe::None;
    selectData(m_dedupe, static_cast<int>(recipe.dedupe.value_or(byId)));
    m_header->setChecked(recipe.headerRows.value_or(1) > 0);
    fillDates();
    fillKind();
}

void ImportMappingStep::fillDates()
{
    const std::string format = m_preview.recipe.dateFormat.value_or(std::string());
    m_dates->clear();
    m_dates->addItem(tr("ISO 8601 or yyyymmdd"), QString());
    const auto add = [this](const std::string &pattern) {
        const QString text = QString::fromStdString(pattern);
        if (!text.isEmpty() && m_dates->findData(text) < 0) {
            m_dates->addItem(text, text);
        }
    };
    for (const std::string &fitting : m_preview.dateFormats) {
        add(fitting);
    }
    for (const char *usual : kUsualFormats) {
        add(usual);
    }
    add(format);
    selectData(m_dates, QString::fromStdString(format));
}

void ImportMappingStep::fillKind()
{
    m_kind->clear();
    m_kind->addItem(tr("from a column"), QString());
    for (const EventKind kind : kEventKinds) {
        const std::string_view name = eventKindName(kind);
        m_kind->addItem(tr("every row: %1").arg(eventKindText(kind).toLower()),
                        QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
    }
    const auto &constants = m_preview.recipe.constants;
    const auto found = constants.find(Role::Kind);
    selectData(m_kind, found == constants.end() ? QString()
                                                : QString::fromStdString(found->second));
}

void ImportMappingStep::fillRows()
{
    std::vector<TableColumn> columns{{tr("Line"), TableColumn::Kind::Count},
                                     {tr("What becomes of it"), TableColumn::Kind::Text}};
    for (const PreviewColumn &column : m_preview.columns) {
        columns.push_back({QString::fromStdString(column.name), TableColumn::Kind::Text});
    }
    std::vector<TableModel::Row> rows;
    for (const PreviewRow &row : m_preview.rows) {
        TableModel::Row cells{
            QVariant::fromValue<qint64>(row.line),
            row.reason.empty() ? tr("✓ comes in")
                               : tr("✕ %1").arg(rejectReasonText(row.reason))};
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
        role == MappingModel::kNoRole ? std::nullopt
                                      : std::optional<Role>(static_cast<Role>(role));
    Q_EMIT recipeChanged(
        withRole(m_preview, m_preview.recipe, static_cast<std::size_t>(column), meaning));
}

void ImportMappingStep::readMarks(ImportRecipe &recipe) const
{
    const QString decimal = m_decimal->currentData().toString();
    const std::string thousands = m_thousands->currentData().toString().toStdString();
    recipe.decimalMark.reset();
    recipe.thousandsMark.reset();
    if (!decimal.isEmpty()) {
        recipe.decimalMark = decimal.at(0).toLatin1();
    }
    if (!thousands.empty()) {
        recipe.thousandsMark = thousands;
    }
}

void ImportMappingStep::readNotation()
{
    if (m_filling) {
        return;
    }
    ImportRecipe recipe = m_preview.recipe;
    const auto delimiter = static_cast<Delimiter>(m_delimiter->currentData().toInt());
    if (recipe.delimiter != delimiter) {
        recipe.columns.clear(); // other columns: their meaning is to be suggested anew
    } else if ((recipe.headerRows.value_or(0) > 0) != m_header->isChecked()) {
        recipe.columns = columnNumbers(m_preview); // names come or go, numbers stay
    }
    recipe.delimiter = delimiter;
    recipe.headerRows = m_header->isChecked() ? std::max(recipe.headerRows.value_or(1), 1) : 0;
    readMarks(recipe);
    recipe.dedupe = static_cast<Dedupe>(m_dedupe->currentData().toInt());
    const int known = m_dates->findText(m_dates->currentText());
    const std::string format = (known >= 0 ? m_dates->itemData(known).toString()
                                           : m_dates->currentText().trimmed())
                                   .toStdString();
    recipe.dateFormat = format.empty() ? std::nullopt : std::optional(format);
    const std::string kind = m_kind->currentData().toString().toStdString();
    if (kind.empty()) {
        recipe.constants.erase(Role::Kind);
    } else {
        recipe.constants[Role::Kind] = kind;
        recipe.columns.erase(Role::Kind);
    }
    Q_EMIT recipeChanged(recipe);
}

} // namespace perennial
