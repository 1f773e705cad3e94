#include "core/privacy/key_file.h"
#include "core/privacy/project_key.h"
#include "core/privacy/pseudonym.h"
#include "core/project/database.h"
#include "core/project/user_naming.h"
#include "tests/support/project_fixture.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sodium.h>
#include <sys/stat.h>

#include <array>
#include <fstream>

using namespace perennial;
namespace fs = std::filesystem;

namespace {

SecretKey countingKey()
{
    std::array<unsigned char, 32> bytes;
    for (std::size_t k = 0; k < bytes.size(); ++k) {
        bytes[k] = static_cast<unsigned char>(k);
    }
    return SecretKey::copyOf(bytes).value();
}

mode_t modeOf(const fs::path &path)
{
    struct stat status {};
    return stat(path.c_str(), &status) == 0 ? status.st_mode & 07777 : 0;
}

template <class T>
ErrorCode codeOf(const Result<T> &result)
{
    return result ? ErrorCode::Internal : result.error().code;
}

Passphrase phrase(const char *text)
{
    return Passphrase::from(text, "test").value();
}

} // namespace

class TestPseudonym : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void libraryGivesThePublishedHash();
    void pseudonymsAreKeyedBlake2b();
    void keysDiffer();
    void plainKeyFileRoundTrip();
    void unusableKeyFilesAreRefused();
    void sealedKeyFileRoundTrip();
    void passphrases();
    void defaultPlace();
    void namingIsSettledOnce();
    void keyForImportMakesOneKey();
    void keyForImportRefuses();
    void dryRunMakesNothing();

private:
    fs::path file(const char *name) const { return m_folder->filePath(name).toStdString(); }
    void write(const char *name, const std::string &bytes, mode_t mode = 0600) const
    {
        std::ofstream(file(name), std::ios::binary) << bytes;
        chmod(file(name).c_str(), mode);
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestPseudonym::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("XDG_DATA_HOME", m_folder->filePath("data").toUtf8());
}

// BLAKE2's own test vectors for a key of 64 bytes (blake2b-kat.txt), so that what the pseudonyms
// rest on is BLAKE2b with a key and nothing else.
void TestPseudonym::libraryGivesThePublishedHash()
{
    std::array<unsigned char, 64> key, hash;
    for (std::size_t k = 0; k < key.size(); ++k) {
        key[k] = static_cast<unsigned char>(k);
    }
    const auto hex = [&](const unsigned char *text, unsigned long long size) {
        crypto_generichash(hash.data(), hash.size(), text, size, key.data(), key.size());
        return QByteArray(reinterpret_cast<const char *>(hash.data()), 64).toHex();
    };
    const unsigned char zero = 0;
    QCOMPARE(hex(nullptr, 0),
             QByteArray("10ebb67700b1868efb4417987acf4690ae9d972fb7a590c2f02871799aaa4786"
                        "b5e996e8f0f4eb981fc214b005f42d2ff4233499391653df7aefcbc13fc51568"));
    QCOMPARE(hex(&zero, 1),
             QByteArray("961f6dd1e4dd30f63901690c512e78e4b45e4742ed197c3c5e45c549fd25f2e4"
                        "187b0bc9fe30492b16b0d0bc4ef9b0f34c7003fac09a5ef1532e69430234cebd"));
}

// Reference: Python's hashlib.blake2b(id, key=bytes(range(32)), digest_size=16).
void TestPseudonym::pseudonymsAreKeyedBlake2b()
{
    const Pseudonymizer pseudonyms(countingKey());
    QCOMPARE(pseudonyms.pseudonym("U-0000001"), "p-02049f355e495c040bb9b87e82390288");
    QCOMPARE(pseudonyms.pseudonym("17850"), "p-a6e8d4b4c475459c29ef55b936d1a5a2");
    QCOMPARE(pseudonyms.pseudonym("m\xc3\xbcller"), "p-c9aa485bfd37cc331e0074f4838e7950");
    QCOMPARE(pseudonyms.fingerprint(), "ce5981eda7edbf43ef3cbf659b59007b");
}

