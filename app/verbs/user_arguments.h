#pragma once

#include "core/privacy/project_key.h"
#include "core/project/project.h"

#include <string>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace perennial {

/// Where a key is and what opens it, as several verbs take it: --key and --passphrase-file.
class KeyArguments {
public:
    /// @param needs the option without which these mean nothing.
    void setUp(CLI::App &command, CLI::Option *needs);
    /// The passphrase from its file, else from PERENNIAL_PASSPHRASE.
    /// @error as Passphrase::fromFile and fromEnvironment.
    Result<KeyRequest> request() const;

private:
    std::string m_file, m_passphraseFile;
};

/// One user as several verbs take him: --user, and with --real-id his id in a project that has
/// pseudonyms.
class UserArguments {
public:
    /// @return the option --user
    CLI::Option *setUp(CLI::App &command, const std::string &help);
    bool given() const noexcept { return !m_user.empty(); }
    /// His key in the project. @error what keyOf says.
    Result<std::string> key(const Project &project) const;

private:
    std::string m_user;
    bool m_realId = false;
    KeyArguments m_key;
};

} // namespace perennial
