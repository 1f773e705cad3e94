#include "page_fixture.h"

#include "ui/models/table_view.h"
#include "ui/pages/data_page.h"
#include "ui/pages/rejected_dialog.h"
#include "ui/pages/settings_form.h"

#include <QAction>
#include <QComboBox>
#include <QPushButton>
#include <QSpinBox>

using namespace perennial;

namespace {

const QByteArray kEvents = "user,time,kind,item,amount\n"
                           "ada,2024-01-02,purchase,tea,12.50\n"
                           "bob,2024-01-03,view,<b>mug</b>,\n"
                           "ada,2024-02-10,purchase,mug,7\n"
                           "cyd,not a day,purchase,tea,3\n"
                           "dan,2024-03-01,purchase,tea,much\n";

ImportOptions optionsFor(const PageFixture &f, const QString &name)
{
    ImportOptions options;
    options.path = f.file(name).toStdString();
    options.recipe.columns = {{Role::User, "user"},
                              {Role::At, "time"},
                              {Role::Kind, "kind"},
                              {Role::Item, "item"},
                              {Role::Amount, "amount"}};
    return options;
}

QPushButton *button(const QWidget &page, const QString &text)
{
    for (QPushButton *candidate : page.findChildren<QPushButton *>()) {
        if (candidate->text() == text) {
            return candidate;
        }
    }
    return nullptr;
}

/// A project with one imported file, two of whose rows were rejected.
void importLogFile(PageFixture &f, const QString &name = QStringLiteral("events.csv"))
{
    f.writeFile(name, kEvents);
    f.create();
    const auto report = importFile(f.session.project(), optionsFor(f, name), Task());
    QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
    f.session.notifyDataChanged();
    f.settle();
}

} // namespace

class TestDataPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutProjectItOffersOne();
    void anEmptyProjectOffersTheImport();
    void sourcesAndTotalsAddUp();
    void rejectedRowsAreAllThereAndPlain();
    void settingsAreSavedAndUndone();
    void aWrongSettingIsNamedAndNotSaved();
    void readOnlyBlocksEveryChange();
    void anUnfinishedImportCanBeRemoved();
    void everyControlHasAName();
};

void TestDataPage::withoutProjectItOffersOne()
{
    PageFixture f;
    DataPage page(f.context);
    f.show(page);
    QVERIFY(visibleText(page).contains(QStringLiteral("No project is open")));
    QVERIFY(!page.pageActions().front()->isEnabled());
    button(page, QStringLiteral("New project…"))->click();
    QCOMPARE(f.navigator.calls, QStringList{QStringLiteral("new")});
}

void TestDataPage::anEmptyProjectOffersTheImport()
{
    PageFixture f;
    f.create();
    DataPage page(f.context);
    f.show(page);
    QVERIFY(visibleText(page).contains(QStringLiteral("No events yet")));
    QVERIFY(page.pageActions().front()->isEnabled());
    QCOMPARE(findKpi(page, QStringLiteral("Events"))->value(), QStringLiteral("0"));
    QCOMPARE(findKpi(page, QStringLiteral("Days covered"))->value(), QStringLiteral("–"));
    QVERIFY(page.answer().isEmpty());
}

void TestDataPage::sourcesAndTotalsAddUp()
{
    PageFixture f;
    importLogFile(f);
    DataPage page(f.context);
    f.show(page);
    auto *table = page.findChild<TableView *>();
    QCOMPARE(table->model()->rowCount(), 1);
    const auto cell = [&](int column) { return table->tableModel()->cell(0, column).toLongLong(); };
    QCOMPARE(cell(3), 5);
    QCOMPARE(cell(3), cell(4) + cell(5) + cell(6) + cell(7));
    QCOMPARE(cell(6), 2);
    QVERIFY(visibleText(page).contains(QStringLiteral("nothing was lost")));
    QCOMPARE(findKpi(page, QStringLiteral("Events"))->value(),
             QString::number(f.session.counts().events));
    QCOMPARE(findKpi(page, QStringLiteral("Purchase rows"))->value(), QStringLiteral("2"));
    QVERIFY(page.answer().contains(QStringLiteral("2024-01-02")));
    QCOMPARE(markupLabels(page), 0);
}