void TestPseudonym::keysDiffer()
{
    const Pseudonymizer one(SecretKey::random().value()), other(SecretKey::random().value());
    QVERIFY(one.pseudonym("a") != other.pseudonym("a"));
    QVERIFY(one.fingerprint() != other.fingerprint());
    QVERIFY(one.pseudonym("a") != one.pseudonym("A"));
    QCOMPARE(one.pseudonym("a"), one.pseudonym("a"));
}

void TestPseudonym::plainKeyFileRoundTrip()
{
    const fs::path path = file("deep/er/k.key");
    const auto key = createKeyFile(path, nullptr);
    QVERIFY(key.ok());
    QCOMPARE(modeOf(path), mode_t{0600});
    QCOMPARE(modeOf(path.parent_path()), mode_t{0700});
    QCOMPARE(fs::file_size(path), std::uintmax_t{32});
    const auto read = readKeyFile(path, nullptr);
    QVERIFY(read.ok());
    QVERIFY(!read->sealed);
    QVERIFY(std::ranges::equal(read->key.bytes(), key->bytes()));
    QCOMPARE(codeOf(createKeyFile(path, nullptr)), ErrorCode::AlreadyExists);
    QVERIFY(std::ranges::equal(readKeyFile(path, nullptr)->key.bytes(), key->bytes()));
}

void TestPseudonym::unusableKeyFilesAreRefused()
{
    QCOMPARE(codeOf(readKeyFile(file("none"), nullptr)), ErrorCode::FileMissing);
    QCOMPARE(codeOf(readKeyFile(file(""), nullptr)), ErrorCode::IsDirectory);
    for (const std::size_t size : {0u, 1u, 31u, 33u, 95u, 97u, 5000u}) {
        write("bad", std::string(size, 'k'));
        QCOMPARE(codeOf(readKeyFile(file("bad"), nullptr)), ErrorCode::BadKeyFile);
    }
    write("like-sealed", std::string(96, 'k'));
    const Passphrase right = phrase("x");
    QCOMPARE(codeOf(readKeyFile(file("like-sealed"), &right)), ErrorCode::BadKeyFile);
    write("newer", std::string("PERNKEY\x02") + std::string(88, 'k'));
    const auto newer = readKeyFile(file("newer"), &right);
    QCOMPARE(codeOf(newer), ErrorCode::BadKeyFile);
    QCOMPARE(newer.error().detail, "version 2");
    for (const mode_t mode : {0640u, 0604u, 0620u, 0610u, 0666u}) {
        write("open", std::string(32, 'k'), mode);
        const auto open = readKeyFile(file("open"), nullptr);
        QCOMPARE(codeOf(open), ErrorCode::UnsafeKeyFile);
        QCOMPARE(open.error().detail,
                 "0" + QString::number(static_cast<uint>(mode), 8).toStdString());
    }
    write("closed", std::string(32, 'k'), 0400);
    QVERIFY(readKeyFile(file("closed"), nullptr).ok());
    QCOMPARE(codeOf(createKeyFile(file(""), nullptr)), ErrorCode::IsDirectory);
    write("a-file", "x");
    QCOMPARE(codeOf(createKeyFile(file("a-file/k.key"), nullptr)), ErrorCode::NotWritable);
}

