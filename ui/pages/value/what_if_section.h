#pragma once

#include "core/value/what_if.h"
#include "ui/pages/scored_section.h"

class QGridLayout;
class QLabel;
class QPushButton;
class QSlider;

namespace perennial {

struct WhatIfStart {
    std::shared_ptr<const WhatIfBase> base;
    WhatIfOutcome fitted; ///< with the fit's own parameters
};
/// Of the scores' fit. @error NotTrained, NoPurchases, Cancelled.
Result<WhatIfStart> readWhatIfStart(const Project &project, const Task &task);

/// The fitted parameters on sliders: what the model would say with others. Computed on a worker,
/// the newest position winning; never stored.
class WhatIfSection : public ScoredSection {
    Q_OBJECT

public:
    explicit WhatIfSection(const PageContext &context, QWidget *parent = nullptr);

protected:
    void refresh() override;

private:
    struct Row {
        double fitted = 0, reach = 0; ///< reach: of the slider's ends, in log units
        QSlider *slider = nullptr;
        QLabel *value = nullptr;
        double current() const;
    };

    void setUpSliders();
    void adopt(WhatIfStart start);
    void clearRows();
    void addRows(const ModelFit &fit, std::size_t &line);
    void reset();
    void compute();
    void show(const WhatIfOutcome &outcome);
    void showLack(const QString &text);

    std::shared_ptr<const WhatIfBase> m_base;
    WhatIfOutcome m_fitted;
    std::vector<Row> m_rows; ///< frequency parameters first
    Card *m_sliders;
    QWidget *m_panel = nullptr;
    QGridLayout *m_grid;
    QLabel *m_total;
    QPushButton *m_reset;
    ChartCard *m_repeats, *m_tracking;
};

} // namespace perennial
