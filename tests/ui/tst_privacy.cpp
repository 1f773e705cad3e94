#include "scored_fixture.h"

#include "core/project/database.h"
#include "core/project/forget_store.h"
#include "core/project/run_store.h"
#include "core/project/user_naming.h"
#include "ui/error_text.h"
#include "ui/models/user_table_view.h"
#include "ui/pages/forget_user.h"
#include "ui/pages/pages.h"
#include "ui/pages/privacy_card.h"
#include "ui/pages/models/run_rows.h"
#include "ui/pages/value/value_page.h"
#include "ui/wording/import_words.h"
#include "ui/wording/privacy_words.h"

#include <QAction>
#include <QMessageBox>
#include <QPushButton>

#include <thread>

using namespace perennial;

class TestPrivacy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void erasingAsksFirst();
    void cancelledNothingIsErased();
    void readOnlyCannotErase();
    void runningJobsGoFirst();
    void theCardSaysHowThingsAre();
    void theSystemPageShowsTheCard();
    void runsAndTotalsSayIt();
    void warningsAreWorded();

private:
    static QMessageBox *box(const QWidget &page)
    {
        const auto boxes = page.window()->findChildren<QMessageBox *>();
        return boxes.isEmpty() ? nullptr : boxes.last();
    }
    static void click(QMessageBox *box, const QString &text)
    {
        for (QAbstractButton *button : box->buttons()) {
            if (button->text() == text) {
                button->click();
                return;
            }
        }
        QFAIL(qPrintable(text));
    }
    static QAction *eraseAction(const QWidget &page)
    {
        return page.findChild<ForgetUser *>()->action();
    }
    static std::int64_t users(PageFixture &f)
    {
        return f.session.project().database().integer("SELECT count(*) FROM user");
    }
};

void TestPrivacy::erasingAsksFirst()
{
    PageFixture f;
    makeScoredShop(f, 60);
    ValuePage page(f.context);
    f.show(page);
    auto *table = page.findChild<UserTableView *>();
    table->selectFirstByItself();
    table->refresh();
    f.settle();
    const std::string key = table->selectedKey().toStdString();
    QVERIFY(!key.empty());
    eraseAction(page)->trigger();
    f.settle();
    QVERIFY(box(page));
    QVERIFY(box(page)->text().contains(QString::fromStdString(key)));
    QVERIFY(box(page)->informativeText().contains(QStringLiteral("events")));
    QCOMPARE(users(f), 60);
    click(box(page), QStringLiteral("Erase"));
    f.settle();
    QCOMPARE(users(f), 59);
    QCOMPARE(findUser(f.session.project(), key).error().code, ErrorCode::UnknownUser);
    QCOMPARE(table->model().totals().users, 59);
    QVERIFY(f.session.scoresOutdated());
}

void TestPrivacy::cancelledNothingIsErased()
{
    PageFixture f;
    makeScoredShop(f, 60);
    ValuePage page(f.context);
    f.show(page);
    page.findChild<UserTableView *>()->selectFirstByItself();
    page.findChild<UserTableView *>()->refresh();
    f.settle();
    eraseAction(page)->trigger();
    f.settle();
    QVERIFY(box(page));
    box(page)->reject();
    f.settle();
    QCOMPARE(users(f), 60);
    QCOMPARE(*forgottenUsers(f.session.project()), 0);
}

void TestPrivacy::readOnlyCannotErase()
{
    PageFixture f;
    makeScoredShop(f, 60);
    const QString path = f.session.path();
    f.session.close();
    f.session.open(path, Project::Access::ReadOnly);
    f.settle();
    QVERIFY(f.session.readOnly());
    ValuePage page(f.context);
    f.show(page);
    page.findChild<UserTableView *>()->selectFirstByItself();
    page.findChild<UserTableView *>()->refresh();
    f.settle();
    QVERIFY(!eraseAction(page)->isEnabled());
    QVERIFY(!eraseAction(page)->toolTip().isEmpty());
}

