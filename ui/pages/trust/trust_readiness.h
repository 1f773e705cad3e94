#pragma once

#include "core/quality/quality.h"
#include "ui/pages/page.h"
#include "ui/widgets/card.h"

namespace perennial {

class FactLines;

/// Whether the data are enough for value models, in a line each, with the way to the page that says
/// more.
class ReadinessCard : public Card {
    Q_OBJECT

public:
    explicit ReadinessCard(const PageContext &context, QWidget *parent = nullptr);
    /// Reads again, in a quiet job.
    void refresh();

private:
    void show(const std::vector<ReadyCheck> &checks);

    PageContext m_context;
    FactLines *m_lines;
};

} // namespace perennial
