#include "ui/pages/trust/trust_readiness.h"

#include "ui/error_text.h"
#include "ui/widgets/fact_lines.h"
#include "ui/widgets/labels.h"
#include "ui/wording/quality_words.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace perennial {

namespace {

/// What a value figure rests on.
constexpr std::array kValueModels{ReadyModel::Frequency, ReadyModel::Spend, ReadyModel::Churn};

QString markOf(ReadyLevel level)
{
    switch (level) {
    case ReadyLevel::Pass:
        return QStringLiteral("✓");
    case ReadyLevel::Warn:
        return QStringLiteral("!");
    case ReadyLevel::Fail:
        break;
    }
    return QStringLiteral("✕");
}

/// The checks that made the level; the first one where all is well.
QStringList reasonTexts(const std::vector<ReadyCheck> &checks, ReadyModel model, ReadyLevel level)
{
    QStringList reasons;
    for (const ReadyCheck &check : checks) {
        const bool says = check.model == model && check.level == level;
        if (says && (reasons.isEmpty() || level != ReadyLevel::Pass)) {
            reasons << readyCheckText(check);
        }
    }
    return reasons;
}

} // namespace

ReadinessCard::ReadinessCard(const PageContext &context, QWidget *parent)
    : Card(tr("Are the data enough?"), parent), m_context(context)
{
    setDefinition(tr("The checks of the page Quality that value figures rest on. With care: it can "
                     "be fitted, but small samples make it uncertain. Not yet: it cannot be fitted, "
                     "or its figures would say nothing."));
    m_lines = new FactLines;
    body()->addWidget(m_lines);
    auto *open = pushButton(tr("Open Quality"));
    connect(open, &QPushButton::clicked, this,
            [this] { m_context.navigator.showPage(QStringLiteral("quality")); });
    tools()->addWidget(open);
}

void ReadinessCard::refresh()
{
    using Report = std::shared_ptr<const QualityReport>;
    setBusy(true);
    runOnProject<Report>(
        m_context.session, m_context.jobs, title(), this,
        [](Project &project, const Task &task) { return assessQuality(project, task); },
        [this](Result<Report> report) {
            setBusy(false);
            if (report) {
                show((*report)->readiness);
            } else if (report.error().code != ErrorCode::Cancelled) {
                m_lines->clear();
                setCaption(errorText(report.error()));
            }
        },
        QStringLiteral("trust-readiness"));
}

void ReadinessCard::show(const std::vector<ReadyCheck> &checks)
{
    m_lines->clear();
    setCaption({});
    for (const ReadyModel model : kValueModels) {
        const ReadyLevel level = levelOf(checks, model);
        const QStringList reasons = reasonTexts(checks, model, level);
        m_lines->add(readyModelText(model), tr("%1 %2: %3").arg(markOf(level), readyLevelText(level),
                                                                reasons.value(0)));
        for (qsizetype i = 1; i < reasons.size(); ++i) {
            m_lines->add({}, reasons[i]);
        }
    }
}

} // namespace perennial
