#include "app/command_line.h"

#include "app/interrupt.h"
#include "core/neural/runtime.h"
#include "core/project/project.h"
#include "ui/error_text.h"
#include "ui/wording/words.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace perennial {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("CommandLine", text);
}

void print(std::FILE *stream, const QString &text)
{
    std::fputs((text + u'\n').toUtf8().constData(), stream);
}

// On a terminal one line that moves; elsewhere a line per stage, so that a log stays short.
class ProgressPrinter {
public:
    void operator()(double fraction, std::string_view stage)
    {
        const int percent = static_cast<int>(fraction * 100.0);
        if (stage == m_stage && percent == m_percent) {
            return;
        }
        if (m_terminal) {
            std::fprintf(stderr, "\r\x1b[K%3d %%  %.*s", percent, static_cast<int>(stage.size()),
                         stage.data());
            m_open = true;
        } else if (stage != m_stage) {
            std::fprintf(stderr, "%.*s\n", static_cast<int>(stage.size()), stage.data());
        }
        std::fflush(stderr);
        m_stage = stage;
        m_percent = percent;
    }

    void finish()
    {
        if (m_open) {
            std::fputs("\r\x1b[K", stderr);
        }
    }

private:
    const bool m_terminal = isatty(STDERR_FILENO) == 1;
    bool m_open = false;
    std::string m_stage;
    int m_percent = -1;
};

void printErrorJson(ErrorCode code, const std::string &message, const std::string &where)
{
    const nlohmann::ordered_json body{{"error",
                                       {{"code", errorCodeName(code).toStdString()},
                                        {"message", message},
                                        {"where", where}}}};
    // A file's name need not be UTF-8, and must not end the program here.
    print(stdout, QString::fromStdString(
                      body.dump(2, ' ', false, nlohmann::json::error_handler_t::replace)));
}

int reportError(const Error &error, bool json)
{
    if (json) {
        printErrorJson(error.code, errorText(error).toStdString(), error.where);
    }
    print(stderr, QStringLiteral("perennial: ") + errorText(error));
    if (const QString advice = errorAdvice(error.code); !advice.isEmpty()) {
        print(stderr, QStringLiteral("  ") + advice);
    }
    return exitCodeOf(error.code);
}

/// Of arguments that no verb has seen yet: CLI11's own words, such as "--order: luck not in
/// {score,value}", and for who asked for JSON as JSON too.
int reportUsage(const CLI::App &program, const CLI::ParseError &error, bool json)
{
    if (program.exit(error) == 0) {
        return 0; // help
    }
    if (json) {
        const std::string said = error.what();
        const auto chosen = program.get_subcommands();
        const std::string verb = chosen.empty() ? std::string() : ' ' + chosen.front()->get_name();
        const QString advice = tr("Run perennial%1 --help for what it takes.")
                                   .arg(QString::fromStdString(verb));
        const std::size_t colon = said.starts_with("--") ? said.find(": ") : std::string::npos;
        printErrorJson(ErrorCode::InvalidArgument, said + ". " + advice.toStdString(),
                       colon == std::string::npos ? std::string() : said.substr(0, colon));
    }
    return exitCodeOf(ErrorCode::InvalidArgument);
}

// Checked at every start: nothing else says why training crawls.
void warnAboutBlas()
{
    if (!runtimeInfo().isOpenBlas) {
        print(stderr, tr("perennial: the BLAS in use is not OpenBLAS, encoders other than attention "
                         "train at half the speed; install libopenblas0-pthread"));
    }
}

int runVerb(Verb &verb, bool json)
{
    warnAboutBlas();
    const Interrupt interrupt;
    ProgressPrinter printer;
    const Task task(interrupt.token(),
                    [&](double fraction, std::string_view stage) { printer(fraction, stage); });
    const auto output = verb.run(task);
    printer.finish();
    if (!output) {
        return reportError(output.error(), json);
    }
    print(stdout, json ? QString::fromStdString(output->json.dump(
                             2, ' ', false, nlohmann::json::error_handler_t::replace))
                       : output->text);
    return output->exitCode;
}

} // namespace

