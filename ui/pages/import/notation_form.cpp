#include "ui/pages/import/notation_form.h"

#include "core/ingest/notation.h"
#include "core/ingest/time_zone.h"
#include "ui/models/recipe_edit.h"
#include "ui/pages/import/profile_picker.h"
#include "ui/widgets/labels.h"
#include "ui/wording/import_words.h"
#include "ui/wording/words.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>

namespace perennial {

namespace {

constexpr std::array kDelimiters{Delimiter::Comma, Delimiter::Semicolon, Delimiter::Tab,
                                 Delimiter::Bar, Delimiter::Blanks};
constexpr std::array kDedupes{Dedupe::None, Dedupe::Exact, Dedupe::EventId};
constexpr std::array kUsualEncodings{"UTF-8",        "UTF-16LE",     "UTF-16BE",
                                     "GB18030",      "windows-1252", "windows-1251",
                                     "windows-1250", "Shift_JIS",    "Big5"};
constexpr std::array kUsualFormats{"dd/mm/yyyy HH:MM",
                                   "mm/dd/yyyy HH:MM",
                                   "dd.mm.yyyy HH:MM",
                                   "dd/mm/yyyy",
                                   "mm/dd/yyyy",
                                   "dd.mm.yyyy",
                                   "unix",
                                   "unix_ms"};
/// A labelled combo box in the grid.
QComboBox *addBox(QGridLayout *grid, int row, int column, const QString &label)
{
    auto *box = new QComboBox;
    auto *text = plainLabel(label);
    text->setBuddy(box);
    QString name = label;
    box->setAccessibleName(name.remove(QLatin1Char('&')));
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(12);
    grid->addWidget(text, row, 2 * column);
    grid->addWidget(box, row, 2 * column + 1);
    return box;
}

/// A number with its label in the grid.
QSpinBox *addSpin(QGridLayout *grid, int row, int column, const QString &label, int most)
{
    auto *box = new QSpinBox;
    box->setRange(0, most);
    box->setKeyboardTracking(false); // a number is read when it is whole
    auto *text = plainLabel(label);
    text->setBuddy(box);
    QString name = label;
    box->setAccessibleName(name.remove(QLatin1Char('&')));
    grid->addWidget(text, row, 2 * column);
    grid->addWidget(box, row, 2 * column + 1);
    return box;
}

/// A box whose list helps and does not bind.
void makeEditable(QComboBox *box)
{
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
}

/// What a box whose list does not bind says: the chosen entry's data, or what was typed.
std::string saidBy(const QComboBox *box)
{
    const int known = box->findText(box->currentText());
    return (known >= 0 ? box->itemData(known).toString() : box->currentText().trimmed())
        .toStdString();
}

QString missingText(const std::vector<std::string> &missing)
{
    return QString::fromStdString(joined(missing));
}

std::vector<std::string> missingTexts(const QString &said)
{
    std::vector<std::string> texts;
    for (const QString &text : said.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        if (!text.trimmed().isEmpty()) {
            texts.push_back(text.trimmed().toStdString());
        }
    }
    return texts;
}

void selectData(QComboBox *box, const QVariant &data)
{
    const int index = box->findData(data);
    box->setCurrentIndex(index < 0 ? 0 : index);
}

const QString kWords = QStringLiteral("?"); // an entry that asks instead of choosing

} // namespace

NotationForm::NotationForm(QWidget *parent) : QWidget(parent)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    setUpNotation(grid);
}

void NotationForm::showPreview(const ImportPreview &preview, const std::vector<ImportProfile> &own,
                               const QString &profile)
{
    m_preview = preview;
    m_filling = true;
    m_profile->showProfiles(own, profile);
    fillNotation();
    m_filling = false;
    m_said = said();
}

