#pragma once

#include "core/behavior/config.h"
#include "core/neural/runtime.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QSpinBox;
class QToolButton;

namespace perennial {

enum class TrainingPreset { Quick, Balanced, Thorough };
BehaviorConfig presetConfig(TrainingPreset preset);

/// Why the device was taken, in a sentence.
QString deviceReasonText(const DeviceChoice &choice);

/// The settings of a training: a preset, the few that matter, and the rest on demand, each with its
/// range and what it does. Says beside the fields what does not fit together.
class BehaviorConfigForm : public QWidget {
    Q_OBJECT

public:
    explicit BehaviorConfigForm(QWidget *parent = nullptr);

    BehaviorConfig config() const;
    void setConfig(const BehaviorConfig &config);
    bool isValid() const noexcept { return m_valid; }

Q_SIGNALS:
    void changed();

private:
    struct WholeField {
        int BehaviorConfig::*member;
        QSpinBox *box;
    };
    struct RealField {
        double BehaviorConfig::*member;
        QDoubleSpinBox *box;
    };

    void setUpMain(QFormLayout *form);
    void setUpMore(QFormLayout *form);
    QSpinBox *addWhole(QFormLayout *form, const QString &label, const QString &help,
                       int BehaviorConfig::*member, int lowest, int highest);
    void addReal(QFormLayout *form, const QString &label, const QString &help,
                 double BehaviorConfig::*member, double lowest, double highest, int decimals);
    void applyPreset(int index);
    void edited();
    void showDevice();
    void check();

    std::vector<WholeField> m_whole;
    std::vector<RealField> m_real;
    QComboBox *m_preset = nullptr;
    QComboBox *m_device = nullptr;
    QLabel *m_deviceReason = nullptr;
    QSpinBox *m_seed = nullptr;
    QToolButton *m_moreButton = nullptr;
    QWidget *m_more = nullptr;
    QLabel *m_problem = nullptr;
    bool m_filling = false;
    bool m_valid = true;
};

} // namespace perennial
