#include "app/verbs/verbs.h"
#include "ui/screenshots/screenshots.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

namespace perennial {

namespace {

class ScreenshotsVerb final : public Verb {
public:
    std::string name() const override { return "screenshots"; }
    QString summary() const override
    {
        return QCoreApplication::translate("CommandLine",
                                           "Render every page to PNG, in light and dark");
    }
    QString jsonHelp() const override { return QStringLiteral("  files  [path of each picture]"); }
    bool paints() const override { return true; }

    void setUp(CLI::App &command) override
    {
        command.add_option("project", m_project, "Project file")->required();
        command.add_option("directory", m_directory, "Where the pictures go")->required();
        command.add_option("--width", m_width, "of the window in pixels (1440)")
            ->check(CLI::Range(640, 7680));
        command.add_option("--height", m_height, "of the window in pixels (900)")
            ->check(CLI::Range(480, 7680));
    }

    Result<VerbOutput> run(const Task &task) override
    {
        ScreenshotOptions options;
        options.project = QString::fromStdString(m_project);
        options.directory = QString::fromStdString(m_directory);
        options.size = QSize(m_width, m_height);
        auto files = renderScreenshots(options, task);
        if (!files) {
            return files.error();
        }
        VerbOutput output;
        output.json["files"] = nlohmann::ordered_json::array();
        for (const QString &file : *files) {
            output.json["files"].push_back(file.toStdString());
        }
        output.text = files->join(u'\n');
        return output;
    }

private:
    std::string m_project, m_directory;
    int m_width = 1440, m_height = 900;
};

} // namespace

std::unique_ptr<Verb> makeScreenshotsVerb()
{
    return std::make_unique<ScreenshotsVerb>();
}

} // namespace perennial
