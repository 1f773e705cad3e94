#include "ui/pages/trust/trust_drift.h"

#include "ui/charts/chart_card.h"
#include "ui/error_text.h"
#include "ui/models/table_view.h"
#include "ui/pages/trust/trust_charts.h"
#include "ui/pages/trust/trust_rows.h"
#include "ui/widgets/labels.h"
#include "ui/wording/forecast_words.h"
#include "ui/wording/format.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

DriftCard::DriftCard(const PageContext &context, QWidget *parent)
    : Card(tr("Drift of parameters since the fit before"), parent), m_context(context)
{
    setDefinition(
        tr("The fits kept in this project, of one model with the same period, in order of their "
           "snapshot date. Change: difference of the logarithms over the standard error of both "
           "together; beyond ±1.96 it is more than chance would bring in one of twenty refits. The "
           "two fits are taken as if they had no customer in common; as they share most, they look a "
           "little steadier than they are."));
    m_model = new QComboBox;
    m_model->setAccessibleName(tr("Model whose fits are compared"));
    tools()->addWidget(m_model);
    m_text = plainLabel();
    m_text->setWordWrap(true);
    body()->addWidget(m_text);
    m_table = new TableView(tr("Drift of parameters"), driftColumns());
    m_table->setSortingEnabled(false);
    m_table->setMinimumHeight(5 * 24);
    body()->addWidget(m_table, 1);
    m_chart = new ChartCard(tr("Parameters over the fits"));
    m_chart->setDefinition(tr("Each parameter as a multiple of its newest estimate, with 95 % bands "
                              "where the standard errors are known; by the snapshot date of the fit."));
    addTableMenu(*this, *m_table, m_context, QStringLiteral("drift.csv"),
                 [this] { return driftTable(m_drift); });
    connect(m_model, &QComboBox::currentIndexChanged, this, &DriftCard::showModel);
}

void DriftCard::refresh()
{
    const auto models = m_context.session.hasProject()
                            ? fittedModels(m_context.session.project())
                            : Result<std::vector<std::string>>(std::vector<std::string>{});
    if (!models || models->empty()) {
        const QSignalBlocker quiet(m_model);
        m_model->clear();
        m_model->hide();
        showNothing(models ? tr("No fit is kept yet. Scoring the users fits the value models and "
                                "keeps their parameters.")
                           : errorText(models.error()));
        return;
    }
    {
        const QSignalBlocker quiet(m_model);
        const QString kept = m_model->currentData().toString();
        m_model->clear();
        for (const std::string &model : *models) {
            m_model->addItem(forecasterText(model), QString::fromStdString(model));
        }
        const QString used =
            QString::fromStdString(m_context.session.settings().valueModel);
        const int first = std::max(m_model->findData(used), 0);
        m_model->setCurrentIndex(kept.isEmpty() ? first : std::max(m_model->findData(kept), 0));
        m_model->show();
    }
    showModel();
}

void DriftCard::showModel()
{
    const auto fits = readFitHistory(m_context.session.project(),
                                     m_model->currentData().toString().toStdString());
    if (fits) {
        showFits(*fits);
    } else {
        showNothing(errorText(fits.error()));
    }
}

void DriftCard::showNothing(const QString &why)
{
    m_drift.clear();
    m_text->setText(why);
    m_table->setRows({});
    m_table->hide();
    m_chart->hide();
    setCaption({});
}

void DriftCard::showFits(const std::vector<SavedFit> &fits)
{
    const SavedFit &now = fits.back();
    if (fits.size() < 2) {
        showNothing(tr("One fit of %1 is kept, of %2. Fit again on later data to see whether its "
                       "parameters hold.")
                        .arg(forecasterText(now.run.model), dayText(now.run.until)));
        return;
    }
    const SavedFit &earlier = fits[fits.size() - 2];
    const auto drift = parameterDrift(earlier.fit, now.fit);
    if (!drift) {
        showNothing(tr("The last two fits of %1 have no parameters that can be compared.")
                        .arg(forecasterText(now.run.model)));
        return;
    }
    m_drift = *drift;
    m_text->setText(driftText(m_drift));
    m_table->setRows(driftRows(m_drift));
    m_table->show();
    setCaption(tr("%1: run %2 of t₀ %3 against run %4 of t₀ %5; fits kept: %6.")
                   .arg(forecasterText(now.fit.reportedModel))
                   .arg(earlier.run.id)
                   .arg(dayText(earlier.run.until))
                   .arg(now.run.id)
                   .arg(dayText(now.run.until))
                   .arg(fits.size()));
    m_chart->setSpec(driftChart(fits));
    m_chart->setVisible(fits.size() >= 3);
}

} // namespace perennial
