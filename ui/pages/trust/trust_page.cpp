#include "ui/pages/trust/trust_page.h"

#include "ui/charts/chart_card.h"
#include "ui/models/user_table_view.h"
#include "ui/pages/pages.h"
#include "ui/pages/scored_page.h"
#include "ui/pages/trust/trust_backtest.h"
#include "ui/pages/trust/trust_calibration.h"
#include "ui/pages/trust/trust_charts.h"
#include "ui/pages/trust/trust_drift.h"
#include "ui/pages/trust/trust_readiness.h"
#include "ui/pages/trust/trust_rows.h"
#include "ui/pages/truth_card.h"
#include "ui/pages/user_chooser.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_state.h"
#include "ui/wording/forecast_words.h"
#include "ui/wording/format.h"

#include <QAction>
#include <QHBoxLayout>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace perennial {

namespace {

constexpr int kChartHeight = 260;
constexpr int kUsersHeight = 360;

/// Two cards that share the width, whatever their content would like.
QHBoxLayout *sideBySide(QWidget *left, QWidget *right)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(kCardGap);
    for (QWidget *card : {left, right}) {
        QSizePolicy policy = card->sizePolicy();
        policy.setHorizontalPolicy(QSizePolicy::Ignored);
        card->setSizePolicy(policy);
        row->addWidget(card, 1);
    }
    return row;
}

} // namespace

TrustPage::TrustPage(const PageContext &context, QWidget *parent) : Page(context, parent)
{
    m_empty = new EmptyState;
    m_body = new PageBody;
    m_stack = new QStackedLayout(this);
    m_stack->setContentsMargins(0, 0, 0, 0);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_body);
    connect(m_empty, &EmptyState::actionTriggered, this, [this] {
        if (session().hasProject()) {
            navigator().importFile();
        } else {
            navigator().openProject();
        }
    });
    m_sections = new PageSections({tr("Backtest"), tr("Calibration"), tr("Drift and truth")},
                                  m_body->column(), this);
    setUpBacktest();
    setUpCalibration();
    setUpDrift();
    m_body->column()->addStretch(1);
}

void TrustPage::setUpBacktest()
{
    QVBoxLayout *column = m_sections->addColumn();
    m_readiness = new ReadinessCard(context());
    m_backtest = new BacktestCard(context());
    column->addWidget(m_readiness);
    column->addWidget(m_backtest);
}

void TrustPage::setUpDrift()
{
    QVBoxLayout *column = m_sections->addColumn();
    m_drift = new DriftCard(context());
    column->addLayout(sideBySide(m_drift, m_drift->chart()));
    m_truth = new TruthCard(context());
    column->addWidget(m_truth);
}

void TrustPage::setUpCalibration()
{
    m_deciles = new ChartCard(tr("Predicted and actual by tenths"));
    m_deciles->setDefinition(
        tr("Customers sorted by prediction in ten equal groups, all windows together; the mean "
           "prediction of each group beside what its customers brought. Where bar and line part, "
           "predictions of that size should not be trusted. Click a bar to see its customers in "
           "the newest window."));
    m_churn = new ChartCard(tr("Chance of no order, predicted and observed"));
    m_churn->setDefinition(
        tr("Customers by their predicted chance of no order in the newest window, in ten classes: "
           "the mean chance of each class against the share that did not order. On the diagonal "
           "the chances are right. Click a point to see its customers."));
    m_calibration = new CalibrationCard(context());
    for (ChartCard *card : {m_deciles, m_churn}) {
        card->setMinimumHeight(kChartHeight);
    }
    QVBoxLayout *column = m_sections->addColumn();
    column->addLayout(sideBySide(m_deciles, m_churn));
    column->addWidget(m_calibration);
    setUpUsers(column);
    connect(m_backtest, &BacktestCard::rowChanged, this, &TrustPage::showRow);
    connect(m_backtest, &BacktestCard::backtestChanged, this, [this] {
        m_calibration->forget();
        showRow();
        Q_EMIT headerChanged();
    });
    connect(m_calibration, &CalibrationCard::churnChanged, this, [this](const ChurnBins &bins) {
        m_churn->setSpec(churnReliabilityChart(bins));
    });
}

