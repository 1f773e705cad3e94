#include "ui/pages/privacy_card.h"

#include "core/project/forget_store.h"
#include "core/project/run_store.h"
#include "core/project/user_naming.h"
#include "ui/report/section_words.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"
#include "ui/wording/privacy_words.h"

#include <QGridLayout>
#include <QVBoxLayout>

namespace perennial {

namespace {

constexpr int kShownFingerprint = 12;

} // namespace

Result<PrivacyFacts> readPrivacyFacts(const Project &project)
{
    const auto fingerprint = pseudonymFingerprint(project);
    const auto forgotten = forgottenUsers(project);
    const auto audit = checkAudit(project);
    const auto runs = readRuns(project);
    if (!fingerprint || !forgotten || !audit || !runs) {
        return !fingerprint ? fingerprint.error()
               : !forgotten ? forgotten.error()
               : !audit     ? audit.error()
                            : runs.error();
    }
    PrivacyFacts facts{*fingerprint, *forgotten, *audit, {}};
    for (const RunRecord &run : *runs) {
        if (run.champion && run.retrainDue > 0) {
            facts.retrainDue << PrivacyCard::tr("%1, run %2")
                                    .arg(report::modelWords(run.model))
                                    .arg(run.id);
        }
    }
    return facts;
}

PrivacyCard::PrivacyCard(QWidget *parent) : Card(tr("Privacy"), parent)
{
    setDefinition(
        tr("Users can be stored under pseudonyms, made with a key that stays outside the project "
           "(import --pseudonyms). A user is erased by the context menu of a table of users, or by "
           "perennial forget: with events, keys, scores and the text of rejected rows. Models that "
           "learned from the user are due to be trained again. Copies, exports and reports made "
           "before are out of reach."));
    m_grid = new QGridLayout;
    body()->addLayout(m_grid);
    body()->addStretch(1);
    show(std::nullopt);
}

void PrivacyCard::addLine(const QString &name, const QString &value)
{
    const int row = m_grid->rowCount();
    QLabel *key = captionLabel(name);
    key->setWordWrap(false);
    m_grid->addWidget(key, row, 0, Qt::AlignLeft | Qt::AlignVCenter);
    m_grid->addWidget(new ElidedLabel(value), row, 1);
    m_grid->setColumnStretch(1, 1);
    m_lines << (name.isEmpty() ? value : QStringLiteral("%1: %2").arg(name, value));
}

void PrivacyCard::show(const std::optional<PrivacyFacts> &facts)
{
    m_lines.clear();
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    setCaption(facts ? QString() : tr("No project is open."));
    if (!facts) {
        return;
    }
    addLine(tr("Users"),
            facts->fingerprint
                ? tr("pseudonyms, key %1…")
                      .arg(QString::fromStdString(*facts->fingerprint).left(kShownFingerprint))
                : tr("stored under their own ids"));
    addLine(tr("Erased"), facts->forgotten > 0 ? tr("%1 users").arg(countText(facts->forgotten))
                                               : tr("nobody"));
    addLine(tr("Log"),
            (facts->audit.holds() ? QString() : tr("⚠ ")) + auditCheckText(facts->audit));
    QString name = tr("Retrain due");
    for (const QString &run : facts->retrainDue.isEmpty() ? QStringList{tr("nothing")}
                                                          : facts->retrainDue) {
        addLine(name, run);
        name.clear();
    }
}

} // namespace perennial
