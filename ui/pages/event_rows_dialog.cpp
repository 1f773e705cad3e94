#include "ui/pages/event_rows_dialog.h"

#include "ui/error_text.h"
#include "ui/models/event_rows_model.h"
#include "ui/models/table_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QVBoxLayout>

namespace perennial {

EventRowsDialog::EventRowsDialog(std::shared_ptr<EventSelection> events, const QString &title,
                                 const QString &text, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(title);
    resize(960, 560);
    const std::int64_t count = events->count();
    auto *model = new EventRowsModel(std::move(events), this);
    auto *table = new TableView(title);
    table->setModel(model);
    table->setSortingEnabled(false);
    table->setColumnWidth(EventRowsModel::At, 140);
    table->setColumnWidth(EventRowsModel::Amount, 140);
    table->horizontalHeader()->setStretchLastSection(true);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(kCardGap);
    auto *head = plainLabel(text);
    head->setWordWrap(true);
    column->addWidget(head);
    column->addWidget(table, 1);
    column->addWidget(captionLabel(tr("%1, in order of arrival").arg(eventsText(count))));
    if (model->error()) {
        column->addWidget(plainLabel(errorText(*model->error())));
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    column->addWidget(buttons);
}

} // namespace perennial
