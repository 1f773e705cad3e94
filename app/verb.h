#pragma once

#include "core/base/result.h"
#include "core/base/task.h"

#include <QString>

#include <nlohmann/json.hpp>

#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace perennial {

/// What a verb has to say: the JSON of `--json`, and the same for people.
struct VerbOutput {
    nlohmann::ordered_json json;
    QString text; ///< plain lines, no trailing newline
    int exitCode = 0; ///< for a check that ran well and found something wrong
};

/// One word of the command line. A new verb is one file in app/verbs and one line in verbs.cpp.
class Verb {
public:
    virtual ~Verb() = default;
    virtual std::string name() const = 0;
    virtual QString summary() const = 0;
    /// The keys of its JSON, one a line, for `perennial VERB --help`.
    virtual QString jsonHelp() const = 0;
    /// Declares positionals and options; they write into members. `--json` is added for every verb.
    virtual void setUp(CLI::App &command) = 0;
    /// Whether it draws pages: those run with Qt's offscreen platform, without a display.
    virtual bool paints() const { return false; }
    /// @param task Ctrl-C cancels it; progress goes to standard error.
    virtual Result<VerbOutput> run(const Task &task) = 0;
};

/// All verbs, in the order of `perennial --help`.
std::vector<std::unique_ptr<Verb>> makeVerbs();

} // namespace perennial
