#include "core/features/item_words.h"

#include <QTest>

using namespace perennial;

namespace {

using Words = std::vector<std::string>;

ItemRecord itemOf(std::int64_t id, const std::string &name)
{
    ItemRecord item;
    item.id = id;
    item.key = "k" + std::to_string(id);
    item.name = name;
    return item;
}

} // namespace

class TestItemWords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wordsOfNames()
    {
        QCOMPARE(wordsOf("WHITE HANGING HEART T-LIGHT HOLDER"),
                 (Words{"white", "hanging", "heart", "t", "light", "holder"}));
        QCOMPARE(wordsOf("  12\" PENCILS,small/tube  "), (Words{"12", "pencils", "small", "tube"}));
        QCOMPARE(wordsOf("CAFÉ Ünder ΑΘΗΝΑ ПЁТР×2"), (Words{"café", "ünder", "αθηνα", "пётр", "2"}));
        QCOMPARE(wordsOf("茶　红茶 “x”"), (Words{"茶", "红茶", "x"}));
        QCOMPARE(wordsOf(""), Words{});
        QCOMPARE(wordsOf(" -,.! "), Words{});
    }

    void hostileText()
    {
        QCOMPARE(wordsOf(std::string_view("a\0b", 3)), (Words{"a", "b"}));
        QCOMPARE(wordsOf("a\xff\xfe" "b\xc3"), (Words{"a", "b"}));
        QCOMPARE(wordsOf("\xed\xa0\x80x\xc0\xaf"), (Words{"x"})); // a surrogate, an overlong slash
        QCOMPARE(wordsOf("\xf4\x90\x80\x80y"), (Words{"y"}));     // past U+10FFFF
        const Words cut = wordsOf(std::string(1000, 'a') + " b");
        QCOMPARE(cut, (Words{std::string(64, 'a'), "b"}));
        std::string many;
        for (int k = 0; k < 1000; ++k) {
            many += "w" + std::to_string(k) + " ";
        }
        QCOMPARE(wordsOf(many).size(), std::size_t{32});
        QCOMPARE(wordsOf(std::string(1000000, '\xe2')), Words{});
        QCOMPARE(wordsOf("=cmd|' /C calc'!A0"), (Words{"cmd", "c", "calc", "a0"}));
    }

    void rowsKeepTheirWords()
    {
        ItemCatalog catalog;
        catalog.id = {0, 7, 0, 3}; // row 2's item is gone
        catalog.rowOfId = {0, 0, 0, 3, 0, 0, 0, 1};
        const std::vector<ItemRecord> items{itemOf(3, "Red bag"), itemOf(7, "BAG, red red"),
                                            itemOf(9, "stray"), itemOf(0, "none"),
                                            itemOf(-4, "none")};
        const ItemWords words = itemWords(catalog, items, 1 << 20);
        QCOMPARE(words.offsets, (std::vector<std::int64_t>{0, 0, 3, 3, 5}));
        QCOMPARE(words.bucket[0], words.bucket[4]); // bag
        QCOMPARE(words.bucket[1], words.bucket[3]); // red
        QCOMPARE(words.bucket[1], words.bucket[2]);
        QVERIFY(words.bucket[0] != words.bucket[1]);
        for (const std::int64_t bucket : itemWords(catalog, items, 1).bucket) {
            QCOMPARE(bucket, std::int64_t{0});
        }
        // a model's buckets are for ever
        const std::uint64_t red = static_cast<std::uint64_t>(keyFingerprint("red"));
        QCOMPARE(itemWords(catalog, items, 1000).bucket[3], static_cast<std::int64_t>(red % 1000));
    }

    void nothingAtAll()
    {
        const ItemWords words = itemWords({{0}, {0}, {0}, {0}, {}}, {}, 8);
        QCOMPARE(words.offsets, (std::vector<std::int64_t>{0, 0}));
        QVERIFY(words.bucket.empty());
    }
};

QTEST_GUILESS_MAIN(TestItemWords)
#include "tst_item_words.moc"
