#include "core/project/database.h"
#include "core/project/page_file.h"
#include "tests/support/damaged_file.h"

#include <QTest>

using namespace perennial;

/// A file and its write-ahead log, as a killed program leaves them.
class TestPageFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void pagesOfTheLogCount();
    void aLogCanNotAskForMorePagesThanThereMayBe();

private:
    std::filesystem::path file() const { return m_folder->path().toStdString() + "/copy.db"; }
    std::string log() const { return file().string() + "-wal"; }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::uint32_t m_pages = 0; ///< that SQLite counts in the two
};

namespace {

std::uint32_t number(const std::string &bytes, std::size_t at)
{
    return bigEndian32(bytes, at);
}

void put(std::string &bytes, std::size_t at, std::uint32_t value)
{
    for (std::size_t k = 0; k < 4; ++k) {
        bytes[at + k] = static_cast<char>(value >> (24 - 8 * k));
    }
}

/// Sums up a log anew whose frames somebody has changed.
void sumUp(std::string &log, std::size_t frameSize)
{
    const bool bigEndian = (number(log, 0) & 1U) != 0;
    std::uint32_t first = number(log, 24), second = number(log, 28);
    const auto add = [&](std::size_t from, std::size_t size) {
        const auto word = [&](std::size_t at) {
            return bigEndian ? number(log, at) : __builtin_bswap32(number(log, at));
        };
        for (std::size_t at = from; at < from + size; at += 8) {
            first += word(at) + second;
            second += word(at + 4) + first;
        }
    };
    for (std::size_t at = 32; at + frameSize <= log.size(); at += frameSize) {
        add(at, 8);
        add(at + 24, frameSize - 24);
        put(log, at + 16, first);
        put(log, at + 20, second);
    }
}

} // namespace

void TestPageFile::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    const std::string original = m_folder->path().toStdString() + "/original.db";
    Database database(original, Database::Mode::ReadWriteCreate);
    database.execute("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;"
                     "CREATE TABLE t(x); PRAGMA wal_checkpoint(TRUNCATE);");
    database.execute("BEGIN; INSERT INTO t WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 "
                     "FROM n WHERE x < 300) SELECT zeroblob(1000) FROM n; COMMIT");
    m_pages = static_cast<std::uint32_t>(database.integer("PRAGMA page_count"));
    test::writeBytes(file(), test::readBytes(original));
    test::writeBytes(log(), test::readBytes(original + "-wal"));
}

void TestPageFile::pagesOfTheLogCount()
{
    const auto size = static_cast<std::int64_t>(std::filesystem::file_size(file()));
    const auto pages = PageFile::open(file()).value();
    QVERIFY(pages.logFrames() > 50);
    QCOMPARE(pages.pageCount(), m_pages);
    QCOMPARE(pages.bytes(), std::int64_t{m_pages} * static_cast<std::int64_t>(pages.pageSize()));
    QVERIFY(pages.bytes() > 10 * size);
}

void TestPageFile::aLogCanNotAskForMorePagesThanThereMayBe()
{
    const std::size_t frameSize = 24 + PageFile::open(file()).value().pageSize();
    std::string bytes = test::readBytes(log());
    std::size_t commits = 0;
    for (std::size_t at = 32; at + frameSize <= bytes.size(); at += frameSize) {
        if (number(bytes, at + 4) != 0) {
            put(bytes, at + 4, 0xFFFFFFF0U);
            ++commits;
        }
    }
    QVERIFY(commits > 0);
    sumUp(bytes, frameSize);
    test::writeBytes(log(), bytes);
    const auto pages = PageFile::open(file()).value();
    QVERIFY(pages.logFrames() > 50); // the sums hold
    QVERIFY(pages.pageCount() >= m_pages);
    QVERIFY(pages.pageCount() < 10'000);
    QVERIFY(!pages.page(m_pages).empty());
}

QTEST_APPLESS_MAIN(TestPageFile)
#include "tst_page_file.moc"
