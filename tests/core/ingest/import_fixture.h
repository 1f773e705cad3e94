#pragma once

#include "core/ingest/import.h"
#include "tests/support/project_fixture.h"

#include <QTest>

#include <fstream>
#include <string>

namespace perennial::test {

/// A project and files to import into it.
class ImportFixture : public ProjectFixture {
public:
    std::filesystem::path write(const std::string &name, const std::string &content) const
    {
        const auto path = folder() / name;
        std::ofstream(path, std::ios::binary) << content;
        return path;
    }

    /// A generic log: columns named like the roles.
    Result<ImportReport> import(const std::string &content, ImportOptions options = {})
    {
        options.path = write("events.csv", content);
        return importFile(project(), options, Task());
    }

    std::size_t sourceCount() { return readSources(project())->size(); }
};

inline std::string codeText(const Error &error)
{
    return std::to_string(static_cast<int>(error.code)) + " " + error.detail + " | " + error.where;
}

} // namespace perennial::test

/// Fails the test with the error's data.
#define VERIFY_OK(result)                                                                          \
    do {                                                                                           \
        const auto &outcome = (result);                                                            \
        QVERIFY2(outcome.ok(), outcome.ok() ? "" : test::codeText(outcome.error()).c_str());       \
    } while (false)
#define COMPARE_ERROR(result, expected)                                                            \
    do {                                                                                           \
        const auto &outcome = (result);                                                            \
        QVERIFY(!outcome.ok());                                                                    \
        QVERIFY2(outcome.error().code == (expected), test::codeText(outcome.error()).c_str());     \
    } while (false)
