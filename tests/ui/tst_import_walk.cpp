#include "page_fixture.h"

#include "ui/models/mapping_model.h"
#include "ui/pages/data_page.h"
#include "ui/pages/import/import_dialog.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>

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
    return "customer_id,name,age,joined,city,plan,score\n"
           "00017,Ada Lovelace,36,2021-03-04,London,gold,1.5\n"
           "00018,Bob <b>Smith</b>,41,2022-11-30,Leeds,silver,2.25\n"
           "00019,Cyd Charisse,,2023-01-15,London,gold,NA\n"
           "00020,Dan Dare,not said,2023-06-01,York,none,0\n";
}

} // namespace

class TestImportWalk : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void realFiles_data();
    void realFiles();
    void oddFiles_data();
    void oddFiles();
    void cleanup() { qunsetenv("XDG_DATA_HOME"); }

private:
    void walk(const QString &name, const QString &path, bool imports,
              const std::function<void(ImportDialog &)> &answer = {});
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

} // namespace

void TestImportWalk::walk(const QString &name, const QString &path, bool imports,
                          const std::function<void(ImportDialog &)> &answer)
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
        answer(*dialog);
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
    std::function<void(ImportDialog &)> answer;
    if (file.contains(QLatin1String("CDNOW_sample"))) { // no header to recognise it by
        answer = [](ImportDialog &dialog) {
            for (QComboBox *box : dialog.findChildren<QComboBox *>()) {
                const int place = box->findData(QStringLiteral("cdnow-sample"));
                if (place >= 0) {
                    box->setCurrentIndex(place);
                    Q_EMIT box->activated(place);
                }
            }
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
    }) << false;
    QTest::newRow("semicolon") << rows("Kunde;Datum;Artikel;Betrag\n", 40, [](int i) {
        return "K" + QByteArray::number(i % 7) + ";2024-03-" + QByteArray::number(i % 18 + 10) +
               ";A" + QByteArray::number(i % 4) + ";1.0" + QByteArray::number(i % 9) + "0,50\n";
    }) << false;
    QTest::newRow("encoding") << QByteArray("user,at,kind,place\n"
                                            "ada,2024-01-02,view,M\xFCnchen\n"
                                            "bob,2024-01-03,view,K\xF6ln\n")
                              << false;
    QTest::newRow("no-header") << QByteArray("17,20240102,3,12.50\n18,20240103,1,7.00\n"
                                             "17,20240209,1,4.25\n")
                               << false;
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
    std::function<void(ImportDialog &)> answer;
    if (name == QLatin1String("people")) {
        answer = [](ImportDialog &dialog) {
            for (QComboBox *box : dialog.findChildren<QComboBox *>()) {
                if (box->accessibleName() == QLatin1String("The file holds")) {
                    box->setCurrentIndex(box->findData(static_cast<int>(Contents::Users)));
                    Q_EMIT box->activated(box->currentIndex());
                }
            }
            for (int round = 0; round < 20; ++round) {
                QCoreApplication::processEvents();
                QTest::qWait(10);
            }
            auto *model = dialog.findChild<MappingModel *>();
            const auto keep = [model](int row, const char *what) {
                model->setData(model->index(row, MappingModel::KeptAs), QString::fromLatin1(what),
                               Qt::EditRole);
                QTest::qWait(100);
            };
            keep(1, "drop");
            keep(2, "band:10");
            keep(3, "band:year");
            model->setData(model->index(2, MappingModel::Personal), Qt::Checked,
                           Qt::CheckStateRole);
            QTest::qWait(100);
        };
    }
    walk(name, file.fileName(), imports, answer);
}

QTEST_MAIN(TestImportWalk)
#include "tst_import_walk.moc"
