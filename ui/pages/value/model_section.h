#pragma once

#include "ui/pages/value/value_figures.h"
#include "ui/pages/scored_section.h"

class QLabel;
class QPushButton;

namespace perennial {

class TableView;
class TruthCard;

/// Which models say what users are worth, how well they retell the past, and how differently their
/// customers behave.
class ModelSection : public ScoredSection {
    Q_OBJECT

public:
    explicit ModelSection(const PageContext &context, QWidget *parent = nullptr);

protected:
    void refresh() override;

private:
    void setUpModel();
    void setUpTraits();
    void setBusy(bool busy);
    void show(const ModelFigures &figures);
    void showTraits(const ModelFit &fit, Period period);
    void showNoModel(const Error &error);

    Card *m_model;
    QLabel *m_fitText;
    QPushButton *m_again;
    TableView *m_parameters;
    ChartCard *m_repeats, *m_rates, *m_dropout;
    TruthCard *m_truth;
};

/// Users with so many order days after the first; above kMaxRepeatOrders, with so many or more.
UserSelection usersOfRepeatOrders(int count);
/// Why there is no value model to show, or what went wrong.
QString noModelText(const Error &error);

} // namespace perennial
