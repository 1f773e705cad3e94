#include "import_dialog_fixture.h"

#include "ui/theme/theme.h"

#include <QApplication>
#include <QDir>

using namespace perennial;

// Walks through the import's four steps with real and odd files, in both themes. With
// PERENNIAL_PICTURES=folder every step is left there as a picture to look at.

namespace {

QByteArray log()
{
    return "user,at,kind,item,quantity,amount,channel\n"
           "ada,2024-01-02T10:00:00Z,view,tea,,,mail\n"
           "ada,2024-01-02T10:05:00Z,purchase,tea,2,12.50,mail\n"
           "bob,2024-01-03T11:00:00Z,purchase,mug,1,7,ads\n"
           "cyd,sometime,purchase,mug,1,7,ads\n"
           "bob,2024-01-09T09:00:00Z,refund,mug,1,7,ads\n"
           "dan,2024-02-01T09:00:00Z,dance,mug,1,7,ads\n";
}

QByteArray rows(const QByteArray &header, int count, const std::function<QByteArray(int)> &row)
{
    QByteArray text = header;
    for (int i = 0; i < count; ++i) {
        text += row(i);
    }
    return text;
}

QByteArray wide()
{
    QByteArray text = "user,at,amount";
    for (int c = 4; c <= 300; ++c) {
        text += ",feature_" + QByteArray::number(c);
    }
    for (int r = 0; r < 20; ++r) {
        text += "\nu" + QByteArray::number(r % 5) + ",2024-01-0" + QByteArray::number(r % 9 + 1) +
                "," + QByteArray::number(r) + ".50";
        for (int c = 4; c <= 300; ++c) {
            text += "," + QByteArray::number(r * c);
        }
    }
    return text + "\n";
}

QByteArray people()
{
    return "customer_id,name,age,joined,city,plan,last_seen,score\n"
           "00017,Ada Lovelace,36,2021-03-04,London,gold,2024-05-06,1.5\n"
           "00018,Bob <b>Smith</b>,41,2022-11-30,Leeds,silver,2023-12-24,2.25\n"
           "00019,Cyd Charisse,,2023-01-15,London,gold,2024-01-31,NA\n"
           "00020,Dan Dare,not said,2023-06-01,York,none,2022-08-15,0\n";
}

} // namespace

/// What an analyst does in the second step; `settle` waits for what it brings.
using Answer = std::function<void(ImportDialog &, const std::function<void()> &settle)>;

class TestImportWalk : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void realFiles_data();
    void realFiles();
    void oddFiles_data();
    void oddFiles();
    void states();
    void cleanup() { qunsetenv("XDG_DATA_HOME"); }

private:
    void walk(const QString &name, const QString &path, bool imports, const Answer &answer = {});
    void picture(QWidget &dialog, const QString &name);
};

void TestImportWalk::picture(QWidget &dialog, const QString &name)
{
    const QString folder = qEnvironmentVariable("PERENNIAL_PICTURES");
    for (const ThemeMode mode : {ThemeMode::Dark, ThemeMode::Light}) {
        if (folder.isEmpty()) {
            return;
        }
        applyTheme(*qApp, mode);
        QCoreApplication::processEvents();
        dialog.grab();
        QCoreApplication::processEvents();
        QDir().mkpath(folder);
        QVERIFY(dialog.grab().save(
            QStringLiteral("%1/%2-%3.png").arg(folder, name, themeModeName(mode))));
    }
}

