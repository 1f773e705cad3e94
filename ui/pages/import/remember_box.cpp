#include "ui/pages/import/remember_box.h"

#include "core/ingest/own_profiles.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

namespace {

bool isShipped(const std::string &name)
{
    return std::ranges::any_of(builtInProfiles(),
                               [&](const ImportProfile &known) { return known.name == name; });
}

} // namespace

RememberBox::RememberBox(QWidget *parent) : QWidget(parent)
{
    m_wanted = new QCheckBox(tr("&Remember these answers as a profile"));
    m_name = new QLineEdit;
    m_name->setAccessibleName(tr("Name of the profile"));
    m_label = plainLabel(tr("&Name"));
    m_label->setBuddy(m_name);
    m_why = captionLabel();
    auto *row = new QHBoxLayout;
    row->setContentsMargins(24, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_label);
    row->addWidget(m_name, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_wanted);
    column->addLayout(row);
    column->addWidget(m_why);
    connect(m_wanted, &QCheckBox::toggled, this, &RememberBox::showWhy);
    connect(m_name, &QLineEdit::textChanged, this, &RememberBox::showWhy);
    showWhy();
}

void RememberBox::showChoice(const Choice &choice)
{
    const bool same = m_choice.about == choice.about;
    m_choice = choice;
    if (!same) {
        m_wanted->setChecked(choice.wanted);
        m_name->setText(choice.name);
    }
    showWhy();
}

QString RememberBox::name() const
{
    const QString name = m_name->text().trimmed();
    return m_wanted->isChecked() && checkProfileName(name.toStdString()) ? name : QString();
}

/// What is shown or worded anew asks for another height, which the card learns at once.
void RememberBox::showWhy()
{
    const bool wanted = m_wanted->isChecked();
    m_label->setVisible(wanted);
    m_name->setVisible(wanted);
    m_why->setText(whyText());
    layout()->invalidate();
    updateGeometry();
}

QString RememberBox::whyText() const
{
    const QString name = m_name->text().trimmed();
    if (!m_wanted->isChecked()) {
        return tr("The next file of this layout is asked about anew.");
    }
    if (name.isEmpty()) {
        return tr("✕ Give it a name, or nothing is remembered.");
    }
    if (isShipped(name.toStdString())) {
        return tr("✕ A profile that Perennial comes with has this name. With another one "
                  "the answers are remembered.");
    }
    if (!checkProfileName(name.toStdString())) {
        return tr("✕ A file cannot have this name. Without / \\ : * ? \" < > | and not "
                  "beginning with a dot or a dash, the answers are remembered.");
    }
    if (m_choice.own.contains(name)) {
        return tr("Takes the place of your profile of this name once the import is done.");
    }
    if (!m_choice.recognised) {
        return tr("Saved once the import is done. The file has no header to recognise the "
                  "next one by: choose the profile there.");
    }
    return tr("Saved once the import is done. A file with the same header is then "
              "recognised and read in the same way.");
}

} // namespace perennial
