#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

// Which rooms a room may include, read from its own CMakeLists.txt (USES), so that there is one
// list. What a used room uses may be included too, as CMake's PUBLIC links say.
class TestArrows : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void roomsFormNoCircle();
    void coreIncludesOnlyWhatItUses();
    void coreIsWithoutQt();
    void torchStaysInItsRooms();
    void sqlStaysInProject();
    void uiDoesNotIncludeApp();
    void everyTypeHasAName();
    void aForbiddenIncludeIsSeen();

private:
    static QString read(const QString &path);
    static QStringList sources(const QString &folder);
    static QStringList includes(const QString &text);
    static QStringList types(const QString &text);
    QSet<QString> reachable(const QString &room) const;
    QStringList violations(const QString &room, const QString &text) const;

    QMap<QString, QStringList> m_uses;
};

QString TestArrows::read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QStringList TestArrows::sources(const QString &folder)
{
    QStringList files;
    QDirIterator it(QStringLiteral(PERENNIAL_SOURCE_DIR "/") + folder, {"*.cpp", "*.h"},
                    QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        files << it.next();
    }
    return files;
}

QStringList TestArrows::includes(const QString &text)
{
    static const QRegularExpression kInclude(R"(^\s*#\s*include\s*[<"]([^>"]+)[>"])",
                                             QRegularExpression::MultilineOption);
    QStringList found;
    auto matches = kInclude.globalMatch(text);
    while (matches.hasNext()) {
        found << matches.next().captured(1);
    }
    return found;
}

void TestArrows::initTestCase()
{
    static const QRegularExpression kRoom(R"(perennial_add_room\((\w+)([^)]*)\))");
    static const QRegularExpression kUses(R"(\bUSES\s+([a-z_\s]+))");
    for (const QString &room :
         QDir(QStringLiteral(PERENNIAL_SOURCE_DIR "/core")).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const auto match =
            kRoom.match(read(QStringLiteral(PERENNIAL_SOURCE_DIR "/core/%1/CMakeLists.txt").arg(room)));
        QVERIFY2(match.hasMatch(), qPrintable(room));
        QCOMPARE(match.captured(1), room);
        static const QRegularExpression kBlank(R"(\s+)");
        m_uses[room] = kUses.match(match.captured(2)).captured(1).split(kBlank, Qt::SkipEmptyParts);
    }
    QVERIFY(m_uses.contains("base"));
    QVERIFY(m_uses["base"].isEmpty());
    QVERIFY(m_uses["project"] == QStringList{"base"});
}

QSet<QString> TestArrows::reachable(const QString &room) const
{
    QSet<QString> seen;
    QStringList open{room};
    while (!open.isEmpty()) {
        for (const QString &used : m_uses.value(open.takeFirst())) {
            if (!seen.contains(used)) {
                seen << used;
                open << used;
            }
        }
    }
    return seen;
}

QStringList TestArrows::violations(const QString &room, const QString &text) const
{
    const QSet<QString> allowed = reachable(room) + QSet<QString>{room};
    QStringList wrong;
    for (const QString &include : includes(text)) {
        if (include.startsWith("ui/") || include.startsWith("app/") ||
            (include.startsWith("core/") && !allowed.contains(include.section('/', 1, 1)))) {
            wrong << include;
        }
    }
    return wrong;
}

void TestArrows::roomsFormNoCircle()
{
    for (const QString &room : m_uses.keys()) {
        QVERIFY2(!reachable(room).contains(room), qPrintable(room));
    }
}

void TestArrows::coreIncludesOnlyWhatItUses()
{
    for (const QString &room : m_uses.keys()) {
        for (const QString &file : sources("core/" + room)) {
            const QStringList wrong = violations(room, read(file));
            QVERIFY2(wrong.isEmpty(), qPrintable(file + ": " + wrong.join(", ")));
        }
    }
}

void TestArrows::coreIsWithoutQt()
{
    static const QRegularExpression kQt("^(Q[A-Z]|Qt)");
    for (const QString &file : sources("core")) {
        QVERIFY2(includes(read(file)).filter(kQt).isEmpty(), qPrintable(file));
    }
}

void TestArrows::torchStaysInItsRooms()
{
    static const QRegularExpression kTorch("^(torch|ATen|c10)/");
    for (const QString &file : sources("core") + sources("ui") + sources("app")) {
        const bool home = (file.contains("/core/neural/") || file.contains("/core/behavior/")) &&
                          (file.endsWith(".cpp") || file.endsWith("_torch.h"));
        QVERIFY2(home || includes(read(file)).filter(kTorch).isEmpty(), qPrintable(file));
    }
}

void TestArrows::sqlStaysInProject()
{
    static const QRegularExpression kSql(
        R"("\s*(SELECT|INSERT INTO|INSERT OR|UPDATE|DELETE FROM|CREATE TABLE|PRAGMA) )");
    for (const QString &file : sources("core") + sources("ui") + sources("app")) {
        if (!file.contains("/core/project/")) {
            QVERIFY2(!kSql.match(read(file)).hasMatch(), qPrintable(file));
            QVERIFY2(!includes(read(file)).contains("sqlite3.h"), qPrintable(file));
        }
    }
}

void TestArrows::uiDoesNotIncludeApp()
{
    static const QRegularExpression kApp("^app/");
    for (const QString &file : sources("ui")) {
        QVERIFY2(includes(read(file)).filter(kApp).isEmpty(), qPrintable(file));
    }
}

/// Types that a header defines in namespace perennial itself.
QStringList TestArrows::types(const QString &text)
{
    static const QRegularExpression kType(
        R"(^(?:struct|class|enum class) (\w+)(?: final)?(?: : [^{]*)? \{)",
        QRegularExpression::MultilineOption);
    QStringList found;
    if (text.contains("\nnamespace perennial {")) {
        for (auto at = kType.globalMatch(text); at.hasNext();) {
            found << at.next().captured(1);
        }
    }
    return found;
}

/// Two types of one name are one to the linker: it keeps the functions of either for both.
void TestArrows::everyTypeHasAName()
{
    QMap<QString, QString> home;
    for (const QString &file : sources("core") + sources("ui") + sources("app")) {
        for (const QString &type : file.endsWith(".h") ? types(read(file)) : QStringList()) {
            QVERIFY2(!home.contains(type),
                     qPrintable(type + ": " + home.value(type) + " and " + file));
            home.insert(type, file);
        }
    }
    QVERIFY(home.size() > 500);
}

void TestArrows::aForbiddenIncludeIsSeen()
{
    QCOMPARE(types("\nnamespace perennial {\nstruct A {\n};\nclass B : public A {\nstruct A::C {\n"),
             QStringList({"A", "B"}));
    QCOMPARE(violations("base", "  # include \"core/project/project.h\"\n").size(), 1);
    QCOMPARE(violations("project", "#include \"ui/error_text.h\"").size(), 1);
    QCOMPARE(violations("project", "#include \"core/base/result.h\"").size(), 0);
}

QTEST_APPLESS_MAIN(TestArrows)
#include "tst_arrows.moc"