void TestDataPage::rejectedRowsAreAllThereAndPlain()
{
    PageFixture f;
    importLogFile(f, QStringLiteral("<b>x.csv"));
    DataPage page(f.context);
    f.show(page);
    button(page, QStringLiteral("Show rejected rows…"))->click();
    auto *dialog = page.findChild<RejectedDialog *>();
    QVERIFY(dialog);
    const auto *model = dialog->findChild<TableView *>()->model();
    QCOMPARE(model->rowCount(), 2);
    QCOMPARE(model->index(0, 0).data().toString(), QStringLiteral("5"));
    QVERIFY(model->index(0, 1).data().toString().contains(QStringLiteral("date")));
    QVERIFY(model->index(0, 3).data().toString().startsWith(QStringLiteral("cyd,")));
    QCOMPARE(markupLabels(page), 0);
    QCOMPARE(markupLabels(*dialog), 0);
}

void TestDataPage::settingsAreSavedAndUndone()
{
    PageFixture f;
    importLogFile(f);
    DataPage page(f.context);
    f.show(page);
    auto *form = page.findChild<SettingsForm *>();
    QVERIFY(!form->isModified());
    QSpinBox *horizon = nullptr;
    for (QSpinBox *box : form->findChildren<QSpinBox *>()) {
        horizon = box->accessibleName() == QStringLiteral("Horizon") ? box : horizon;
    }
    const ProjectSettings before = f.session.settings();
    horizon->setValue(91);
    QVERIFY(form->isModified());
    button(page, QStringLiteral("Apply settings"))->click();
    f.settle();
    QCOMPARE(f.session.settings().horizonDays, 91);
    QCOMPARE(readSettings(f.session.project())->horizonDays, 91);
    button(page, QStringLiteral("Undo"))->click();
    f.settle();
    QVERIFY(f.session.settings() == before);
    button(page, QStringLiteral("Redo"))->click();
    f.settle();
    QCOMPARE(f.session.settings().horizonDays, 91);
}

void TestDataPage::aWrongSettingIsNamedAndNotSaved()
{
    PageFixture f;
    f.create();
    DataPage page(f.context);
    f.show(page);
    auto *form = page.findChild<SettingsForm *>();
    QComboBox *currency = nullptr;
    for (QComboBox *box : form->findChildren<QComboBox *>()) {
        currency = box->accessibleName() == QStringLiteral("Currency") ? box : currency;
    }
    currency->setCurrentText(QStringLiteral("EU"));
    QVERIFY(visibleText(page).contains(QStringLiteral("not a currency code")));
    QVERIFY(!button(page, QStringLiteral("Apply settings"))->isEnabled());
    button(page, QStringLiteral("Discard changes"))->click();
    QVERIFY(!form->isModified());
    QVERIFY(!visibleText(page).contains(QStringLiteral("not a currency code")));
}

void TestDataPage::readOnlyBlocksEveryChange()
{
    PageFixture f;
    importLogFile(f);
    const QString path = f.session.path();
    f.session.close();
    f.open(path, Project::Access::ReadOnly);
    DataPage page(f.context);
    f.show(page);
    QVERIFY(!page.pageActions().front()->isEnabled());
    QVERIFY(page.pageActions().front()->toolTip().contains(QStringLiteral("read-only")));
    for (const QSpinBox *box : page.findChildren<QSpinBox *>()) {
        QVERIFY(!box->isEnabled());
    }
    QVERIFY(!button(page, QStringLiteral("Apply settings"))->isEnabled());
    QVERIFY(page.findChild<TableView *>()->model()->rowCount() == 1);
}

void TestDataPage::anUnfinishedImportCanBeRemoved()
{
    PageFixture f;
    f.create();
    SourceRecord source;
    source.name = "half.csv";
    source.path = "/nowhere/half.csv";
    source.mapping = "{}";
    QVERIFY(beginSource(f.session.project(), source).ok());
    DataPage page(f.context);
    f.show(page);
    QVERIFY(visibleText(page).contains(QStringLiteral("half.csv was interrupted")));
    button(page, QStringLiteral("Remove"))->click();
    f.settle();
    QVERIFY(readSources(f.session.project())->empty());
    QVERIFY(!visibleText(page).contains(QStringLiteral("was interrupted")));
    QVERIFY2(f.navigator.calls.isEmpty(), qPrintable(f.navigator.calls.join(QLatin1Char('\n'))));
}

void TestDataPage::everyControlHasAName()
{
    PageFixture f;
    importLogFile(f);
    DataPage page(f.context);
    f.show(page);
    QCOMPARE(namelessControls(page), QStringList());
}

QTEST_MAIN(TestDataPage)
#include "tst_data_page.moc"
