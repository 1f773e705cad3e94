#include "app/verbs/user_arguments.h"

#include <CLI/CLI.hpp>

namespace perennial {

void KeyArguments::setUp(CLI::App &command, CLI::Option *needs)
{
    command.add_option("--key", m_file,
                       "key file of the pseudonyms (one per project in the user's data folder)")
        ->needs(needs);
    command.add_option("--passphrase-file", m_passphraseFile,
                       "file whose first line opens the key; else PERENNIAL_PASSPHRASE")
        ->needs(needs);
}

Result<KeyRequest> KeyArguments::request() const
{
    KeyRequest request;
    request.file = m_file;
    if (!m_passphraseFile.empty()) {
        auto passphrase = Passphrase::fromFile(m_passphraseFile);
        if (!passphrase) {
            return passphrase.error();
        }
        request.passphrase.emplace(std::move(*passphrase));
        return request;
    }
    auto passphrase = Passphrase::fromEnvironment();
    if (!passphrase) {
        return passphrase.error();
    }
    if (*passphrase) {
        request.passphrase.emplace(std::move(**passphrase));
    }
    return request;
}

CLI::Option *UserArguments::setUp(CLI::App &command, const std::string &help)
{
    CLI::Option *user = command.add_option("--user", m_user, help);
    CLI::Option *realId = command.add_flag(
        "--real-id", m_realId, "--user is the id from before it was replaced by a pseudonym");
    realId->needs(user);
    m_key.setUp(command, realId);
    return user;
}

Result<std::string> UserArguments::key(const Project &project) const
{
    if (!m_realId) {
        return m_user;
    }
    const auto request = m_key.request();
    if (!request) {
        return request.error();
    }
    const auto key = keyOf(project, *request);
    return key ? Result<std::string>(key->pseudonyms->pseudonym(m_user)) : key.error();
}

} // namespace perennial
