// A project file that is a sound database with values in it that no version of the program writes.

#include "tests/fuzz/fuzz_support.h"
#include "tests/fuzz/project_readers.h"
#include "tests/fuzz/tiny_project.h"

#include "core/project/database.h"

#include <bit>
#include <iterator>

using namespace perennial;

namespace {

struct Column {
    std::string table, name;
};

std::vector<Column> columnsOf(const std::filesystem::path &path)
{
    std::vector<Column> columns;
    Database database(path, Database::Mode::ReadOnly);
    Statement query(database, "SELECT m.name, p.name FROM sqlite_schema m "
                              "JOIN pragma_table_info(m.name) p WHERE m.type = 'table' "
                              "AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, p.cid");
    while (query.step()) {
        columns.push_back({query.text(0), query.text(1)});
    }
    return columns;
}

void bindValue(Statement &statement, fuzz::Input &input)
{
    constexpr std::int64_t kIntegers[] = {
        0,         1,         -1,        2,          11,        63,        INT32_MAX,
        INT32_MIN, INT64_MAX, INT64_MIN, UINT32_MAX, 1LL << 40, 1LL << 28, 4'000'000'000'000};
    constexpr double kReals[] = {0.0, -1.5, 1e300, -1e300, 1e18, 1e-300};
    switch (input.below(6)) {
    case 0:
        statement.bind(1, kIntegers[input.below(std::size(kIntegers))]);
        break;
    case 1:
        statement.bind(1, std::bit_cast<std::int64_t>(input.integer()));
        break;
    case 2:
        statement.bind(1, kReals[input.below(std::size(kReals))]);
        break;
    case 3:
        statement.bind(1, std::string_view(input.text(input.below(64))));
        break;
    case 4: {
        const std::string bytes = input.text(input.below(64));
        statement.bind(1, std::as_bytes(std::span(bytes)));
        break;
    }
    default:
        statement.bind(1, nullptr);
        break;
    }
}

/// Writes a value into one row of a column, or all of them.
void change(Database &database, const Column &column, fuzz::Input &input)
{
    const std::size_t row = input.below(12);
    const std::string where = row == 0 ? ""
                                       : " WHERE rowid = (SELECT rowid FROM " + column.table +
                                             " ORDER BY rowid LIMIT 1 OFFSET " +
                                             std::to_string(row - 1) + ")";
    Statement update(database,
                     "UPDATE OR IGNORE " + column.table + " SET " + column.name + " = ?" + where);
    bindValue(update, input);
    update.run();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const fuzz::Folder folder;
    static const std::string bytes = fuzz::laxProjectBytes();
    static const std::vector<Column> columns = columnsOf(folder.write("columns.perennial", bytes));
    fuzz::Input input(data, size);
    folder.clear();
    const auto path = folder.write("fuzz.perennial", bytes);
    try {
        Database database(path, Database::Mode::ReadWrite);
        database.execute("PRAGMA synchronous = OFF; BEGIN");
        for (int k = 0; k < 8 && !input.atEnd(); ++k) {
            change(database, columns[input.below(columns.size())], input);
        }
        database.execute("COMMIT");
    } catch (const SqlFailure &) {
        return 0; // a value that not even SQLite takes
    }
    fuzz::salvageWhatIsThere(path);
    if (const auto project = Project::open(path, Project::Access::ReadOnly)) {
        fuzz::readEverything(*project);
    }
    if (auto project = Project::open(path, Project::Access::ReadWrite)) {
        fuzz::changeThings(*project);
    }
    return 0;
}
