#include "ui/theme/theme.h"

#include <QApplication>
#include <QLabel>
#include <QTest>

using namespace perennial;

class tst_Theme : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textIsReadable_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void textIsReadable()
    {
        QFETCH(bool, dark);
        const Tokens &t = dark ? darkTokens() : lightTokens();
        for (const QColor &ground : {t.ground, t.surface, t.raised}) {
            QVERIFY(contrastRatio(t.text, ground) >= 4.5);
            QVERIFY(contrastRatio(t.quiet, ground) >= 4.5);
            QVERIFY(contrastRatio(t.good, ground) >= 4.5);
            QVERIFY(contrastRatio(t.bad, ground) >= 4.5);
            QVERIFY(contrastRatio(t.accent, ground) >= 3.0); // marks and focus rings
        }
        QVERIFY(contrastRatio(t.onAccent, t.accent) >= 4.5); // selection, primary button
        QVERIFY(contrastRatio(t.text, t.line) >= 4.5);       // the chosen page in the navigation
    }

    // Colours that look.md fixes below 3 : 1 on its own surface; each mark of them stands next to
    // its name and number, so that nothing is said by the colour alone.
    void marksAreVisible()
    {
        const QList<Ink> exceptInLight{Ink::Acquired,        Ink::FlowNew, Ink::Converted,
                                       Ink::FlowResurrected, Ink::Loyal,   Ink::Series6,
                                       Ink::Series3,         Ink::Series4};
        for (int i = static_cast<int>(Ink::Accent); i <= static_cast<int>(Ink::Series6); ++i) {
            const Ink ink = static_cast<Ink>(i);
            const double light = contrastRatio(lightTokens().color(ink), lightTokens().surface);
            const double dark = contrastRatio(darkTokens().color(ink), darkTokens().surface);
            QVERIFY2(dark >= 3.0, qPrintable(QStringLiteral("ink %1: %2").arg(i).arg(dark)));
            QVERIFY2(light >= (exceptInLight.contains(ink) ? 2.0 : 3.0),
                     qPrintable(QStringLiteral("ink %1: %2").arg(i).arg(light)));
        }
        QVERIFY(contrastRatio(lightTokens().warn, lightTokens().surface) >= 3.0);
        QVERIFY(contrastRatio(darkTokens().warn, darkTokens().surface) >= 4.5);
    }

    void dataColoursAreTheSameInBothThemes()
    {
        for (const Stage stage : kStages) {
            QCOMPARE(lightTokens().color(stageInk(stage)), darkTokens().color(stageInk(stage)));
        }
        QCOMPARE(lightTokens().color(stageInk(Stage::Acquired)), QColor(0x56B4E9));
        QCOMPARE(lightTokens().color(stageInk(Stage::Churned)), QColor(0xD55E00));
    }

    void mapsAreSafe()
    {
        const Tokens &t = lightTokens();
        QVERIFY(t.sequential(0).lightness() < t.sequential(1).lightness());
        QCOMPARE(t.sequential(std::nan("")), t.sequential(0));
        QCOMPARE(t.sequential(7), t.sequential(1));
        QCOMPARE(t.diverging(0), QColor(0xF7F7F7));
        QCOMPARE(t.diverging(std::nan("")), t.diverging(0));
        QVERIFY(t.diverging(-1) != t.diverging(1));
    }

    void switchingReachesWidgets()
    {
        QLabel label;
        label.show();
        applyTheme(*qApp, ThemeMode::Dark);
        QCoreApplication::processEvents();
        QVERIFY(tokensFor(label.palette()).dark);
        applyTheme(*qApp, ThemeMode::Light);
        QCoreApplication::processEvents();
        QVERIFY(!tokensFor(label.palette()).dark);
        QVERIFY(!qApp->styleSheet().isEmpty());
        const QString rules = qApp->styleSheet().section(QLatin1String("*/"), 1); // past the comment
        QVERIFY2(!rules.contains(u'@'), "a token was not replaced");
        for (const ThemeMode mode : {ThemeMode::System, ThemeMode::Light, ThemeMode::Dark}) {
            QCOMPARE(themeModeFromName(themeModeName(mode)), mode);
        }
    }
};

QTEST_MAIN(tst_Theme)
#include "tst_theme.moc"
