#pragma once

#include "ui/pages/value/value_figures.h"
#include "ui/pages/scored_section.h"

namespace perennial {

class ChoiceBar;
class TableView;

/// How value is spread over users: the distribution of each kind of value, its percentiles, how
/// concentrated it is.
class DistributionSection : public ScoredSection {
    Q_OBJECT

public:
    explicit DistributionSection(const PageContext &context, QWidget *parent = nullptr);

    void setBusy(bool busy);
    void show(const ValueFigures &figures);

protected:
    void refresh() override {} // the page hands it the figures

private:
    void setUpDistribution();
    void setUpConcentration();
    void showKind();
    /// Who is worth as much as the percentile or more.
    std::optional<UserSelection> usersFromPercentile(int row, int column) const;
    UsersBehind mostValuableUpTo(int series, int index) const; ///< a point of the curve
    UsersBehind usersOfTenth(int row, int column) const;
    ValueKind kind() const;

    ValueFigures m_figures;
    ChoiceBar *m_kind;
    ChartCard *m_distribution, *m_concentration;
    Card *m_quantiles, *m_deciles;
    TableView *m_quantileTable, *m_decileTable;
};

/// The users of a bar: -1 is the one at zero, which also holds who is below it or has no value.
std::optional<UserSelection> usersOfBar(const ValueDistribution &values, ValueKind kind, int bar,
                                        const QString &currency);
/// "Realised value", "Predicted value", "LTV".
QString valueKindText(ValueKind kind);

} // namespace perennial
