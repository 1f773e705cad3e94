#include "app/verbs/cleaning_output.h"
#include "app/verbs/error_output.h"
#include "app/verbs/import_output.h"
#include "app/verbs/open_project.h"
#include "app/verbs/user_arguments.h"
#include "app/verbs/verbs.h"
#include "core/ingest/encoding.h"
#include "core/ingest/import.h"
#include "core/ingest/own_profiles.h"
#include "core/ingest/preview.h"
#include "core/ingest/profiles.h"
#include "ui/wording/format.h"
#include "ui/wording/privacy_words.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

#include <optional>
#include <utility>

namespace perennial {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Import", text);
}

/// "role=column" and the like.
Result<std::pair<std::string, std::string>> splitPair(const std::string &text, const char *option)
{
    const std::size_t mark = text.find('=');
    if (mark == std::string::npos || mark == 0 || mark + 1 == text.size()) {
        return fail(ErrorCode::InvalidArgument, text, option);
    }
    return std::pair(text.substr(0, mark), text.substr(mark + 1));
}

Status readRoles(const std::vector<std::string> &texts, const char *option,
                 std::map<Role, std::string> &into)
{
    for (const std::string &text : texts) {
        const auto pair = splitPair(text, option);
        if (!pair) {
            return pair.error();
        }
        const auto role = roleFromName(pair->first);
        if (!role) {
            return fail(ErrorCode::InvalidArgument, pair->first, option);
        }
        into[*role] = pair->second;
    }
    return Done{};
}

/// Where nothing was mapped and the header is that of a profile, the error says which.
Error withProfileHint(Error error, const ImportOptions &options)
{
    const bool mapping = error.code == ErrorCode::MissingRole ||
                         error.code == ErrorCode::UnknownColumn ||
                         error.code == ErrorCode::BadMapping;
    if (!mapping || !options.profile.empty() || !options.recipe.columns.empty()) {
        return error;
    }
    const auto preview = previewImport(options, 1);
    if (preview && !preview->suggestedProfile.empty()) {
        error.detail += tr(" (the header is that of a profile: --profile %1)")
                            .arg(QString::fromStdString(preview->suggestedProfile))
                            .toStdString();
    }
    return error;
}

class ImportVerb final : public Verb {
public:
    std::string name() const override { return "import"; }
    QString summary() const override
    {
        return tr("Import events, users, items or campaigns from a CSV or CSV.gz file");
    }
    QString jsonHelp() const override
    {
        return importReportHelp();
    }
    void setUp(CLI::App &command) override;
    void setUpLayout(CLI::App &command);
    Result<VerbOutput> run(const Task &task) override;

private:
    Result<ImportOptions> options() const;
    Result<std::optional<ProjectKey>> key(Project &project) const;
    Status readNotation(ImportRecipe &recipe) const;
    Status readAttributes(ImportRecipe &recipe) const;
    void saveProfile(const ImportReport &report, VerbOutput &output) const;
    Status readLayout(ImportRecipe &recipe) const;

    std::string m_project, m_file, m_kind, m_profile, m_saveProfile, m_encoding, m_delimiter,
        m_quote, m_escape, m_dateFormat, m_timeZone, m_decimal, m_thousands, m_dedupe;
    int m_skipLines = -1, m_headerRows = -1;
    std::vector<std::string> m_maps, m_constants, m_kinds, m_missing, m_attributes;
    bool m_noHeader = false, m_dryRun = false, m_again = false, m_restart = false,
         m_pseudonyms = false;
    KeyArguments m_key;
};

void ImportVerb::setUpLayout(CLI::App &command)
{
    command.add_option("--encoding", m_encoding,
                       "such as UTF-8, UTF-16LE, GB18030, windows-1252; else told by the bytes");
    command.add_option("--delimiter", m_delimiter,
                       "comma, semicolon, tab, bar, blanks or a character; else found out");
    command.add_option("--quote", m_quote, "\", ' or none; else found out");
    command.add_option("--escape", m_escape, "\\ or none; else found out");
    command.add_option("--skip-lines", m_skipLines, "lines above the table; else found out")
        ->check(CLI::Range(0, kMaxSkippedLines));
    auto *rows = command
                     .add_option("--header-rows", m_headerRows,
                                 "rows that name the columns, 0 for none; else found out")
                     ->check(CLI::Range(0, kMaxHeaderRows));
    command.add_flag("--no-header", m_noHeader, "the first row is data")->excludes(rows);
}