void TestPseudonym::sealedKeyFileRoundTrip()
{
    const fs::path path = file("sealed.key");
    const Passphrase right = phrase("correct horse"), wrong = phrase("correct horsE");
    const auto key = createKeyFile(path, &right);
    QVERIFY(key.ok());
    QCOMPARE(modeOf(path), mode_t{0600});
    QFile bytes(QString::fromStdString(path.string()));
    QVERIFY(bytes.open(QIODevice::ReadOnly));
    QByteArray stored = bytes.readAll();
    bytes.close();
    QVERIFY(!stored.contains(
        QByteArray(reinterpret_cast<const char *>(key->bytes().data()), 32)));
    const auto read = readKeyFile(path, &right);
    QVERIFY(read.ok());
    QVERIFY(read->sealed);
    QVERIFY(std::ranges::equal(read->key.bytes(), key->bytes()));
    QCOMPARE(codeOf(readKeyFile(path, nullptr)), ErrorCode::PassphraseNeeded);
    QCOMPARE(codeOf(readKeyFile(path, &wrong)), ErrorCode::WrongPassphrase);
    stored[90] = static_cast<char>(stored[90] ^ 1);
    write("changed.key", stored.toStdString());
    QCOMPARE(codeOf(readKeyFile(file("changed.key"), &right)), ErrorCode::WrongPassphrase);
}

void TestPseudonym::passphrases()
{
    write("p", "a secret\r\nsecond line\n");
    QCOMPARE(std::string(Passphrase::fromFile(file("p"))->text()), "a secret");
    write("p", "no line end");
    QCOMPARE(std::string(Passphrase::fromFile(file("p"))->text()), "no line end");
    write("p", "\nsecond");
    QCOMPARE(codeOf(Passphrase::fromFile(file("p"))), ErrorCode::InvalidArgument);
    write("p", std::string(1024, 'x'));
    QVERIFY(Passphrase::fromFile(file("p")).ok());
    write("p", std::string(1025, 'x'));
    QCOMPARE(codeOf(Passphrase::fromFile(file("p"))), ErrorCode::InvalidArgument);
    QCOMPARE(codeOf(Passphrase::fromFile(file("none"))), ErrorCode::FileMissing);
    QCOMPARE(codeOf(Passphrase::fromFile(file(""))), ErrorCode::IsDirectory);

    qunsetenv("PERENNIAL_PASSPHRASE");
    QVERIFY(!Passphrase::fromEnvironment()->has_value());
    qputenv("PERENNIAL_PASSPHRASE", "from outside");
    QCOMPARE(std::string((*Passphrase::fromEnvironment())->text()), "from outside");
    qunsetenv("PERENNIAL_PASSPHRASE");
}

void TestPseudonym::defaultPlace()
{
    QCOMPARE(defaultKeyPath("abc").value(), file("data/perennial/keys/abc.key"));
    qputenv("XDG_DATA_HOME", "relative");
    qputenv("HOME", m_folder->path().toUtf8());
    QCOMPARE(defaultKeyPath("abc").value(), file(".local/share/perennial/keys/abc.key"));
}

void TestPseudonym::namingIsSettledOnce()
{
    test::ProjectFixture fixture;
    Project &project = fixture.project();
    QVERIFY(!pseudonymFingerprint(project)->has_value());
    QVERIFY(settleUserNaming(project, "one").ok());
    // Nobody is named so yet: another choice is free, and an import taken back leaves it free.
    QVERIFY(settleUserNaming(project, std::nullopt).ok());
    QVERIFY(settleUserNaming(project, "two").ok());
    const std::int64_t source = fixture.add({{"p-1", "", EventKind::View, 0, 0, ""}});
    QCOMPARE(pseudonymFingerprint(project)->value(), "two");
    QVERIFY(settleUserNaming(project, "two").ok());
    QCOMPARE(codeOf(settleUserNaming(project, "one")), ErrorCode::WrongKey);
    QCOMPARE(settleUserNaming(project, "one").error().detail, "two / one");
    QCOMPARE(codeOf(settleUserNaming(project, std::nullopt)), ErrorCode::PseudonymsNeeded);
    QVERIFY(removeSource(project, source).ok());
    QVERIFY(!pseudonymFingerprint(project)->has_value());
    QVERIFY(settleUserNaming(project, std::nullopt).ok());
    fixture.add({{"anna", "", EventKind::View, 0, 0, ""}});
    QCOMPARE(codeOf(settleUserNaming(project, "two")), ErrorCode::NotPseudonymised);
    QVERIFY(settleUserNaming(project, std::nullopt).ok());
    QCOMPARE(ensureProjectId(project)->size(), std::size_t{32});
    QCOMPARE(*ensureProjectId(project), *projectId(project));
}

