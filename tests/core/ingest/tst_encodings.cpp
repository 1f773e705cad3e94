#include "core/ingest/encoding.h"
#include "core/ingest/text_source.h"
#include "core/project/database.h"
#include "core/project/event_store.h"
#include "tests/core/ingest/import_fixture.h"

#include <array>
#include <numeric>

using namespace perennial;
using namespace std::string_view_literals;
using test::ImportFixture;

namespace {

std::string utf16(std::u16string_view text, bool bigEndian)
{
    std::string bytes;
    for (const char16_t unit : text) {
        const auto high = static_cast<char>(unit >> 8), low = static_cast<char>(unit & 0xFF);
        bytes += bigEndian ? high : low;
        bytes += bigEndian ? low : high;
    }
    return bytes;
}

std::string utf32(std::u32string_view text)
{
    std::string bytes;
    for (const char32_t letter : text) {
        for (int shift = 0; shift < 32; shift += 8) {
            bytes += static_cast<char>((letter >> shift) & 0xFF);
        }
    }
    return bytes;
}

std::string decoded(const std::string &encoding, std::string_view bytes, std::size_t piece)
{
    auto decoder = Decoder::open(encoding);
    std::string out;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        decoder->decode(bytes.substr(at, piece), at + piece >= bytes.size(), out);
    }
    return out;
}

/// Words of an encoding whose characters have several bytes.
struct Script {
    const char *encoding;
    std::array<std::string_view, 4> words;
};
constexpr std::array kScripts{
    Script{"GB18030",
           {"\xB1\xB1\xBE\xA9\xCA\xD0\xB3\xAF\xD1\xF4\xC7\xF8",
            "\xC9\xCF\xBA\xA3\xC6\xD6\xB6\xAB\xD0\xC2\xC7\xF8\xB5\xC4\xD3\xC3\xBB\xA7",
            "\xB6\xA9\xB5\xA5\xD2\xD1\xBE\xAD\xCD\xEA\xB3\xC9", "\xCD\xCB\xBB\xF5\xD3\xEB"}},
    Script{"Shift_JIS",
           {"\x93\x8C\x8B\x9E\x93s\x90\xE7\x91\xE3\x93"
            "c\x8B\xE6",
            "\x91\xE5\x8D\xE3\x8Es\x82\xCC\x82\xA8\x8Bq\x97l",
            "\x92\x8D\x95\xB6\x82\xAA\x8A\xAE\x97\xB9\x82\xB5\x82\xDC\x82\xB5\x82\xBD",
            "\x95\x5C\x8E\xA6\x83\x5C\x83t\x83g"}},
    Script{"Big5",
           {"\xBBO\xA5_\xA5\xAB\xA4j\xA6w\xB0\xCF",
            "\xB0\xAA\xB6\xAF\xA5\xAB\xAA\xBA\xA5\xCE\xA4\xE1",
            "\xADq\xB3\xE6\xA4w\xB8g\xA7\xB9\xA6\xA8",
            "\xB0h\xB3"
            "f\xBBP\xB0h\xB4\xDA"}},
    Script{"UTF-8",
           {"Zo\u00EB", "\u5317\u4EAC\u5E02", "\u0417\u0430\u043A\u0430\u0437", "\U0001F600"}},
};

/// Lines of a log of at least so many bytes, full of a script's words.
std::string logOf(const Script &script, std::size_t bytes, std::string_view lineEnd = "\n")
{
    std::string text = "user,at,kind,note" + std::string(lineEnd);
    for (std::size_t line = 0; text.size() < bytes; ++line) {
        text.append("u").append(std::to_string(line * line % 9973)).append(",2020-01-02,view,");
        for (std::size_t word = 0; word <= line % 5; ++word) {
            text += script.words[(line + word) % script.words.size()];
        }
        text += lineEnd;
    }
    return text;
}

/// Parts of a text as a file's samples: its beginning, and some of the rest, ends cut anywhere.
std::vector<std::string> piecesOf(const std::string &text, std::size_t shift)
{
    std::vector<std::string> pieces{text.substr(0, 3000 + shift)};
    for (std::size_t k = 1; k <= 4; ++k) {
        pieces.push_back(text.substr(k * 5000 + shift, 1200 + shift * k));
    }
    return pieces;
}

bool isAmong(const std::vector<std::string> &names, const std::string &name)
{
    return std::ranges::find(names, name) != names.end();
}

/// The key of the only user.
std::string onlyUser(ImportFixture &fixture)
{
    Statement query(fixture.project().database(), "SELECT key FROM user");
    return query.step() ? query.text(0) : std::string();
}

} // namespace

