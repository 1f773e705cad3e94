#pragma once

#include "ui/pages/value/check_figures.h"
#include "ui/pages/scored_section.h"

namespace perennial {

class ChoiceBar;

/// How well the value models would have predicted the last part of the history: tenths,
/// calibration, tracking of repeat orders.
class CheckSection : public ScoredSection {
    Q_OBJECT

public:
    explicit CheckSection(const PageContext &context, QWidget *parent = nullptr);

protected:
    void refresh() override;

private:
    void setBusy(bool busy);
    void show();
    void showCalibration();
    void showLack(const QString &text);
    CheckedFigure figure() const;
    std::optional<UserSelection> usersOfGroup(int index) const;

    std::optional<CheckFigures> m_figures;
    ChoiceBar *m_choice;
    ChartCard *m_tenths, *m_calibration, *m_cumulative, *m_periods;
};

} // namespace perennial
