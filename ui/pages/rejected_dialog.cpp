#include "ui/pages/rejected_dialog.h"

#include "ui/error_text.h"
#include "ui/models/rejected_rows_model.h"
#include "ui/models/table_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QVBoxLayout>

namespace perennial {

RejectedDialog::RejectedDialog(Project connection, const SourceRecord &source, QWidget *parent)
    : QDialog(parent), m_connection(std::move(connection))
{
    const std::int64_t total = source.totals.rejected.rows + source.totals.excluded.rows;
    setWindowTitle(tr("Rejected rows of %1").arg(QString::fromStdString(source.name)));
    resize(900, 560);
    auto *model = new RejectedRowsModel(
        [this, id = source.id](std::int64_t offset, std::int64_t limit) {
            return readRejected(m_connection, id, offset, limit);
        },
        total, this);
    auto *table = new TableView(tr("Rejected rows"));
    table->setModel(model);
    table->setSortingEnabled(false);
    table->setColumnWidth(RejectedRowsModel::Line, 80);
    table->setColumnWidth(RejectedRowsModel::Reason, 240);
    table->setColumnWidth(RejectedRowsModel::Where, 110);
    table->horizontalHeader()->setStretchLastSection(true);

    auto *column = new QVBoxLayout(this);
    column->setSpacing(kCardGap);
    auto *head = plainLabel(tr("Of %2 not in the project: %1, %3 rejected, %4 excluded by the "
                               "profile. Kept here as in the file.")
                                .arg(rowsText(total), QString::fromStdString(source.name),
                                     countText(source.totals.rejected.rows),
                                     countText(source.totals.excluded.rows)));
    head->setWordWrap(true);
    column->addWidget(head);
    column->addWidget(table, 1);
    if (model->error()) {
        column->addWidget(plainLabel(errorText(*model->error())));
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    column->addWidget(buttons);
}

} // namespace perennial
