#include "ui/pages/import/pseudonym_box.h"

#include "ui/error_text.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace perennial {

namespace {

/// A labelled field in the grid.
QLineEdit *addField(QGridLayout *grid, int row, QLabel *label)
{
    auto *field = new QLineEdit;
    label->setBuddy(field);
    QString name = label->text();
    field->setAccessibleName(name.remove(QLatin1Char('&')));
    grid->addWidget(label, row, 0);
    grid->addWidget(field, row, 1);
    return field;
}

QLabel *buddyLabel(const QString &text)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

PseudonymBox::PseudonymBox(QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    m_wanted = new QCheckBox(tr("Replace ids by p&seudonyms"));
    m_fields = new QWidget;
    auto *grid = new QGridLayout(m_fields);
    grid->setContentsMargins(24, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    setUpKey(grid);
    setUpPassphrase(grid);
    m_why = captionLabel();
    column->addWidget(m_wanted);
    column->addWidget(m_fields);
    column->addWidget(m_why);
    connect(m_wanted, &QCheckBox::toggled, this, &PseudonymBox::showFields);
    for (QLineEdit *field : {m_file, m_passphrase, m_repeated}) {
        connect(field, &QLineEdit::textChanged, this, &PseudonymBox::showFields);
    }
    showFields();
}

void PseudonymBox::setUpKey(QGridLayout *grid)
{
    m_file = addField(grid, 0, buddyLabel(tr("&Key file")));
    m_file->setPlaceholderText(tr("this project's own, in your data folder"));
    m_browse = pushButton(tr("Bro&wse…"));
    m_browse->setAutoDefault(false);
    grid->addWidget(m_browse, 1, 1, Qt::AlignLeft);
    connect(m_browse, &QPushButton::clicked, this, &PseudonymBox::browse);
}

void PseudonymBox::setUpPassphrase(QGridLayout *grid)
{
    m_passphrase = addField(grid, 2, buddyLabel(tr("&Passphrase")));
    m_repeatLabel = buddyLabel(tr("&Once more"));
    m_repeated = addField(grid, 3, m_repeatLabel);
    for (QLineEdit *field : {m_passphrase, m_repeated}) {
        field->setEchoMode(QLineEdit::Password);
        field->setMaxLength(static_cast<int>(Passphrase::kMostBytes));
    }
}

void PseudonymBox::showChoice(UserNaming naming, bool namesUsers)
{
    m_naming = naming;
    m_namesUsers = namesUsers;
    const bool free = namesUsers && naming == UserNaming::Open;
    m_wanted->setEnabled(free);
    if (!free) {
        m_wanted->setChecked(namesUsers && naming == UserNaming::Pseudonyms);
    }
    showFields();
}

bool PseudonymBox::wanted() const
{
    return m_wanted->isChecked();
}

/// A new key's passphrase is typed twice: nobody could open the key with another.
void PseudonymBox::showFields()
{
    const bool twice = m_naming == UserNaming::Open && !m_passphrase->text().isEmpty();
    m_fields->setVisible(wanted());
    m_passphrase->setPlaceholderText(m_naming == UserNaming::Open
                                         ? tr("none: the key is not sealed")
                                         : tr("only if the key is sealed"));
    m_repeatLabel->setVisible(twice);
    m_repeated->setVisible(twice);
    if (!m_namesUsers) {
        m_why->setText(tr("The file names no users."));
    } else if (m_naming == UserNaming::Ids) {
        m_why->setText(
            tr("The project holds users under their own ids: with pseudonyms beside them "
               "one person would count as two."));
    } else if (const QString what = problem(); !what.isEmpty()) {
        m_why->setText(tr("✕ %1").arg(what));
    } else if (m_naming == UserNaming::Pseudonyms) {
        m_why->setText(tr("The users of this project are pseudonyms: another file takes the same "
                          "key, and the passphrase if the key is sealed with one."));
    } else if (wanted()) {
        m_why->setText(tr("The key is made with this import, unless the file is there, and stays "
                          "outside the project. Keep a copy of it: nothing more can be imported "
                          "without it. Rejected rows are kept without their text."));
    }
    m_why->setVisible(!m_namesUsers || m_naming != UserNaming::Open || wanted());
    layout()->invalidate(); // another height
    updateGeometry();
    Q_EMIT changed();
}

QString PseudonymBox::problem() const
{
    if (!wanted() || m_passphrase->text().isEmpty()) {
        return {};
    }
    if (m_naming == UserNaming::Open && m_passphrase->text() != m_repeated->text()) {
        return m_repeated->text().isEmpty() ? tr("Type the passphrase once more.")
                                            : tr("The passphrases are not the same.");
    }
    const auto passphrase =
        Passphrase::from(m_passphrase->text().toStdString(), tr("Passphrase").toStdString());
    return passphrase ? QString() : errorText(passphrase.error());
}

std::shared_ptr<const KeyRequest> PseudonymBox::request() const
{
    if (!wanted()) {
        return nullptr;
    }
    auto request = std::make_shared<KeyRequest>();
    request->file = std::filesystem::path(m_file->text().trimmed().toStdU16String());
    if (!m_passphrase->text().isEmpty()) {
        auto passphrase =
            Passphrase::from(m_passphrase->text().toStdString(), tr("Passphrase").toStdString());
        if (passphrase) {
            request->passphrase.emplace(*std::move(passphrase));
        }
    }
    return request;
}

void PseudonymBox::browse()
{
    const QString filter = tr("Keys (*.key);;All files (*)");
    const QString file =
        m_naming == UserNaming::Open
            ? QFileDialog::getSaveFileName(this, tr("Key file, new or there already"),
                                           m_file->text(), filter, nullptr,
                                           QFileDialog::DontConfirmOverwrite)
            : QFileDialog::getOpenFileName(this, tr("Key file"), m_file->text(), filter);
    if (!file.isEmpty()) {
        m_file->setText(file);
    }
}

} // namespace perennial