class TestEncodings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void names();
    void namesCanBeWrittenDown();
    void toldByTheBytes_data();
    void toldByTheBytes();
    void otherwiseAsked();
    void cutAnywhereTheyTellTheSame_data();
    void cutAnywhereTheyTellTheSame();
    void halvesOfCharactersAreNoMistake();
    void largeFilesByTheirSamples_data();
    void largeFilesByTheirSamples();
    void whateverEndsTheLines();
    void piecesDoNotMatter();
    void brokenCharacters();
    void importReadsThem_data();
    void importReadsThem();
    void brokenRowsAreRejectedOneByOne();
    void lastCharacterCutShort();
    void anUnknownNameIsRefused();
};

void TestEncodings::names()
{
    QCOMPARE(*encodingFromName("utf8"), std::string("UTF-8"));
    QCOMPARE(*encodingFromName(" UTF-8 "), std::string("UTF-8"));
    QCOMPARE(*encodingFromName("gb18030"), std::string("GB18030"));
    QCOMPARE(*encodingFromName("latin1"), std::string("ISO-8859-1"));
    QCOMPARE(*encodingFromName("cp1252"), std::string("windows-1252"));
    for (const char *none : {"", " ", "klingon", "utf-8,swaplfnl", "../../etc/passwd"}) {
        QVERIFY2(!encodingFromName(none), none);
    }
    QVERIFY(!encodingFromName(std::string(1000, 'a')));
    QVERIFY(!encodingFromName(std::string("utf-8\0x", 7)));
}

// Whatever a recipe is asked for by: the name written into it means the same, and can be read again.
void TestEncodings::namesCanBeWrittenDown()
{
    for (const char *asked : {"windows-57004", "x-iscii-de", "cp874", "windows-874", "JIS7", "gbk",
                              "ISO-2022-CN-CNS", "ibm-37-s390", "UnicodeBig", "TIS-620", "latin1"}) {
        const auto name = encodingFromName(asked);
        QVERIFY2(name.has_value(), asked);
        QVERIFY2(encodingFromName(*name) == name, asked);
        std::string bytes;
        for (int c = 0x20; c < 0x100; ++c) {
            bytes += static_cast<char>(c);
        }
        QVERIFY2(decoded(*name, bytes, 1000) == decoded(asked, bytes, 1000), asked);
    }
    for (const std::string &candidate : guessEncoding({"\xA1\xCA\xC7,\xE9\n"}).candidates) {
        QVERIFY2(encodingFromName(candidate) == candidate, candidate.c_str());
    }
}

void TestEncodings::toldByTheBytes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("encoding");
    const auto row = [](const char *name, std::string_view bytes, const char *encoding) {
        QTest::newRow(name) << QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size()))
                            << encoding;
    };
    const std::u16string text = u"user,at,kind\nAndré,2020-01-02,view\n";
    row("nothing", "", "UTF-8");
    row("ascii", "user,at\na,2020-01-02\n", "UTF-8");
    row("utf-8", "Zoë,été\n", "UTF-8");
    row("utf-8 with mark", "\xEF\xBB\xBFuser\n", "UTF-8");
    row("utf-8, one broken letter", "Zo\xC3\xAB \xC3\xA9t\xC3\xA9 gar\xE7on\n", "UTF-8");
    row("utf-8, cut short", "a,b\nx,\xE6\x97", "UTF-8");
    row("utf-16 with mark", utf16(u"\uFEFF" + text, false), "UTF-16LE");
    row("utf-16 turned round", utf16(u"\uFEFF" + text, true), "UTF-16BE");
    row("utf-16 without mark", utf16(text, false), "UTF-16LE");
    row("utf-16 turned round without mark", utf16(text, true), "UTF-16BE");
    row("utf-32 with mark", utf32(U"\uFEFFuser,at\n"), "UTF-32LE");
    row("utf-32 without mark", utf32(U"user,at\na,b\n"), "UTF-32LE");
}

void TestEncodings::toldByTheBytes()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, encoding);
    const EncodingGuess guess = guessEncoding({bytes.toStdString()});
    QCOMPARE(QString::fromStdString(guess.encoding), encoding);
    QCOMPARE(guess.candidates, std::vector{encoding.toStdString()});
}

// Bytes past ASCII that are no UTF-8 read as letters by many encodings.
void TestEncodings::otherwiseAsked()
{
    const auto names = [](const char *bytes) { return guessEncoding({bytes}); };
    const EncodingGuess western = names("nom,ville\nAndr\xE9,Orl\xE9"
                                        "ans\nZo\xEB,N\xEEmes\n");
    QVERIFY(western.encoding.empty());
    QVERIFY(isAmong(western.candidates, "windows-1252"));
    // 用户,时间 and more in GB18030
    const EncodingGuess chinese =
        names("\xD3\xC3\xBB\xA7,\xCA\xB1\xBC\xE4,\xB3\xC7\xCA\xD0\n"
              "\xD5\xC5\xC8\xFD,2020-01-02,\xB1\xB1\xBE\xA9\n\xC0\xEE\xCB\xC4,2020-01-03,"
              "\xC9\xCF\xBA\xA3\n\xCD\xF5\xCE\xE5,2020-01-04,\xB9\xE3\xD6\xDD\n");
    QVERIFY(chinese.encoding.empty());
    QCOMPARE(chinese.candidates.front(), std::string("GB18030"));
    QVERIFY(chinese.candidates.size() <= 8);
}

