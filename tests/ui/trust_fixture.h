#pragma once

#include "scored_fixture.h"

#include "core/forecast/saved_backtest.h"
#include "ui/models/table_view.h"
#include "ui/pages/trust/trust_page.h"

#include <QAction>
#include <QCheckBox>
#include <QSpinBox>

namespace perennial {


/// A project of purchases: `orders` of each user, a month apart.
inline void makeBuyers(PageFixture &f, int users, int orders)
{
    f.create();
    Project &project = f.session.project();
    SourceRecord source;
    source.name = "orders";
    source.mapping = "{}";
    const auto id = beginSource(project, source);
    QVERIFY(id.ok());
    {
        auto writer = EventWriter::open(project, *id);
        QVERIFY(writer.ok() && writer->begin().ok());
        for (int i = 0; i < users; ++i) {
            EventRow row;
            row.user = *writer->code(Dictionary::User, "<b>buyer</b> " + std::to_string(i));
            row.item = *writer->code(Dictionary::Item, "item");
            row.amount = moneyFromUnits(10.0);
            for (int k = 0; k < orders; ++k) {
                row.at = startOf(19'000 + i % 400 + 30 * k);
                QVERIFY(writer->add(row).ok());
            }
        }
        QVERIFY(writer->commit().ok());
    }
    QVERIFY(finishSource(project, *id).ok());
    QVERIFY(buildEventIndexes(project).ok());
    f.session.notifyDataChanged();
    f.settle();
}

/// Judges only quick methods.
inline void chooseModels(const QWidget &page, const QStringList &kept)
{
    for (QCheckBox *check : page.findChildren<QCheckBox *>()) {
        if (check->accessibleName().startsWith(QStringLiteral("Judge "))) {
            check->setChecked(kept.contains(check->text()));
        }
    }
}

inline void runBacktest(PageFixture &f, TrustPage &page, int horizon)
{
    chooseModels(page, {QStringLiteral("BG/NBD"), QStringLiteral("NBD")});
    page.findChild<QSpinBox *>()->setValue(horizon);
    page.pageActions().front()->trigger();
    f.settle();
}

inline TableView *table(const QWidget &page, const QString &name)
{
    for (TableView *view : page.findChildren<TableView *>()) {
        if (view->accessibleName() == name) {
            return view;
        }
    }
    return nullptr;
}

} // namespace perennial
