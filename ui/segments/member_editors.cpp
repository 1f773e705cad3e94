// Who was addressed by a campaign, and users by their keys.
#include "ui/segments/condition_editor.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

namespace {

constexpr std::size_t kMostTyped = 2000; ///< more keys are shown by their number alone

class CampaignEditor : public EditorOf<CampaignCondition> {
public:
    CampaignEditor() : m_campaign(choiceField(tr("Campaign"))), m_about(captionLabel())
    {
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(2 * kGap);
        auto *row = new QHBoxLayout;
        row->setSpacing(2 * kGap);
        row->addWidget(plainLabel(tr("addressed by")));
        row->addWidget(m_campaign);
        row->addStretch(1);
        column->addLayout(row);
        column->addWidget(m_about);
        column->addStretch(1);
        connect(m_campaign, &QComboBox::currentIndexChanged, this, &ConditionEditor::changed);
    }
    QString kind() const override { return tr("Campaign"); }
    SegmentRule::Condition fresh() const override
    {
        return CampaignCondition{m_campaign->itemData(0).toString().toStdString()};
    }
    void setOffer(const SegmentOffer &offer) override
    {
        const QSignalBlocker quiet(m_campaign);
        const std::string shown = read().key;
        m_campaign->clear();
        for (const OfferedCampaign &campaign : offer.campaigns) {
            const QString key = QString::fromStdString(campaign.key);
            m_campaign->addItem(QStringLiteral("%1   (%2)").arg(key, countText(campaign.users)),
                                key);
        }
        chooseText(m_campaign, shown);
        m_about->setText(
            offer.campaigns.empty()
                ? tr("This project has no campaigns. Import who was addressed by which "
                     "on the page Data.")
                : tr("Whenever that was. Tick “not” for those who were not."));
    }

protected:
    void show(const CampaignCondition &condition) override
    {
        chooseText(m_campaign, condition.key);
    }
    CampaignCondition read() const override
    {
        return {m_campaign->currentData().toString().toStdString()};
    }

private:
    QComboBox *m_campaign;
    QLabel *m_about;
};

class UsersEditor : public EditorOf<UsersCondition> {
public:
    UsersEditor() : m_keys(new QPlainTextEdit), m_about(captionLabel())
    {
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(2 * kGap);
        m_keys->setAccessibleName(tr("Keys of users, one a line"));
        m_keys->setPlaceholderText(tr("A user's key a line"));
        m_keys->setTabChangesFocus(true);
        column->addWidget(m_keys, 1);
        column->addWidget(m_about);
        connect(m_keys, &QPlainTextEdit::textChanged, this, [this] {
            m_condition.keys = typed();
            Q_EMIT changed();
        });
    }
    QString kind() const override { return tr("Users"); }

protected:
    void show(const UsersCondition &condition) override
    {
        const QSignalBlocker quiet(m_keys);
        m_condition = condition;
        const bool few = condition.keys.size() <= kMostTyped;
        QStringList lines;
        for (const std::string &key : few ? condition.keys : std::vector<std::string>()) {
            lines << QString::fromStdString(key);
        }
        m_keys->setPlainText(lines.join(QLatin1Char('\n')));
        m_keys->setVisible(few);
        m_about->setText(few ? tr("Keys that the project does not have are nobody.")
                             : tr("%1 chosen users: too many to be typed; they stay as they are.")
                                   .arg(countText(std::ssize(condition.keys))));
    }
    UsersCondition read() const override { return m_condition; }

private:
    std::vector<std::string> typed() const
    {
        std::vector<std::string> keys;
        for (const QString &line : m_keys->toPlainText().split(QLatin1Char('\n'))) {
            if (!line.trimmed().isEmpty()) {
                keys.push_back(line.trimmed().toStdString());
            }
        }
        return keys;
    }

    QPlainTextEdit *m_keys;
    QLabel *m_about;
    UsersCondition m_condition;
};

} // namespace

ConditionEditor *makeCampaignEditor()
{
    return new CampaignEditor;
}

ConditionEditor *makeUsersEditor()
{
    return new UsersEditor;
}

} // namespace perennial