int exitCodeOf(ErrorCode code) noexcept
{
    switch (code) {
    case ErrorCode::Cancelled: return 130;
    case ErrorCode::InvalidArgument:
    case ErrorCode::HorizonNotPositive:
    case ErrorCode::UnknownModel:
    case ErrorCode::UnknownUser:
    case ErrorCode::UnknownColumn:
    case ErrorCode::UnknownProfile:
    case ErrorCode::UnknownTable:
    case ErrorCode::MissingRole:
    case ErrorCode::BadMapping:
    case ErrorCode::AmbiguousEncoding:
    case ErrorCode::AmbiguousDates:
    case ErrorCode::AmbiguousNumbers:
    case ErrorCode::BadConfiguration:
    case ErrorCode::PseudonymsNeeded:
    case ErrorCode::NotPseudonymised:
    case ErrorCode::WrongKey:
    case ErrorCode::PassphraseNeeded:
    case ErrorCode::WrongPassphrase: return 2;
    case ErrorCode::EmptyFile:
    case ErrorCode::TooFewColumns:
    case ErrorCode::BadData:
    case ErrorCode::NothingUsable:
    case ErrorCode::AlreadyImported:
    case ErrorCode::NotAProject:
    case ErrorCode::NewerVersion:
    case ErrorCode::Damaged:
    case ErrorCode::BadKeyFile:
    case ErrorCode::NoEvents:
    case ErrorCode::NoPurchases:
    case ErrorCode::NoRepeatBuyers:
    case ErrorCode::TooLittleData:
    case ErrorCode::WindowPastData: return 3;
    default: return 1;
    }
}

QString versionText()
{
    const RuntimeInfo info = runtimeInfo();
    const auto device = chooseDevice("auto");
    QStringList lines{
        QStringLiteral("Perennial %1").arg(QStringLiteral(PERENNIAL_VERSION)),
        QStringLiteral("Qt %1").arg(QString::fromLatin1(qVersion())),
        QStringLiteral("LibTorch %1").arg(QString::fromStdString(info.torchVersion)),
        QStringLiteral("BLAS %1").arg(QString::fromStdString(info.blasLibrary)),
        QStringLiteral("SQLite %1").arg(QString::fromStdString(sqliteVersion())),
        QStringLiteral("Device %1").arg(
            device ? QString::fromStdString(device->device) : QStringLiteral("cpu")),
    };
    return lines.join(u'\n');
}

int runCommandLine(const std::vector<std::unique_ptr<Verb>> &verbs,
                   const std::vector<std::string> &arguments)
{
    CLI::App program(tr("Customer lifetime value on your own machine. Without a verb: opens the "
                        "window on FILE.")
                         .toStdString(),
                     "perennial");
    program.require_subcommand(0, 1);
    program.footer("  perennial [FILE]    opens the window");
    bool version = false;
    program.add_flag("--version", version, tr("Print what this program runs on").toStdString());
    bool json = false;
    for (const auto &verb : verbs) {
        CLI::App *command = program.add_subcommand(verb->name(), verb->summary().toStdString());
        verb->setUp(*command);
        command->add_flag("--json", json, tr("Print the result as JSON").toStdString());
        command->footer("JSON:\n" + verb->jsonHelp().toStdString());
    }
    // CLI11 wants them in reverse.
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
    try {
        program.parse(std::move(reversed));
    } catch (const CLI::ParseError &error) {
        const bool wanted = std::ranges::find(arguments, "--json") != arguments.end();
        return reportUsage(program, error, wanted);
    }
    if (version) {
        warnAboutBlas();
        print(stdout, versionText());
        return 0;
    }
    for (const auto &verb : verbs) {
        if (program.got_subcommand(verb->name())) {
            return runVerb(*verb, json);
        }
    }
    print(stdout, QString::fromStdString(program.help()));
    return 2;
}

} // namespace perennial
