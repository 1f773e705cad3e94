#pragma once

#include "core/project/audit.h"
#include "core/project/database.h"
#include "core/project/event_writer.h"
#include "core/project/import_store.h"
#include "core/project/row_hasher.h"
#include "core/project/run_store.h"
#include "core/project/scenario_store.h"
#include "core/project/settings.h"
#include "tests/support/project_fixture.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

namespace perennial::test {

inline std::string readBytes(const std::filesystem::path &path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline void writeBytes(const std::filesystem::path &path, const std::string &bytes)
{
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

/// A project of two sources with users, described items, orders, rejected rows, settings, a
/// scenario and a model, closed, so that its file is all there is.
class DamagedFile {
public:
    static constexpr int kChunks = 4, kChunkEvents = 500;
    static constexpr Money kMarkedAmount = 0x12345660;
    static constexpr UtcSecond kMarkedTime = 0x5F5E5D20;

    DamagedFile()
    {
        fillSource("first.csv", 0);
        fillSource("second.csv", 1);
        check(buildEventIndexes(m_fixture.project()));
        check(writeSettings(m_fixture.project(), {}));
        ScenarioRecord scenario;
        scenario.name = "more";
        scenario.definition = scenario.outcome = "{}";
        check(saveScenario(m_fixture.project(), scenario));
        addRun();
        m_fixture.close();
        m_bytes = readBytes(path());
    }

    std::filesystem::path path() const { return m_fixture.folder() / "test.perennial"; }
    std::filesystem::path folder() const { return m_fixture.folder(); }
    const std::string &bytes() const { return m_bytes; }
    /// Replaces the file, and what a reader may have left beside it.
    void put(const std::string &bytes) const
    {
        for (const char *suffix : {"-wal", "-shm"}) {
            std::filesystem::remove(path().string() + suffix);
        }
        writeBytes(path(), bytes);
    }

private:
    template <class T>
    static void check(const Result<T> &result)
    {
        if (!result) {
            qFatal("fixture: error %d %s", static_cast<int>(result.error().code),
                   result.error().detail.c_str());
        }
    }

    void fillSource(const std::string &name, int part)
    {
        SourceRecord source;
        source.name = name;
        source.hash = name;
        const std::int64_t id = *beginSource(m_fixture.project(), source);
        auto writer = EventWriter::open(m_fixture.project(), id);
        ImportChunk chunk;
        for (int number = 0; number < kChunks; ++number) {
            check(writer->begin());
            fillChunk(*writer, chunk, part * kChunks + number);
            check(logChunk(m_fixture.project(), id, chunk));
            check(writer->commit());
        }
        check(finishSource(m_fixture.project(), id));
    }

    static void fillChunk(EventWriter &writer, ImportChunk &chunk, int number)
    {
        for (int k = number * kChunkEvents; k < (number + 1) * kChunkEvents; ++k) {
            EventRow row;
            row.user = *writer.code(Dictionary::User, "customer-" + std::to_string(k * 7 % 611));
            row.item = *writer.code(Dictionary::Item, "article-" + std::to_string(k % 90));
            row.order = *writer.code(Dictionary::Order, "order-" + std::to_string(k / 3));
            row.channel = *writer.code(Dictionary::Channel, k % 2 == 0 ? "web" : "shop");
            check(writer.describeItem(
                row.item, {"name of " + std::to_string(row.item), "things", 10'000 * row.item}));
            row.at = 1'577'836'800 + 3600 * k;
            row.amount = 10'000 * (k % 200) + 2500;
            row.quantity = k % 5 == 0 ? 1.5 : 2;
            if (k % kChunkEvents == 250) { // told apart in the file's bytes, and by its chunk
                row.kind = EventKind::View;
                row.amount = kMarkedAmount + number;
                row.at = kMarkedTime + number;
            }
            check(writer.add(row));
            chunk.totals.stored.rows += 1;
            chunk.totals.stored.amount += row.amount;
        }
        chunk.rejected.clear();
        for (int k = 0; k < 20; ++k) {
            chunk.rejected.push_back({chunk.committedLines + k + 1, "bad_date", "at",
                                      "rejected text " + std::to_string(number * 20 + k)});
        }
        chunk.totals.rejected.rows += 20;
        chunk.totals.read.rows = chunk.totals.stored.rows + chunk.totals.rejected.rows;
        chunk.totals.read.amount = chunk.totals.stored.amount;
        chunk.committedLines += kChunkEvents + 20;
        chunk.committedBytes += 40'000;
        chunk.hash = "bytes of " + std::to_string(number);
    }

    void addRun()
    {
        RunRecord run;
        run.model = "behavior";
        run.device = "cpu";
        run.config = "{}";
        run.id = *beginRun(m_fixture.project(), run);
        check(addEpoch(m_fixture.project(), run.id, {{1, "loss", 0.5}, {2, "loss", 0.25}}));
        WeightBlob weight;
        weight.name = "embedding";
        weight.type = "float32";
        weight.shape = {64, 40};
        weight.data.assign(64 * 40 * 4, std::byte{7});
        run.state = RunState::Done;
        check(finishRun(m_fixture.project(), run, {weight}));
    }

    ProjectFixture m_fixture;
    std::string m_bytes;
};

/// Every table's hash, and of the schema; throws where something can't be read.
inline std::map<std::string, std::string> contentOf(const std::filesystem::path &path)
{
    Database database(path, Database::Mode::ReadOnly);
    std::vector<std::string> tables;
    Statement names(database, "SELECT name FROM sqlite_master WHERE type = 'table' "
                              "AND name NOT LIKE 'sqlite_%' ORDER BY name");
    while (names.step()) {
        tables.push_back(names.text(0));
    }
    std::map<std::string, std::string> content;
    for (const std::string &table : tables) {
        Statement rows(database, "SELECT * FROM \"" + table + "\"");
        content[table] = hashRows(rows);
    }
    Statement schema(database, "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name");
    content["schema"] = hashRows(schema);
    content["version"] = std::to_string(database.integer("PRAGMA user_version"));
    return content;
}

} // namespace perennial::test
