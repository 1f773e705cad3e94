#pragma once

#include "core/lifecycle/driver_rows.h"
#include "ui/pages/lifecycle_access.h"
#include "ui/pages/scored_section.h"
#include "ui/widgets/card.h"

class QComboBox;

namespace perennial {

class ChartView;
class TableView;

/// Which of the users of a stage it happened to, and what goes with it.
struct DriverFigures {
    DriverUsers users;
    DriverList list;
};

enum class MoveKind { Up, Down, Silent };
/// Of the users of a stage between the second and the third day of a history: those who moved up, down, or
/// fell silent (dormant, churned), against all others. None where the stage can't.
std::optional<DriverQuestion> driverQuestion(Stage stage, MoveKind kind);

/// @error as readDriverUsers, findDrivers.
Result<std::shared_ptr<const DriverFigures>>
readDriverFigures(const Project &project, const LifecycleAccess &access,
                  const StageHistory &three, const DriverQuestion &question, const Task &task);

/// What goes with moving up, or leaving, between two days: attributes and past behaviour.
class DriversCard : public Card {
    Q_OBJECT

public:
    explicit DriversCard(const PageContext &context, QWidget *parent = nullptr);

    void addTo(UserChooser &chooser);
    void show(const LifecycleAccess &access, std::shared_ptr<const StageHistory> three);
    void showNothing();

private:
    void setUpChoices();
    void refresh();
    void showFigures();
    void showLack(const Error &error);
    UsersBehind usersOf(int row) const;
    Stage stage() const;

    PageContext m_context;
    std::optional<LifecycleAccess> m_access;
    std::shared_ptr<const StageHistory> m_three;
    std::shared_ptr<const DriverFigures> m_figures;
    QComboBox *m_stage, *m_kind;
    TableView *m_table;
};

/// "Orders > 2", "Channel = ads": data as it is.
QString driverText(const Driver &driver);

} // namespace perennial
