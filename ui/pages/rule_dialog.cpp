#include "ui/pages/rule_dialog.h"

#include "ui/error_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"
#include "ui/wording/cleaning_words.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

#include <nlohmann/json.hpp>

namespace perennial {

namespace {

/// A rule to begin with: the defaults of its kind, dates left for the user.
std::string defaultDefinition(CleaningKind kind)
{
    nlohmann::ordered_json json{{"kind", cleaningKindName(kind)}};
    if (kind == CleaningKind::BeforeTime) {
        json["before"] = "2000-01-01";
    }
    const auto rule = cleaningRuleFromJson(json.dump());
    return rule ? cleaningRuleToJson(*rule) : json.dump();
}

QString indented(const std::string &json)
{
    return QString::fromStdString(nlohmann::ordered_json::parse(json).dump(2));
}

} // namespace

RuleDialog::RuleDialog(Preview preview, QWidget *parent)
    : QDialog(parent), m_preview(std::move(preview))
{
    setWindowTitle(tr("Add a cleaning rule"));
    resize(640, 520);
    setUpForm();
    chooseKind(0);
}

void RuleDialog::setUpForm()
{
    auto *column = new QVBoxLayout(this);
    column->setSpacing(kCardGap);
    auto *form = new QFormLayout;
    m_kind = new QComboBox;
    m_kind->setAccessibleName(tr("Kind of rule"));
    for (const CleaningKind kind : allCleaningKinds()) {
        m_kind->addItem(cleaningKindText(kind));
    }
    m_help = captionLabel();
    m_definition = new QPlainTextEdit;
    m_definition->setAccessibleName(tr("Definition"));
    m_reason = new QLineEdit;
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setMaxLength(200);
    m_reason->setPlaceholderText(tr("Why, for whoever reads the report"));
    form->addRow(tr("Kind"), m_kind);
    form->addRow(QString(), m_help);
    form->addRow(tr("Definition"), m_definition);
    form->addRow(tr("Reason"), m_reason);
    column->addLayout(form, 1);
    m_effect = plainLabel(tr("Look at the effect before switching the rule on."));
    m_effect->setWordWrap(true);
    column->addWidget(m_effect);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_look = pushButton(tr("Show effect"));
    m_switchOn = pushButton(tr("Switch on"), true);
    m_switchOn->setEnabled(false);
    buttons->addButton(m_look, QDialogButtonBox::ActionRole);
    buttons->addButton(m_switchOn, QDialogButtonBox::AcceptRole);
    column->addWidget(buttons);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &RuleDialog::chooseKind);
    connect(m_definition, &QPlainTextEdit::textChanged, this, &RuleDialog::forgetEffect);
    connect(m_look, &QPushButton::clicked, this, &RuleDialog::showPreview);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(m_switchOn, &QPushButton::clicked, this, [this] {
        if (m_shown) {
            Q_EMIT ruleWanted(*m_shown, m_reason->text());
            close();
        }
    });
}

void RuleDialog::setRule(const CleaningRule &rule)
{
    m_kind->setCurrentIndex(static_cast<int>(kindOf(rule)));
    m_definition->setPlainText(indented(cleaningRuleToJson(rule)));
}

void RuleDialog::chooseKind(int index)
{
    const auto kind = static_cast<CleaningKind>(index);
    m_help->setText(cleaningKindHelp(kind));
    m_definition->setPlainText(indented(defaultDefinition(kind)));
}

void RuleDialog::forgetEffect()
{
    m_shown.reset();
    m_switchOn->setEnabled(false);
}

void RuleDialog::showPreview()
{
    const auto rule = cleaningRuleFromJson(m_definition->toPlainText().toStdString());
    if (!rule) {
        forgetEffect();
        m_effect->setText(errorText(rule.error()));
        return;
    }
    m_effect->setText(tr("Looking…"));
    const QPointer<RuleDialog> self(this);
    m_preview(*rule, [self, rule = *rule](const Result<CleaningEffect> &effect) {
        if (self) {
            self->showEffect(rule, effect);
        }
    });
}

void RuleDialog::showEffect(const CleaningRule &rule, const Result<CleaningEffect> &effect)
{
    const auto now = cleaningRuleFromJson(m_definition->toPlainText().toStdString());
    if (!now || *now != rule) {
        return; // of a definition that has been changed since
    }
    if (!effect) {
        m_effect->setText(errorText(effect.error()));
        return;
    }
    m_effect->setText(cleaningRuleText(rule) + QLatin1Char('\n') + cleaningEffectText(*effect));
    m_shown = rule;
    m_switchOn->setEnabled(true);
}

} // namespace perennial
