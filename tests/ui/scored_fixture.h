#pragma once

#include "page_fixture.h"

#include "core/sample/sample_shop.h"
#include "core/scoring/score_users.h"
#include "ui/wording/format.h"

namespace perennial {

/// Opens a sample shop that has not been scored.
inline void makeShop(PageFixture &f, std::int64_t users)
{
    SampleShopOptions options;
    options.users = users;
    options.items = 40;
    const QString path = f.file(QStringLiteral("shop.perennial"));
    const auto made = createSampleShop(path.toStdString(), options, Task());
    QVERIFY2(made.ok(), made ? "" : made.error().detail.c_str());
    f.open(path);
}

inline ScoreReport score(PageFixture &f)
{
    const auto report = scoreUsers(f.session.project(), {}, Task());
    if (!report) {
        qWarning("%s %s", report.error().detail.c_str(), report.error().where.c_str());
        return {};
    }
    f.session.notifyDataChanged();
    f.settle();
    return *report;
}

inline ScoreReport makeScoredShop(PageFixture &f, std::int64_t users)
{
    makeShop(f, users);
    return score(f);
}

/// A project of users who only looked: one view each, a day apart.
inline void makeViewers(PageFixture &f, int users)
{
    f.create();
    Project &project = f.session.project();
    SourceRecord source;
    source.name = "views";
    source.mapping = "{}";
    const auto id = beginSource(project, source);
    QVERIFY(id.ok());
    {
        auto writer = EventWriter::open(project, *id);
        QVERIFY(writer.ok() && writer->begin().ok());
        for (int i = 0; i < users; ++i) {
            EventRow row;
            row.user = *writer->code(Dictionary::User, "viewer " + std::to_string(i));
            row.item = *writer->code(Dictionary::Item, "item");
            row.kind = EventKind::View;
            row.at = startOf(19'000 + i);
            QVERIFY(writer->add(row).ok());
        }
        QVERIFY(writer->commit().ok());
    }
    QVERIFY(finishSource(project, *id).ok());
    QVERIFY(buildEventIndexes(project).ok());
    f.session.notifyDataChanged();
    f.settle();
}

} // namespace perennial