// A training or an import that reads the user now would bring him back.
void TestPrivacy::runningJobsGoFirst()
{
    PageFixture f;
    makeScoredShop(f, 60);
    ValuePage page(f.context);
    f.show(page);
    page.findChild<UserTableView *>()->selectFirstByItself();
    page.findChild<UserTableView *>()->refresh();
    f.settle();
    const JobId job = f.jobs.start<int>(
        QStringLiteral("Train"),
        [](const Task &task) -> Result<int> {
            while (!task.cancelled()) {
                std::this_thread::yield();
            }
            return fail(ErrorCode::Cancelled);
        },
        this, {}, QStringLiteral("train"));
    eraseAction(page)->trigger();
    QVERIFY(f.navigator.calls.last().contains(QStringLiteral("Train")));
    f.jobs.cancel(job);
    f.settle();
    QVERIFY(!box(page));
    QCOMPARE(users(f), 60);
}

void TestPrivacy::theCardSaysHowThingsAre()
{
    PageFixture f;
    makeScoredShop(f, 60);
    Project &project = f.session.project();
    PrivacyCard card;
    const auto lines = [&] {
        const auto facts = readPrivacyFacts(project);
        card.show(facts ? std::optional(*facts) : std::nullopt);
        return card.lines().join(u'\n');
    };
    QVERIFY(lines().contains(QStringLiteral("Users: stored under their own ids")));
    QVERIFY(lines().contains(QStringLiteral("Erased: nobody")));
    QVERIFY(lines().contains(QStringLiteral("the chain holds")));
    QVERIFY(lines().contains(QStringLiteral("Retrain due: nothing")));
    const std::string key = readUsers(project)->front().key;
    QVERIFY(eraseUser(project, key, Task()).ok());
    QVERIFY(lines().contains(QStringLiteral("Erased: 1 user")));
    QVERIFY(lines().contains(QStringLiteral("BG/NBD, run 1")));
    project.database().execute("INSERT OR REPLACE INTO setting VALUES "
                               "('pseudonym_fingerprint', '0123456789abcdef0123456789abcdef');"
                               "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)");
    QVERIFY(lines().contains(QStringLiteral("Users: pseudonyms, key 0123456789ab…")));
    QVERIFY(lines().contains(QStringLiteral("missing at the end")));
    card.show(std::nullopt);
    QVERIFY(card.lines().isEmpty());
}

void TestPrivacy::theSystemPageShowsTheCard()
{
    PageFixture f;
    const std::unique_ptr<Page> page(makeSystemPage(f.context));
    f.show(*page);
    QVERIFY(page->findChild<PrivacyCard *>()->lines().isEmpty());
    makeScoredShop(f, 60);
    page->refreshIfStale();
    f.settle();
    QCOMPARE(page->findChild<PrivacyCard *>()->lines().size(), 4);
}

void TestPrivacy::runsAndTotalsSayIt()
{
    PageFixture f;
    makeScoredShop(f, 60);
    Project &project = f.session.project();
    const auto inUse = [&] {
        QStringList texts;
        for (const RunRecord &run : *readRuns(project)) {
            texts << runUseText(run);
        }
        return texts;
    };
    QVERIFY(!inUse().join(u' ').contains(retrainDueText()));
    QVERIFY(!controlTotalText(readSources(project)->front().totals).contains("erased"));
    const auto erased = eraseUser(project, readUsers(project)->front().key, Task());
    QVERIFY(erased.ok());
    QVERIFY(inUse().contains(QStringLiteral("● champion · retrain due")));
    QVERIFY(controlTotalText(readSources(project)->front().totals)
                .contains(QStringLiteral(" + %1 erased").arg(countText(erased->events))));
}

void TestPrivacy::warningsAreWorded()
{
    ForgetReport report;
    report.logEmptied = true;
    QVERIFY(forgetWarnings(report).isEmpty());
    report.logEmptied = false;
    QCOMPARE(forgetWarnings(report).size(), 1);
    report.notCompacted = fail(ErrorCode::DiskFull);
    report.backups = {"/x/a.perennial.v1.backup"};
    report.erased.runs = 2;
    const QString text = forgetWarnings(report).join(u'\n');
    QVERIFY(text.contains(QStringLiteral("/x/a.perennial.v1.backup")));
    QVERIFY(text.contains(QStringLiteral("2 model runs")));
    QVERIFY2(text.contains(errorText(*report.notCompacted)), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("forget PROJECT --compact")), qPrintable(text));
    UserTraces traces;
    traces.events = 1234;
    QCOMPARE(tracesText(traces), QStringLiteral("Of the user: %1 events").arg(countText(1234)));
}

QTEST_MAIN(TestPrivacy)
#include "tst_privacy.moc"