void NotationForm::setUpNotation(QGridLayout *grid)
{
    setUpMeaning(grid);
    setUpLayout(grid);
    setUpValues(grid);
    for (const int fields : {1, 3, 5, 7}) {
        grid->setColumnStretch(fields, 1);
    }
    for (QComboBox *box : {m_contents, m_kind, m_dedupe, m_encoding, m_delimiter, m_quote, m_escape,
                           m_dates, m_zone, m_decimal, m_thousands}) {
        connect(box, &QComboBox::activated, this, &NotationForm::readNotation);
    }
    for (QComboBox *box : {m_dates, m_zone, m_encoding}) {
        connect(box->lineEdit(), &QLineEdit::editingFinished, this, &NotationForm::readNotation);
    }
    connect(m_missing, &QLineEdit::editingFinished, this, &NotationForm::readNotation);
    for (QSpinBox *box : {m_headerRows, m_skipLines}) {
        connect(box, &QSpinBox::valueChanged, this, &NotationForm::readNotation);
    }
}

void NotationForm::setUpMeaning(QGridLayout *grid)
{
    m_profile = new ProfilePicker;
    auto *label = plainLabel(tr("&Profile"));
    label->setBuddy(m_profile->box());
    grid->addWidget(label, 0, 0);
    grid->addWidget(m_profile, 0, 1, 1, 3);
    m_contents = addBox(grid, 0, 2, tr("The &file holds"));
    for (int contents = 1; contents <= kContentsCount; ++contents) {
        m_contents->addItem(contentsText(static_cast<Contents>(contents)), contents);
    }
    m_kind = addBox(grid, 0, 3, tr("&Kind of event"));
    m_dedupe = addBox(grid, 3, 2, tr("D&uplicates"));
    for (const Dedupe dedupe : kDedupes) {
        m_dedupe->addItem(dedupeText(dedupe), static_cast<int>(dedupe));
    }
}

void NotationForm::setUpLayout(QGridLayout *grid)
{
    m_encoding = addBox(grid, 1, 0, tr("Enc&oding"));
    makeEditable(m_encoding);
    m_encoding->setToolTip(tr("How letters are written in the file. Where the file does not tell, "
                              "choose the one that makes the rows below readable."));
    m_delimiter = addBox(grid, 1, 1, tr("&Separator"));
    m_quote = addBox(grid, 1, 2, tr("&Quotes"));
    m_quote->addItem(tr("double \""), QStringLiteral("\""));
    m_quote->addItem(tr("single '"), QStringLiteral("'"));
    m_quote->addItem(tr("none"), QStringLiteral("none"));
    m_escape = addBox(grid, 1, 3, tr("Esc&ape"));
    m_escape->addItem(tr("none: quotes are doubled"), QStringLiteral("none"));
    m_escape->addItem(tr("backslash \\"), QStringLiteral("\\"));
    m_missing = new QLineEdit;
    m_missing->setAccessibleName(tr("Missing values"));
    m_missing->setPlaceholderText(tr("none; such as NA, NULL"));
    m_missing->setToolTip(plainToolTip(
        tr("Texts that stand for nothing, as an empty field does, with commas between them.")));
    auto *label = plainLabel(tr("&Missing values"));
    label->setBuddy(m_missing);
    grid->addWidget(label, 3, 6);
    grid->addWidget(m_missing, 3, 7);
    m_headerRows = addSpin(grid, 3, 0, tr("&Header rows"), kMaxHeaderRows);
    m_headerRows->setToolTip(tr("Rows that name the columns; their texts are put together."));
    m_skipLines = addSpin(grid, 3, 1, tr("&Lines above the table"), kMaxSkippedLines);
}

