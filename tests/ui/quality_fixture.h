#pragma once

#include "page_fixture.h"

#include "ui/models/table_view.h"

#include <QPushButton>

namespace perennial {

inline constexpr int kEvents = 600;

/// A shop of 30 users, with a test account whose key is hostile, and an exact copy.
inline void addEvents(PageFixture &f)
{
    f.create();
    Project &project = f.session.project();
    SourceRecord source;
    source.name = "shop";
    const auto id = beginSource(project, source);
    auto writer = EventWriter::open(project, *id);
    QVERIFY(writer->begin().ok());
    ImportChunk chunk;
    for (int k = 0; k < kEvents + 3; ++k) {
        EventRow row;
        const int n = k == kEvents ? 0 : k; // the first once more
        const std::string user = n > kEvents ? "test_<b>x</b>" : "u" + std::to_string(n % 30);
        row.user = *writer->code(Dictionary::User, user);
        row.item = *writer->code(Dictionary::Item, "i" + std::to_string(n % 11));
        row.order = *writer->code(Dictionary::Order, "o" + std::to_string(n));
        row.kind = EventKind::Purchase;
        row.at = 1'300'000'000 + n * 9'973LL;
        row.amount = (10 + n % 5) * kMoneyUnit;
        QVERIFY(writer->add(row).ok());
        chunk.totals.read.rows += 1;
        chunk.totals.read.amount += row.amount;
    }
    chunk.totals.stored = chunk.totals.read;
    QVERIFY(logChunk(project, *id, chunk).ok());
    QVERIFY(writer->commit().ok());
    QVERIFY(buildEventIndexes(project).ok());
    QVERIFY(finishSource(project, *id).ok());
    f.session.notifyDataChanged();
    f.settle();
}

inline QPushButton *button(const QWidget &page, const QString &text, int which = 0)
{
    for (QPushButton *candidate : page.findChildren<QPushButton *>()) {
        if (candidate->text() == text && which-- == 0) {
            return candidate;
        }
    }
    return nullptr;
}

inline TableView *table(const QWidget &page, const QString &name)
{
    for (TableView *view : page.findChildren<TableView *>()) {
        if (view->accessibleName().startsWith(name)) {
            return view;
        }
    }
    return nullptr;
}

inline int rowWith(const TableView &view, int column, const QString &text)
{
    for (int row = 0; row < view.model()->rowCount(); ++row) {
        if (view.model()->index(row, column).data().toString().contains(text)) {
            return row;
        }
    }
    return -1;
}

inline void choose(TableView &findings, const QString &title)
{
    findings.setCurrentIndex(findings.model()->index(rowWith(findings, 1, title), 0));
}

inline QString cell(const TableView &view, int row, int column)
{
    return view.model()->index(row, column).data().toString();
}

} // namespace perennial
