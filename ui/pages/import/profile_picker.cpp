#include "ui/pages/import/profile_picker.h"

#include "ui/widgets/labels.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>

namespace perennial {

namespace {

constexpr int kIsOwn = Qt::UserRole + 1;

} // namespace

ProfilePicker::ProfilePicker(QWidget *parent) : QWidget(parent)
{
    m_box = new QComboBox;
    m_box->setAccessibleName(tr("Profile"));
    m_box->setToolTip(plainToolTip(
        tr("A known layout of files: one that you have saved, or one that Perennial comes with. "
           "Changing anything makes it your own.")));
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_box->setMinimumContentsLength(14);
    m_remove = pushButton(tr("&Remove"));
    m_remove->setToolTip(plainToolTip(tr("Forgets this profile of yours. It can be brought back "
                                         "while this window is open.")));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(m_box, 1);
    row->addWidget(m_remove);
    connect(m_box, &QComboBox::activated, this,
            [this] { Q_EMIT profileChosen(m_box->currentData().toString()); });
    connect(m_box, &QComboBox::currentIndexChanged, this, &ProfilePicker::showButton);
    connect(m_remove, &QPushButton::clicked, this,
            [this] { Q_EMIT removalWanted(m_box->currentData().toString()); });
    showButton();
}

void ProfilePicker::addProfile(const QString &name, const QString &text)
{
    m_box->addItem(text, name);
    m_box->setItemData(m_box->count() - 1, plainToolTip(text), Qt::ToolTipRole);
}

void ProfilePicker::showProfiles(const std::vector<ImportProfile> &own, const QString &profile)
{
    m_box->clear();
    addProfile({}, tr("none: as set below"));
    m_box->insertSeparator(m_box->count());
    for (const ImportProfile &known : own) {
        const QString name = QString::fromStdString(known.name);
        addProfile(name, tr("%1 (yours)").arg(name));
        m_box->setItemData(m_box->count() - 1, true, kIsOwn);
    }
    if (!own.empty()) {
        m_box->insertSeparator(m_box->count());
    }
    for (const ImportProfile &known : builtInProfiles()) {
        const QString name = QString::fromStdString(known.name);
        addProfile(name, tr("%1 (shipped)").arg(name));
    }
    if (!profile.isEmpty() && m_box->findData(profile) < 0) {
        addProfile(profile, profile); // a file's
    }
    m_box->setCurrentIndex(std::max(0, m_box->findData(profile)));
    showButton();
}

void ProfilePicker::showButton()
{
    m_remove->setVisible(m_box->currentData(kIsOwn).toBool());
}

} // namespace perennial