void ImportVerb::setUp(CLI::App &command)
{
    std::string profiles = "a shipped profile, one saved with --save-profile, or a JSON file:";
    for (const ImportProfile &profile : builtInProfiles()) {
        profiles += " " + profile.name;
    }
    std::string roles = "role=column, by header or 1-based number; may be repeated. Roles:";
    for (const Role role : allRoles()) {
        roles += " " + std::string(roleName(role));
    }
    command.add_option("PROJECT", m_project, "project file")->required();
    command.add_option("FILE", m_file, "CSV or CSV.gz file")->required();
    command.add_option("--as", m_kind,
                       "what the file holds: events, users, items, campaigns, exposures (who was "
                       "addressed by a campaign) or coupons; the profile's, else events");
    command.add_option("--profile", m_profile, profiles);
    CLI::Option *save = command.add_option(
        "--save-profile", m_saveProfile,
        "keep how this file was read as a profile of this name: --profile takes it, and the window "
        "offers it for files with the same header");
    command.add_option("--map", m_maps, roles)->allow_extra_args(false);
    command.add_option("--set", m_constants, "role=value for every row, such as kind=purchase")
        ->allow_extra_args(false);
    command
        .add_option("--kind", m_kinds, "word=kind, a name that the file has for a kind of event")
        ->allow_extra_args(false);
    setUpLayout(command);
    command.add_option("--date-format", m_dateFormat,
                       "such as dd/mm/yyyy, \"yyyy-mm-dd HH:MM:SS\", unix, unix_ms; else ISO 8601 "
                       "and yyyymmdd, or what alone reads the dates");
    command.add_option("--time-zone", m_timeZone,
                       "of times without an offset, such as Europe/Berlin; else UTC");
    command.add_option("--decimal", m_decimal, "decimal mark; else what alone reads the numbers");
    command.add_option("--thousands", m_thousands,
                       "thousands mark; else what alone reads the numbers, or none");
    command
        .add_option("--missing", m_missing, "a text that stands for nothing, such as NA; may be "
                                            "repeated")
        ->allow_extra_args(false);
    command
        .add_option("--attribute", m_attributes,
                    "column=text|number|date|personal|drop|band: what becomes of a column of users "
                    "or items; may be repeated. band keeps of a number its ten (34: 30-39) and of "
                    "a date its year, band:5 the five, band:month and band:quarter that; the value "
                    "itself is not stored, nor the text of rejected rows")
        ->allow_extra_args(false);
    command.add_option("--dedupe", m_dedupe, "none, exact or event_id");
    command.add_flag("--dry-run", m_dryRun, "read and check everything, write nothing")
        ->excludes(save);
    command.add_flag("--again", m_again, "also when the project has the same content already");
    command.add_flag("--restart", m_restart,
                     "drop what an interrupted import of the file left, and begin anew");
    CLI::Option *pseudonyms = command.add_flag(
        "--pseudonyms", m_pseudonyms,
        "store users under pseudonyms; their key stays outside the project, is made with the first "
        "import and sealed where a passphrase is given");
    m_key.setUp(command, pseudonyms);
}

/// An option's text as a value, where it is given.
template <class T>
Status readOption(const std::string &text, const char *option, auto read, std::optional<T> &into)
{
    if (text.empty()) {
        return Done{};
    }
    into = read(text);
    return into ? Status(Done{}) : fail(ErrorCode::InvalidArgument, text, option);
}

Status ImportVerb::readLayout(ImportRecipe &recipe) const
{
    for (const Status &status :
         {readOption(m_encoding, "--encoding", encodingFromName, recipe.encoding),
          readOption(m_delimiter, "--delimiter", delimiterFromName, recipe.delimiter),
          readOption(m_quote, "--quote", quoteFromName, recipe.quote),
          readOption(m_escape, "--escape", escapeFromName, recipe.escape)}) {
        if (!status) {
            return status;
        }
    }
    if (m_skipLines >= 0) {
        recipe.skipLines = m_skipLines;
    }
    if (m_headerRows >= 0) {
        recipe.headerRows = m_headerRows;
    }
    if (m_noHeader) {
        recipe.headerRows = 0;
    }
    return Done{};
}

Status ImportVerb::readNotation(ImportRecipe &recipe) const
{
    if (!m_dedupe.empty()) {
        recipe.dedupe = dedupeFromName(m_dedupe);
        if (!recipe.dedupe) {
            return fail(ErrorCode::InvalidArgument, m_dedupe, "--dedupe");
        }
    }
    if (m_decimal.size() > 1) {
        return fail(ErrorCode::InvalidArgument, m_decimal, "--decimal");
    }
    if (!m_decimal.empty()) {
        recipe.decimalMark = m_decimal.front();
    }
    if (!m_thousands.empty()) {
        recipe.thousandsMark = m_thousands;
    }
    if (!m_dateFormat.empty()) {
        recipe.dateFormat = m_dateFormat;
    }
    if (!m_timeZone.empty()) {
        recipe.timeZone = m_timeZone;
    }
    return Done{};
}