namespace {

QPushButton *button(const QWidget &dialog, const QString &text)
{
    for (QPushButton *candidate : dialog.findChildren<QPushButton *>()) {
        QString plain = candidate->text();
        if (plain.remove(QLatin1Char('&')) == text && candidate->isVisible()) {
            return candidate;
        }
    }
    return nullptr;
}

/// Letters after & of what can be seen, in lower case; what stands twice is twice in it.
QStringList mnemonics(const QWidget &dialog)
{
    QStringList letters;
    const auto add = [&letters](const QString &text) {
        for (qsizetype at = text.indexOf(QLatin1Char('&')); at >= 0 && at + 1 < text.size();
             at = text.indexOf(QLatin1Char('&'), at + 2)) {
            if (text[at + 1] != QLatin1Char('&')) {
                letters << text.mid(at + 1, 1).toLower();
            }
        }
    };
    for (const QWidget *widget : dialog.findChildren<QWidget *>()) {
        const auto *label = qobject_cast<const QLabel *>(widget);
        const bool counts = widget->isVisible() && (label ? label->buddy() != nullptr
                                                          : widget->inherits("QAbstractButton"));
        if (counts) {
            add(widget->property("text").toString());
        }
    }
    letters.sort();
    return letters;
}

/// Labels whose words do not fit, of those that can be seen.
QStringList cutLabels(const QWidget &dialog)
{
    QStringList cut;
    for (const QLabel *label : dialog.findChildren<QLabel *>()) {
        const int needed =
            label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
        const bool narrow = !label->wordWrap() && !label->inherits("perennial::ElidedLabel") &&
                            label->width() < label->sizeHint().width();
        if (label->isVisible() && !label->text().isEmpty() &&
            (narrow || label->height() < needed)) {
            cut << label->text();
        }
    }
    return cut;
}

void pick(ImportDialog &dialog, const QString &name, const QVariant &data,
          const std::function<void()> &settle)
{
    for (QComboBox *box : dialog.findChildren<QComboBox *>()) {
        const int place = box->findData(data);
        if (box->accessibleName() == name) {
            QVERIFY2(place >= 0, qPrintable(name));
            box->setCurrentIndex(place);
            Q_EMIT box->activated(place);
            settle();
            return;
        }
    }
    QFAIL(qPrintable(name));
}

void mean(ImportDialog &dialog, const std::vector<Role> &roles, const std::function<void()> &settle)
{
    auto *model = dialog.findChild<MappingModel *>();
    for (std::size_t k = 0; k < roles.size(); ++k) {
        model->setData(model->index(static_cast<int>(k), MappingModel::Meaning),
                       static_cast<int>(roles[k]), Qt::EditRole);
        settle();
    }
}

void describePeople(ImportDialog &dialog, const std::function<void()> &settle)
{
    pick(dialog, QStringLiteral("The file holds"), static_cast<int>(Contents::Users), settle);
    auto *model = dialog.findChild<MappingModel *>();
    const auto set = [&](int row, MappingModel::Column column, const QVariant &value) {
        const QModelIndex index = model->index(row, column);
        model->setData(index, value,
                       column == MappingModel::Personal ? Qt::CheckStateRole : Qt::EditRole);
        settle();
    };
    set(1, MappingModel::KeptAs, QStringLiteral("drop"));
    set(2, MappingModel::KeptAs, QStringLiteral("band:10"));
    set(2, MappingModel::Personal, Qt::Checked);
    set(3, MappingModel::Personal, Qt::Checked);
    set(6, MappingModel::KeptAs, QStringLiteral("band:year"));
}

Answer answerFor(const QString &name)
{
    using Settle = std::function<void()>;
    if (name == QLatin1String("people")) {
        return describePeople;
    }
    if (name == QLatin1String("ambiguous-dates")) {
        return [](ImportDialog &dialog, const Settle &settle) {
            pick(dialog, QStringLiteral("Dates"), QStringLiteral("dd/mm/yyyy"), settle);
        };
    }
    if (name == QLatin1String("encoding")) {
        return [](ImportDialog &dialog, const Settle &settle) {
            pick(dialog, QStringLiteral("Encoding"), QStringLiteral("windows-1252"), settle);
        };
    }
    if (name == QLatin1String("no-header")) {
        return [](ImportDialog &dialog, const Settle &settle) {
            mean(dialog, {Role::User, Role::At, Role::Quantity, Role::Amount}, settle);
            pick(dialog, QStringLiteral("Kind of event"), QStringLiteral("purchase"), settle);
        };
    }
    if (name == QLatin1String("semicolon")) {
        return [](ImportDialog &dialog, const Settle &settle) {
            mean(dialog, {Role::User, Role::At, Role::Item, Role::Amount}, settle);
            pick(dialog, QStringLiteral("Decimal mark"), QStringLiteral(","), settle);
            pick(dialog, QStringLiteral("Thousands mark"), QStringLiteral("."), settle);
            pick(dialog, QStringLiteral("Kind of event"), QStringLiteral("purchase"), settle);
        };
    }
    return {};
}

} // namespace