void TestPseudonym::keyForImportMakesOneKey()
{
    test::ProjectFixture fixture;
    const auto first = keyForImport(fixture.project(), {});
    QVERIFY(first.ok());
    QVERIFY(first->created && !first->sealed);
    QCOMPARE(first->file, *defaultKeyPath(*projectId(fixture.project())));
    const auto second = keyForImport(fixture.project(), {});
    QVERIFY(second.ok() && !second->created);
    QCOMPARE(second->pseudonyms->fingerprint(), first->pseudonyms->fingerprint());
    QCOMPARE(codeOf(keyOf(fixture.project(), {})), ErrorCode::NotPseudonymised);
    QVERIFY(settleUserNaming(fixture.project(), first->pseudonyms->fingerprint()).ok());
    fixture.add({{first->pseudonyms->pseudonym("anna"), "", EventKind::View, 0, 0, ""}});
    QCOMPARE(keyOf(fixture.project(), {})->pseudonyms->pseudonym("anna"),
             first->pseudonyms->pseudonym("anna"));

    // Gone, it is not made again: it would be another one.
    fs::remove(first->file);
    QCOMPARE(codeOf(keyForImport(fixture.project(), {})), ErrorCode::FileMissing);
    QVERIFY(!fs::exists(first->file));
    QCOMPARE(codeOf(keyOf(fixture.project(), {})), ErrorCode::FileMissing);
    write("other.key", std::string(32, 'o'));
    KeyRequest other;
    other.file = file("other.key");
    QCOMPARE(codeOf(keyForImport(fixture.project(), other)), ErrorCode::WrongKey);
    QCOMPARE(codeOf(keyOf(fixture.project(), other)), ErrorCode::WrongKey);
}

void TestPseudonym::keyForImportRefuses()
{
    test::ProjectFixture fixture;
    for (const char *own : {"test.perennial", "test.perennial-wal", "test.perennial.key"}) {
        KeyRequest request;
        request.file = fixture.folder() / own;
        const auto key = keyForImport(fixture.project(), request);
        QCOMPARE(codeOf(key), ErrorCode::InvalidArgument);
        QCOMPARE(key.error().where, "--key");
    }
    fixture.project().database().execute(
        "INSERT OR REPLACE INTO setting VALUES ('project_id', '../../../../etc/x')");
    QCOMPARE(codeOf(keyForImport(fixture.project(), {})), ErrorCode::Damaged);
    fixture.add({{"anna", "", EventKind::View, 0, 0, ""}});
    KeyRequest request;
    request.file = file("fresh.key");
    QCOMPARE(codeOf(keyForImport(fixture.project(), request)), ErrorCode::NotPseudonymised);
    QVERIFY(!fs::exists(file("fresh.key")));
}

void TestPseudonym::dryRunMakesNothing()
{
    test::ProjectFixture fixture;
    const fs::path path = fixture.project().path();
    fixture.close();
    auto project = Project::open(path, Project::Access::ReadOnly);
    const auto key = keyForImport(*project, {});
    QVERIFY(key.ok());
    QVERIFY(key->file.empty() && !key->created);
    KeyRequest request;
    request.file = file("fresh.key");
    QVERIFY(keyForImport(*project, request).ok());
    QVERIFY(!fs::exists(file("fresh.key")));
    QVERIFY(!fs::exists(file("data")));
}

QTEST_APPLESS_MAIN(TestPseudonym)
#include "tst_pseudonym.moc"