void NotationForm::setUpValues(QGridLayout *grid)
{
    m_dates = addBox(grid, 2, 0, tr("&Dates"));
    makeEditable(m_dates);
    m_dates->setToolTip(tr("How dates are written, such as dd/mm/yyyy HH:MM."));
    m_zone = addBox(grid, 2, 1, tr("Time &zone"));
    makeEditable(m_zone);
    m_zone->setToolTip(tr("Of times without an offset. A date alone stays the day it is."));
    m_zone->setMaxVisibleItems(20);
    for (const std::string &zone : timeZoneNames()) {
        m_zone->addItem(QString::fromStdString(zone), QString::fromStdString(zone));
    }
    m_decimal = addBox(grid, 2, 2, tr("D&ecimal mark"));
    m_decimal->addItem(tr("as the numbers tell"), QString());
    m_decimal->addItem(tr("point ."), QStringLiteral("."));
    m_decimal->addItem(tr("comma ,"), QStringLiteral(","));
    m_thousands = addBox(grid, 2, 3, tr("&Thousands mark"));
    m_thousands->addItem(tr("none"), QString());
    m_thousands->addItem(tr("comma ,"), QStringLiteral(","));
    m_thousands->addItem(tr("point ."), QStringLiteral("."));
    m_thousands->addItem(tr("space"), QStringLiteral(" "));
    m_thousands->addItem(tr("apostrophe '"), QStringLiteral("'"));
}

void NotationForm::fillNotation()
{
    const ImportRecipe &recipe = m_preview.recipe;
    selectData(m_decimal,
               recipe.decimalMark ? QString(QLatin1Char(*recipe.decimalMark)) : QString());
    const QString mark = QString::fromStdString(recipe.thousandsMark.value_or(std::string()));
    if (m_thousands->findData(mark) < 0) {
        m_thousands->addItem(mark, mark);
    }
    selectData(m_thousands, mark);
    const Dedupe byId = recipe.columns.contains(Role::EventId) ? Dedupe::EventId : Dedupe::None;
    selectData(m_dedupe, static_cast<int>(recipe.dedupe.value_or(byId)));
    selectData(m_contents, static_cast<int>(recipe.contents.value_or(Contents::Events)));
    selectData(m_quote, QString::fromStdString(markName(recipe.quote.value_or('"'))));
    selectData(m_escape, QString::fromStdString(markName(recipe.escape.value_or(char{0}))));
    selectData(m_zone, QString::fromStdString(recipe.timeZone.value_or("UTC")));
    m_missing->setText(missingText(recipe.missing));
    m_headerRows->setValue(recipe.headerRows.value_or(1));
    m_skipLines->setValue(recipe.skipLines.value_or(0));
    const bool events = recipe.contents.value_or(Contents::Events) == Contents::Events;
    m_kind->setEnabled(events);
    m_dedupe->setEnabled(events);
    fillDelimiters();
    fillEncodings();
    fillDates();
    fillKind();
}

void NotationForm::fillDelimiters()
{
    const Delimiter found = m_preview.recipe.delimiter.value_or(Delimiter::Comma);
    m_delimiter->clear();
    for (const Delimiter delimiter : kDelimiters) {
        m_delimiter->addItem(delimiterText(delimiter), static_cast<int>(delimiter));
    }
    if (std::ranges::find(kDelimiters, found) == kDelimiters.end()) {
        m_delimiter->addItem(delimiterText(found), static_cast<int>(found));
    }
    selectData(m_delimiter, static_cast<int>(found));
}

/// What the bytes tell, or those that they may be; then the usual ones.
void NotationForm::fillEncodings()
{
    m_encoding->clear();
    const auto add = [this](const QString &name) {
        if (m_encoding->findData(name) < 0) {
            m_encoding->addItem(name, name);
        }
    };
    const bool open = !m_preview.recipe.encoding;
    if (open) {
        m_encoding->addItem(tr("choose: see the rows"), QString());
    }
    for (const std::string &candidate : m_preview.encodings) {
        add(QString::fromStdString(candidate));
    }
    for (const char *usual : kUsualEncodings) {
        add(QString::fromLatin1(usual));
    }
    if (!open) {
        add(QString::fromStdString(*m_preview.recipe.encoding));
    }
    selectData(m_encoding, QString::fromStdString(m_preview.recipe.encoding.value_or("")));
}