void TrustPage::setUpUsers(QVBoxLayout *column)
{
    m_chooser = new UserChooser(context(), this);
    m_chooser->byMarks(m_deciles,
                       [this](int, int tenth) { return m_calibration->usersOfTenth(tenth); });
    m_chooser->byMarks(m_churn, [this](int, int point) {
        const auto bin = churnBinOfPoint(m_calibration->churn(), point);
        return bin ? m_calibration->usersOfChurnBin(*bin) : std::nullopt;
    });
    m_chooser->byRows(m_calibration->table(),
                      [this](int row, int) { return m_calibration->usersOfRow(row); });
    connect(m_calibration, &CalibrationCard::changed, m_chooser, &UserChooser::release);
    connect(m_chooser, &UserChooser::chosen, this, &TrustPage::chooseUsers);
    connect(m_chooser, &UserChooser::released, this,
            [this] { m_table->setSelection(std::nullopt); });
    m_users = new Card(tr("Customers behind a mark"));
    m_users->setDefinition(tr("As they were scored last. Click a bar, a point or a group above to "
                              "see its customers only."));
    m_table = addUserTable(context(), m_users);
    m_table->ignoreSegment();
    connect(m_table, &UserTableView::selectionReleased, m_chooser, &UserChooser::release);
    m_users->setMinimumHeight(kUsersHeight);
    column->addWidget(m_users);
}

void TrustPage::chooseUsers(const UserSelection &users)
{
    m_chooser->clearMarks();
    m_table->setSelection(users);
    navigator().showMessage(tr("The table shows: %1").arg(users.text));
}

void TrustPage::refreshUsers()
{
    const bool scored = session().label().has_value();
    m_table->setVisible(scored);
    m_users->setMinimumHeight(scored ? kUsersHeight : 0);
    m_users->setCaption(scored ? QString()
                               : tr("The users have not been scored yet: scored, they stand here."));
    m_table->refresh();
}

QString TrustPage::title() const
{
    return tr("Trust");
}

QString TrustPage::answer() const
{
    const auto &backtest = m_backtest->backtest();
    if (!session().hasProject() || session().counts().usersWithPurchase == 0) {
        return {};
    }
    return backtest ? backtestAnswer(*backtest->result)
                    : tr("No method has been judged on this project's customers yet");
}

QList<QAction *> TrustPage::pageActions() const
{
    return {m_backtest->runAction()};
}

QStringList TrustPage::sections() const
{
    return m_sections->names();
}

void TrustPage::showSection(int index)
{
    m_sections->show(index);
}

bool TrustPage::showEmptyState()
{
    if (!session().hasProject()) {
        m_empty->setTexts(tr("No project is open."),
                          tr("Here stands how far a project's predictions can be trusted."),
                          tr("Open a project…"));
        return true;
    }
    if (session().counts().usersWithPurchase == 0) {
        m_empty->setTexts(tr("Nobody in this project has bought anything yet."),
                          tr("Predictions are judged by what customers bought after a day that the "
                             "methods know nothing after."),
                          session().readOnly() ? QString() : tr("Import events…"));
        return true;
    }
    return false;
}

void TrustPage::refresh()
{
    m_backtest->refresh();
    if (showEmptyState()) {
        m_stack->setCurrentWidget(m_empty);
        return;
    }
    m_stack->setCurrentWidget(m_body);
    refreshUsers();
    m_readiness->refresh();
    m_drift->refresh();
    m_truth->refresh();
}

void TrustPage::showRow()
{
    const BacktestRow *row = m_backtest->row();
    for (ChartCard *card : {m_deciles, m_churn}) {
        card->setVisible(row != nullptr);
    }
    if (!row) {
        return;
    }
    const QString sign = currencySign(QString::fromStdString(session().settings().currency));
    m_deciles->setSpec(decilesChart(*row, sign));
    m_deciles->setCaption(forecasterText(row->model));
    m_churn->setCaption(forecasterText(row->model));
    m_calibration->show(*m_backtest->backtest()->result, *row);
}

Page *makeTrustPage(const PageContext &context)
{
    return new TrustPage(context);
}

} // namespace perennial