Status ImportVerb::readAttributes(ImportRecipe &recipe) const
{
    for (const std::string &text : m_attributes) {
        const auto pair = splitPair(text, "--attribute");
        if (!pair) {
            return pair.error();
        }
        AttributeRule &rule = recipe.attributes[pair->first];
        if (pair->second == "personal") {
            rule.personal = true;
        } else if (pair->second == "drop") {
            rule.drop = true;
        } else if (pair->second == "band") {
            rule.band = Banding();
        } else if (pair->second.starts_with("band:")) {
            const auto band = bandingFromText(pair->second.substr(5));
            if (!band) {
                return fail(ErrorCode::InvalidArgument, pair->second, "--attribute");
            }
            rule.band = *band;
        } else if (const auto type = attributeTypeFromName(pair->second)) {
            rule.type = type;
        } else {
            return fail(ErrorCode::InvalidArgument, pair->second, "--attribute");
        }
    }
    return Done{};
}

Result<ImportOptions> ImportVerb::options() const
{
    ImportOptions options;
    options.path = m_file;
    options.profile = m_profile;
    options.dryRun = m_dryRun;
    options.again = m_again;
    options.restart = m_restart;
    for (const Status &status : {readRoles(m_maps, "--map", options.recipe.columns),
                                 readRoles(m_constants, "--set", options.recipe.constants),
                                 readLayout(options.recipe), readNotation(options.recipe)}) {
        if (!status) {
            return status.error();
        }
    }
    if (!m_saveProfile.empty()) {
        if (const auto named = checkProfileName(m_saveProfile); !named) {
            return fail(ErrorCode::InvalidArgument, m_saveProfile, "--save-profile");
        }
    }
    options.recipe.missing = m_missing;
    for (const Status &status :
         {readOption(m_kind, "--as", contentsFromName, options.recipe.contents),
          readAttributes(options.recipe)}) {
        if (!status) {
            return status.error();
        }
    }
    for (const std::string &text : m_kinds) {
        const auto pair = splitPair(text, "--kind");
        if (!pair) {
            return pair.error();
        }
        const auto kind = eventKindFromName(pair->second);
        if (!kind) {
            return fail(ErrorCode::InvalidArgument, pair->second, "--kind");
        }
        options.recipe.kinds[pair->first] = *kind;
    }
    return options;
}

Result<std::optional<ProjectKey>> ImportVerb::key(Project &project) const
{
    if (!m_pseudonyms) {
        return std::optional<ProjectKey>();
    }
    const auto request = m_key.request();
    if (!request) {
        return request.error();
    }
    auto key = keyForImport(project, *request);
    return key ? Result<std::optional<ProjectKey>>(std::move(*key)) : key.error();
}

Result<VerbOutput> ImportVerb::run(const Task &task)
{
    auto importOptions = options();
    if (!importOptions) {
        return importOptions.error();
    }
    auto project =
        m_dryRun ? openToRead(m_project) : Project::open(m_project, Project::Access::ReadWrite);
    if (!project) {
        return project.error();
    }
    const auto usersKey = key(*project);
    if (!usersKey) {
        return usersKey.error();
    }
    if (*usersKey) {
        importOptions->pseudonyms = (*usersKey)->pseudonyms;
    }
    const auto report = importFile(*project, *importOptions, task);
    if (!report) {
        return withProfileHint(report.error(), *importOptions);
    }
    VerbOutput output{importReportJson(*report), importReportText(*report, m_dryRun)};
    output.json["pseudonyms"] = projectKeyJson(*usersKey);
    if (*usersKey) {
        output.text += u'\n' + projectKeyText(**usersKey);
    }
    if (!m_dryRun) {
        const auto totals = readCleaningTotals(*project);
        if (!totals) {
            return totals.error();
        }
        output.json["project"] = cleaningTotalsJson(*totals);
    }
    saveProfile(*report, output);
    return output;
}

/// The import is done: what keeps the profile from being saved takes nothing back.
void ImportVerb::saveProfile(const ImportReport &report, VerbOutput &output) const
{
    output.json["saved_profile"] = nullptr;
    output.json["profile_error"] = nullptr;
    if (m_saveProfile.empty()) {
        return;
    }
    const QString name = QString::fromStdString(m_saveProfile);
    const auto saved = saveOwnProfile({m_saveProfile, report.header, 0, false, report.recipe});
    if (saved) {
        output.json["saved_profile"] = m_saveProfile;
        output.text += u'\n' + tr("Saved as profile %1.").arg(name);
        return;
    }
    output.json["profile_error"] = errorJson(saved.error());
    output.text +=
        u'\n' + tr("Profile %1 was not saved: %2").arg(name, errorText(saved.error()));
    output.exitCode = 1;
}

} // namespace

std::unique_ptr<Verb> makeImportVerb()
{
    return std::make_unique<ImportVerb>();
}

} // namespace perennial