void NotationForm::fillDates()
{
    const std::string format = m_preview.recipe.dateFormat.value_or(std::string());
    m_dates->clear();
    m_dates->addItem(tr("as the dates tell"), QString());
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

void NotationForm::fillKind()
{
    m_kind->clear();
    m_kind->addItem(tr("from a column"), QString());
    if (!m_preview.kindWords.empty()) {
        m_kind->addItem(tr("from a column: its words…"), kWords);
    }
    for (const EventKind kind : kEventKinds) {
        const std::string_view name = eventKindName(kind);
        m_kind->addItem(tr("every row: %1").arg(eventKindText(kind).toLower()),
                        QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
    }
    const auto &constants = m_preview.recipe.constants;
    const auto found = constants.find(Role::Kind);
    selectData(m_kind,
               found == constants.end() ? QString() : QString::fromStdString(found->second));
}

/// Other columns lose their meaning, which is to be suggested anew; where names come or go, the
/// columns' numbers stay.
void NotationForm::readLayout(ImportRecipe &recipe) const
{
    const auto delimiter = static_cast<Delimiter>(m_delimiter->currentData().toInt());
    const auto quote = quoteFromName(m_quote->currentData().toString().toStdString());
    const auto escape = escapeFromName(m_escape->currentData().toString().toStdString());
    const std::string said = saidBy(m_encoding);
    const auto encoding = said.empty() ? std::nullopt : std::optional(said);
    const int headerRows = m_headerRows->value(), skipLines = m_skipLines->value();
    const bool otherColumns = recipe.delimiter != delimiter || recipe.quote != quote ||
                              recipe.escape != escape || recipe.encoding != encoding ||
                              recipe.skipLines != skipLines;
    if (otherColumns) {
        recipe.columns.clear();
        recipe.attributes.clear();
    } else if (recipe.headerRows != headerRows) {
        recipe = byNumbers(m_preview, std::move(recipe));
    }
    recipe.delimiter = delimiter;
    recipe.quote = quote;
    recipe.escape = escape;
    recipe.encoding = encoding;
    recipe.headerRows = headerRows;
    recipe.skipLines = skipLines;
}

void NotationForm::readMarks(ImportRecipe &recipe) const
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

/// The preview's recipe with what stands in the fields.
ImportRecipe NotationForm::said() const
{
    ImportRecipe recipe = m_preview.recipe;
    readLayout(recipe);
    const auto contents = static_cast<Contents>(m_contents->currentData().toInt());
    if (contents != recipe.contents.value_or(Contents::Events)) {
        recipe = {}; // other roles: all meanings are to be suggested anew
        recipe.contents = contents;
        readLayout(recipe);
        return recipe;
    }
    readMarks(recipe);
    recipe.missing = missingTexts(m_missing->text());
    recipe.dedupe = static_cast<Dedupe>(m_dedupe->currentData().toInt());
    const std::string format = saidBy(m_dates);
    recipe.dateFormat = format.empty() ? std::nullopt : std::optional(format);
    const std::string zone = saidBy(m_zone);
    recipe.timeZone = zone.empty() || zone == "UTC" ? std::nullopt : std::optional(zone);
    const std::string kind = m_kind->currentData().toString().toStdString();
    if (kind.empty() || contents != Contents::Events) {
        recipe.constants.erase(Role::Kind);
    } else {
        recipe.constants[Role::Kind] = kind;
        recipe.columns.erase(Role::Kind);
    }
    return recipe;
}

/// A field that only lost the focus says nothing.
void NotationForm::readNotation()
{
    if (m_filling) {
        return;
    }
    if (m_kind->currentData() == kWords) {
        selectData(m_kind, QString());
        Q_EMIT wordsWanted();
        return;
    }
    ImportRecipe recipe = said();
    if (recipe != m_said) {
        m_said = std::move(recipe);
        Q_EMIT recipeChanged(m_said);
    }
}

} // namespace perennial