void TestImportWalk::walk(const QString &name, const QString &path, bool imports,
                          const Answer &answer)
{
    PageFixture f;
    qputenv("XDG_DATA_HOME", f.file(QStringLiteral("data")).toUtf8());
    applyTheme(*qApp, ThemeMode::Light);
    f.create();
    DataPage page(f.context);
    page.openImport(path.startsWith(QLatin1Char('/')) ? path : f.file(path));
    auto *dialog = page.findChild<ImportDialog *>();
    QVERIFY(dialog);
    f.settle();
    const auto look = [&](const QString &step) {
        f.settle();
        dialog->grab(); // as the first look finds it, not as a change of theme lays it out anew
        QVERIFY2(cutLabels(*dialog).isEmpty(), qPrintable(cutLabels(*dialog).join(u'\n')));
        picture(*dialog, name + QLatin1Char('-') + step);
        QStringList letters = mnemonics(*dialog);
        QVERIFY2(letters.removeDuplicates() == 0, qPrintable(step + mnemonics(*dialog).join(u',')));
        QVERIFY2(cutLabels(*dialog).isEmpty(), qPrintable(cutLabels(*dialog).join(u'\n')));
        QCOMPARE(namelessControls(*dialog), QStringList());
        QCOMPARE(markupLabels(*dialog), 0);
    };
    look(QStringLiteral("1-file"));
    QPushButton *next = button(*dialog, QStringLiteral("Next"));
    if (!next->isEnabled()) {
        QVERIFY(!imports);
        return;
    }
    next->click();
    look(QStringLiteral("2-columns"));
    if (answer) {
        answer(*dialog, [&f] { f.settle(); });
        look(QStringLiteral("2-columns-answered"));
    }
    QCOMPARE(next->isEnabled(), imports);
    if (!imports) {
        return;
    }
    next->click();
    look(QStringLiteral("3-check"));
    button(*dialog, QStringLiteral("Check the whole file"))->click();
    look(QStringLiteral("3-check-all"));
    button(*dialog, QStringLiteral("Import"))->click();
    look(QStringLiteral("4-result"));
    QVERIFY2(visibleText(*dialog).contains(QStringLiteral("rows were imported")),
             qPrintable(visibleText(*dialog)));
}

void TestImportWalk::realFiles_data()
{
    QTest::addColumn<QString>("file");
    const auto row = [](const char *name, const char *file) {
        QTest::newRow(name) << QStringLiteral(PERENNIAL_SHARED_DIR "/data/") +
                                   QString::fromLatin1(file);
    };
    row("cdnow-sample", "cdnow/CDNOW_sample.txt");
    row("cdnow-master", "cdnow/CDNOW_master.txt");
    row("online-retail", "online_retail/online_retail_II_2009_2010.csv.gz");
    row("cj-transactions", "complete_journey/transactions_sample.csv.gz");
    row("cj-products", "complete_journey/products.csv.gz");
    row("cj-demographics", "complete_journey/demographics.csv.gz");
    row("cj-campaigns", "complete_journey/campaigns.csv.gz");
    row("cj-descriptions", "complete_journey/campaign_descriptions.csv.gz");
    row("cj-coupons", "complete_journey/coupons.csv.gz");
    row("cj-redemptions", "complete_journey/coupon_redemptions.csv.gz");
}

void TestImportWalk::realFiles()
{
    QFETCH(QString, file);
    if (!QFile::exists(file)) {
        QSKIP("not here");
    }
    Answer answer;
    if (file.contains(QLatin1String("CDNOW_sample"))) { // no header to recognise it by
        answer = [](ImportDialog &dialog, const std::function<void()> &settle) {
            pick(dialog, QStringLiteral("Profile"), QStringLiteral("cdnow-sample"), settle);
        };
    }
    walk(QString::fromLatin1(QTest::currentDataTag()), file, true, answer);
}