void TestEncodings::cutAnywhereTheyTellTheSame_data()
{
    QTest::addColumn<std::size_t>("script");
    for (std::size_t k = 0; k < kScripts.size(); ++k) {
        QTest::newRow(kScripts[k].encoding) << k;
    }
}

void TestEncodings::cutAnywhereTheyTellTheSame()
{
    QFETCH(std::size_t, script);
    const std::string encoding = kScripts[script].encoding;
    const std::string text = logOf(kScripts[script], 30'000);
    for (std::size_t shift = 0; shift < 40; ++shift) {
        const EncodingGuess guess = guessEncoding(piecesOf(text, shift));
        if (encoding == "UTF-8") {
            QCOMPARE(guess.encoding, encoding);
            QCOMPARE(guess.candidates, std::vector{encoding});
            continue;
        }
        QCOMPARE(guess.encoding, std::string());
        QVERIFY2(!guess.candidates.empty(), std::to_string(shift).c_str());
        QCOMPARE(guess.candidates.front(), encoding);
    }
}

// Where hardly anything is past ASCII, the halves at a piece's ends may be all there is.
void TestEncodings::halvesOfCharactersAreNoMistake()
{
    const std::string letter = "\U0001F600";
    for (std::size_t cut = 1; cut < letter.size(); ++cut) {
        const std::string front = letter.substr(0, cut), back = letter.substr(cut);
        for (const std::vector<std::string> &pieces :
             {std::vector{"a,b\n1," + front, back + "\n2,3\n"},
              std::vector<std::string>{"a,b\n1,2\n", back + ",3\n4," + front},
              std::vector<std::string>{"a,b\n1,2\n", back, front, "5,6\n"}}) {
            QCOMPARE(guessEncoding(pieces).encoding, std::string("UTF-8"));
        }
        QVERIFY(guessEncoding({back + ",1\n"}).encoding.empty()); // a file begins with no half
    }
}

void TestEncodings::largeFilesByTheirSamples_data()
{
    QTest::addColumn<std::size_t>("script");
    QTest::addColumn<std::size_t>("ascii");
    QTest::addColumn<std::size_t>("bytes");
    for (std::size_t k = 0; k < kScripts.size(); ++k) {
        QTest::addRow("%s", kScripts[k].encoding) << k << std::size_t{0} << std::size_t{400'000};
        QTest::addRow("%s far behind", kScripts[k].encoding)
            << k << std::size_t{500'000} << std::size_t{500'000};
        QTest::addRow("%s just behind the beginning", kScripts[k].encoding)
            << k << std::size_t{280'000} << std::size_t{20'000};
    }
}

void TestEncodings::largeFilesByTheirSamples()
{
    QFETCH(std::size_t, script);
    QFETCH(std::size_t, ascii);
    QFETCH(std::size_t, bytes);
    const std::string encoding = kScripts[script].encoding;
    std::string text = logOf({"ASCII", {"a", "b", "c", "d"}}, ascii);
    text += logOf(kScripts[script], bytes);
    ImportFixture fixture;
    const auto source = TextSource::open(fixture.write("log.csv", text), {});
    VERIFY_OK(source);
    QCOMPARE(source->settled(), encoding == "UTF-8");
    QCOMPARE(source->encoding(), encoding); // the likeliest
    QCOMPARE(source->guess().candidates.front(), encoding);
}

// No line end is part of a character, be it '\n' or the '\r' of old machines.
void TestEncodings::whateverEndsTheLines()
{
    for (const Script &script : kScripts) {
        for (const std::string_view lineEnd : {"\r\n"sv, "\r"sv}) {
            for (const std::size_t shift : {1, 2, 3, 4, 5}) {
                const auto pieces = piecesOf(logOf(script, 30'000, lineEnd), shift);
                const EncodingGuess guess = guessEncoding(pieces);
                QCOMPARE(guess.candidates.front(), std::string(script.encoding));
                QVERIFY(script.encoding != "UTF-8"sv || guess.encoding == "UTF-8");
            }
        }
    }
    const Script western{"windows-1252",
                         {"Andr\xE9", "caf\xE9",
                          "Orl\xE9"
                          "ans",
                          "gar\xE7on"}};
    QVERIFY(isAmong(guessEncoding(piecesOf(logOf(western, 30'000, "\r"), 1)).candidates,
                    "windows-1252"));
}

void TestEncodings::piecesDoNotMatter()
{
    const std::string text = utf16(u"Zoë 日本 \U0001F600 end\r\n", false);
    const std::string whole = decoded("UTF-16LE", text, text.size());
    QCOMPARE(whole, std::string("Zo\u00EB \u65E5\u672C \U0001F600 end\r\n"));
    const std::string chinese = "\xD3\xC3\xBB\xA7\x81\x30\x81\x30,";
    for (std::size_t piece = 1; piece < 9; ++piece) {
        QCOMPARE(decoded("UTF-16LE", text, piece), whole);
        QCOMPARE(decoded("GB18030", chinese, piece), decoded("GB18030", chinese, 100));
    }
}

void TestEncodings::brokenCharacters()
{
    QCOMPARE(decoded("GB18030", "a\xFFz", 1), std::string("a\xFFz"));
    QCOMPARE(decoded("UTF-16LE", "a\0\0\xD8z\0"sv, 2), std::string("a\xFFz")); // half a pair
    QCOMPARE(decoded("UTF-16LE", "a\0b"sv, 1), std::string("a\xFF"));          // half a unit
    QCOMPARE(decoded("UTF-8", "a\xFFz", 1), std::string("a\xFFz"));
}

void TestEncodings::importReadsThem_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("encoding");
    QTest::addColumn<QString>("user");
    const std::u16string text = u"user,at,kind\r\nZo\u00EB \u65E5\U0001F600,2020-01-02,view\r\n";
    const QString user = QString::fromStdU16String(u"Zo\u00EB \u65E5\U0001F600");
    for (const bool big : {false, true}) {
        const std::string bytes = utf16(u"\uFEFF" + text, big);
        QTest::newRow(big ? "utf-16be" : "utf-16le")
            << QByteArray::fromStdString(bytes) << QString() << user;
    }
    QTest::newRow("gb18030") << QByteArray("user,at,kind\n\xD5\xC5\xC8\xFD,2020-01-02,view\n")
                             << "gb18030" << QStringLiteral("张三");
    QTest::newRow("windows-1252") << QByteArray("user,at,kind\nAndr\xE9,2020-01-02,view\n")
                                  << "windows-1252" << QStringLiteral("André");
    // In Shift_JIS the second byte of 表 is a backslash's, of ｿ none at all.
    QTest::newRow("shift_jis") << QByteArray("user,at,kind\n\"\x95\x5C\",2020-01-02,view\n")
                               << "Shift_JIS" << QStringLiteral("表");
}

void TestEncodings::importReadsThem()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, encoding);
    QFETCH(QString, user);
    ImportFixture fixture;
    ImportOptions options;
    if (!encoding.isEmpty()) {
        options.recipe.encoding = encoding.toStdString();
    }
    const auto report = fixture.import(bytes.toStdString(), options);
    VERIFY_OK(report);
    QCOMPARE(report->totals.stored.rows, 1);
    QCOMPARE(QString::fromStdString(onlyUser(fixture)), user);
    QVERIFY(report->recipe.encoding.has_value()); // as used, for the next file of its kind
}

void TestEncodings::brokenRowsAreRejectedOneByOne()
{
    ImportFixture fixture;
    const auto report = fixture.import("user,at,kind\nZo\xC3\xAB,2020-01-02,view\n"
                                       "Andr\xE9,2020-01-02,view\n\xE5\xA4\xA7,2020-01-02,view\n");
    VERIFY_OK(report);
    QCOMPARE(report->totals.read.rows, 3);
    QCOMPARE(report->totals.stored.rows, 2);
    QCOMPARE(report->reasons.at("bad_encoding"), 1);
    QCOMPARE(report->firstRejected.front().line, 3);
}

void TestEncodings::lastCharacterCutShort()
{
    ImportFixture fixture;
    const auto report =
        fixture.import("user,at,kind\na,2020-01-02,view\nb,2020-01-02,view\xE6\x97");
    VERIFY_OK(report);
    QCOMPARE(report->totals.stored.rows, 1);
    QCOMPARE(report->reasons.at("bad_encoding"), 1);
}

void TestEncodings::anUnknownNameIsRefused()
{
    ImportFixture fixture;
    ImportOptions options;
    options.recipe.encoding = "klingon";
    const auto report = fixture.import("user,at,kind\na,2020-01-02,view\n", options);
    COMPARE_ERROR(report, ErrorCode::BadMapping);
    QCOMPARE(report.error().detail, std::string("encoding: klingon"));
    QCOMPARE(fixture.sourceCount(), std::size_t{0});
}

QTEST_APPLESS_MAIN(TestEncodings)
#include "tst_encodings.moc"
