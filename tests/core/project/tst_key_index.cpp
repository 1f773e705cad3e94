#include "core/base/rng.h"
#include "core/project/key_index.h"

#include <QTest>

#include <unordered_map>

using namespace perennial;

namespace {

/// Short and long keys by turns, around the length that an entry holds itself.
std::string keyOf(std::uint64_t k)
{
    const std::string number = std::to_string(k);
    return number + std::string(k % 40, static_cast<char>('a' + k % 26));
}

/// Whether each of the first keys has its id, and no other is known.
bool holdsFirst(const KeyIndex &index, std::uint64_t count, std::uint64_t others)
{
    for (std::uint64_t k = 0; k < count + others; ++k) {
        if (index.find(keyOf(k)) != (k < count ? static_cast<std::int64_t>(k) + 1 : 0)) {
            return false;
        }
    }
    return index.size() == count;
}

} // namespace

class TestKeyIndex : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEmptyOne();
    void everyLengthIsFound();
    void bytesOfAnyKind();
    void truncatedToEverySize();
    void expectingChangesNothing();
    void agreesWithAMap();
};

void TestKeyIndex::anEmptyOne()
{
    KeyIndex index;
    index.expect("a");
    QCOMPARE(index.find("a"), 0);
    QCOMPARE(index.lastId(), 0);
    index.truncate(0);
    QCOMPARE(index.size(), std::size_t{0});
    // A damaged dictionary may hold an empty key, which comes without bytes (found by fuzzing).
    index.insert(std::string_view(), 7);
    QCOMPARE(index.find(""), 7);
    QVERIFY(index.keyAt(0).empty());
}

void TestKeyIndex::everyLengthIsFound()
{
    KeyIndex index;
    for (std::size_t length = 0; length < 600; ++length) {
        index.insert(std::string(length, 'k'), static_cast<std::int64_t>(length) + 1);
    }
    for (std::size_t length = 0; length < 600; ++length) {
        const std::string key(length, 'k');
        QCOMPARE(index.find(key), static_cast<std::int64_t>(length) + 1);
        QCOMPARE(std::string(index.keyAt(length)), key);
        QCOMPARE(index.idAt(length), static_cast<std::int64_t>(length) + 1);
    }
    QCOMPARE(index.find(std::string(600, 'k')), 0);
    QCOMPARE(index.lastId(), 600);
}

// Long keys that differ in their last byte only, and a short one with a zero byte behind it.
void TestKeyIndex::bytesOfAnyKind()
{
    KeyIndex index;
    const std::string stem(30, 'x');
    for (int byte = 0; byte < 256; ++byte) {
        index.insert(stem + static_cast<char>(byte), byte + 1);
    }
    index.insert("a", 1000);
    index.insert(std::string("a\0", 2), 1001);
    index.insert("mostly 4 billion", 0xFFFF'FFFF);
    for (int byte = 0; byte < 256; ++byte) {
        QCOMPARE(index.find(stem + static_cast<char>(byte)), byte + 1);
    }
    QCOMPARE(index.find(stem), 0);
    QCOMPARE(index.find("a"), 1000);
    QCOMPARE(index.find(std::string("a\0", 2)), 1001);
    QCOMPARE(index.find(std::string("a\0\0", 3)), 0);
    QCOMPARE(index.find("mostly 4 billion"), std::int64_t{0xFFFF'FFFF});
}

void TestKeyIndex::truncatedToEverySize()
{
    constexpr std::uint64_t kAll = 130;
    for (std::uint64_t left = 0; left <= kAll; ++left) {
        KeyIndex index;
        for (std::uint64_t k = 0; k < kAll; ++k) {
            index.insert(keyOf(k), static_cast<std::int64_t>(k) + 1);
        }
        index.truncate(left);
        QVERIFY2(holdsFirst(index, left, kAll), std::to_string(left).c_str());
        for (std::uint64_t k = left; k < kAll; ++k) { // others come in place of those forgotten
            index.insert(keyOf(k), static_cast<std::int64_t>(k) + 1);
        }
        QVERIFY2(holdsFirst(index, kAll, 50), std::to_string(left).c_str());
    }
}

void TestKeyIndex::expectingChangesNothing()
{
    KeyIndex index;
    for (std::uint64_t k = 0; k < 5000; ++k) {
        index.expect(keyOf(k));
        index.expect(keyOf(k + 100'000));
        index.insert(keyOf(k), static_cast<std::int64_t>(k) + 1);
    }
    index.truncate(3000); // what it still expects is gone
    for (std::uint64_t k = 0; k < 5000; ++k) {
        index.expect(keyOf(4999 - k));
    }
    QVERIFY(holdsFirst(index, 3000, 2000));
}

void TestKeyIndex::agreesWithAMap()
{
    KeyIndex index;
    std::unordered_map<std::string, std::int64_t> map;
    std::vector<std::string> inOrder;
    Rng rng(20);
    for (int turn = 0; turn < 200'000; ++turn) {
        const std::string key = keyOf(rng.below(120'000));
        index.expect(key);
        const auto known = map.find(key);
        QCOMPARE(index.find(key), known == map.end() ? 0 : known->second);
        if (known == map.end()) {
            const auto id = static_cast<std::int64_t>(map.size()) + 1;
            index.insert(key, id);
            map.emplace(key, id);
            inOrder.push_back(key);
        }
        if (turn % 40'000 == 39'999) { // as chunks are rolled back
            const std::size_t left = map.size() - map.size() / 10;
            index.truncate(left);
            for (std::size_t k = left; k < inOrder.size(); ++k) {
                map.erase(inOrder[k]);
            }
            inOrder.resize(left);
        }
    }
    QCOMPARE(index.size(), map.size());
    for (std::size_t k = 0; k < inOrder.size(); ++k) {
        QVERIFY(index.keyAt(k) == inOrder[k] && index.idAt(k) == map.at(inOrder[k]));
    }
}

QTEST_APPLESS_MAIN(TestKeyIndex)
#include "tst_key_index.moc"