void TestImportWalk::oddFiles_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("imports");
    QTest::newRow("log") << log() << true;
    QTest::newRow("ambiguous-dates") << rows("user,at,amount\n", 9, [](int i) {
        return "u" + QByteArray::number(i % 3) + ",0" + QByteArray::number(i + 1) + "/0" +
               QByteArray::number(i % 5 + 1) + "/2024,5.00\n";
    }) << true;
    QTest::newRow("semicolon") << rows("Kunde;Datum;Artikel;Betrag\n", 40, [](int i) {
        return "K" + QByteArray::number(i % 7) + ";2024-03-" + QByteArray::number(i % 18 + 10) +
               ";A" + QByteArray::number(i % 4) + ";1.0" + QByteArray::number(i % 9) + "0,50\n";
    }) << true;
    QTest::newRow("encoding") << QByteArray("user,at,kind,place\n"
                                            "ada,2024-01-02,view,M\xFCnchen\n"
                                            "bob,2024-01-03,view,K\xF6ln\n")
                              << true;
    QTest::newRow("no-header") << QByteArray("17,20240102,3,12.50\n18,20240103,1,7.00\n"
                                             "17,20240209,1,4.25\n")
                               << true;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("wide") << wide() << true;
    QTest::newRow("people") << people() << true;
}

void TestImportWalk::oddFiles()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, imports);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    QTemporaryDir folder;
    QFile file(folder.filePath(name + QStringLiteral(".csv")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    walk(name, file.fileName(), imports, answerFor(name));
}

/// What a walk straight ahead does not come by: a profile of one's own, taken out and back, fields
/// of a key, an import that failed.
void TestImportWalk::states()
{
    DialogFixture f;
    applyTheme(*qApp, ThemeMode::Light);
    f.writeFile(QStringLiteral("till.csv"), log());
    f.create();
    f.page.openImport();
    f.dialog = f.page.findChild<ImportDialog *>();
    f.settle();
    picture(*f.dialog, QStringLiteral("state-no-file"));
    f.dialog->setFile(f.file(QStringLiteral("till.csv")));
    f.settle();
    f.goToCheck();
    f.pseudonyms()->setChecked(true);
    f.type(QStringLiteral("Passphrase"), QStringLiteral("open sesame"));
    QCoreApplication::processEvents();
    f.dialog->grab();
    QVERIFY2(cutLabels(*f.dialog).isEmpty(), qPrintable(cutLabels(*f.dialog).join(u'\n')));
    picture(*f.dialog, QStringLiteral("state-passphrase"));
    QVERIFY2(cutLabels(*f.dialog).isEmpty(), qPrintable(cutLabels(*f.dialog).join(u'\n')));
    QStringList letters = mnemonics(*f.dialog);
    QVERIFY2(letters.removeDuplicates() == 0, qPrintable(mnemonics(*f.dialog).join(u',')));
    f.pseudonyms()->setChecked(false);
    f.import();
    f.openAgainFor(QStringLiteral("till.csv"));
    picture(*f.dialog, QStringLiteral("state-recognised"));
    f.button(QStringLiteral("Next"))->click();
    picture(*f.dialog, QStringLiteral("state-own-profile"));
    letters = mnemonics(*f.dialog);
    QVERIFY2(letters.removeDuplicates() == 0, qPrintable(mnemonics(*f.dialog).join(u',')));
    f.button(QStringLiteral("Remove"))->click();
    f.settle();
    picture(*f.dialog, QStringLiteral("state-removed"));
    letters = mnemonics(*f.dialog);
    QVERIFY2(letters.removeDuplicates() == 0, qPrintable(mnemonics(*f.dialog).join(u',')));
    f.button(QStringLiteral("Next"))->click();
    f.import();
    picture(*f.dialog, QStringLiteral("state-failed"));
    QVERIFY(visibleText(*f.dialog).contains(QStringLiteral("Nothing was imported")));
}

QTEST_MAIN(TestImportWalk)
#include "tst_import_walk.moc"
