#include "ui/pages/privacy_card.h"

#include "core/project/forget_store.h"
#include "core/project/run_store.h"
#include "core/project/user_naming.h"
#include "ui/report/section_words.h"
#include "ui/widgets/fact_lines.h"
#include "ui/wording/format.h"
#include "ui/wording/privacy_words.h"

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
           "(the third step of an import, or import --pseudonyms). A user is erased by the context "
           "menu of a table of users, or by perennial forget: with events, keys, scores and the "
           "text of rejected rows. Models that learned from the user are due to be trained again. "
           "Copies, exports and reports made before are out of reach."));
    m_lines = new FactLines;
    body()->addWidget(m_lines);
    body()->addStretch(1);
    show(std::nullopt);
}

const QStringList &PrivacyCard::lines() const noexcept
{
    return m_lines->texts();
}

void PrivacyCard::show(const std::optional<PrivacyFacts> &facts)
{
    m_lines->clear();
    setCaption(facts ? QString() : tr("No project is open."));
    if (!facts) {
        return;
    }
    m_lines->add(tr("Users"),
            facts->fingerprint
                ? tr("pseudonyms, key %1…")
                      .arg(QString::fromStdString(*facts->fingerprint).left(kShownFingerprint))
                : tr("stored under their own ids"));
    m_lines->add(tr("Erased"), facts->forgotten > 0 ? usersText(facts->forgotten)
                                               : tr("nobody"));
    m_lines->add(tr("Log"),
            (facts->audit.holds() ? QString() : tr("⚠ ")) + auditCheckText(facts->audit));
    QString name = tr("Retrain due");
    for (const QString &run : facts->retrainDue.isEmpty() ? QStringList{tr("nothing")}
                                                          : facts->retrainDue) {
        m_lines->add(name, run);
        name.clear();
    }
}

} // namespace perennial
