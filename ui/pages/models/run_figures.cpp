#include "ui/pages/models/run_figures.h"

#include "core/behavior/report_json.h"
#include "core/forecast/saved_backtest.h"
#include "core/project/run_edits.h"
#include "core/value/saved_fit.h"
#include "ui/pages/models/config_fields.h"
#include "ui/report/learning_curves.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace perennial {

namespace {

using Settings = std::map<std::string, std::string>;

Settings settingTexts(const std::string &config)
{
    const auto json = nlohmann::json::parse(config, nullptr, false);
    Settings settings;
    if (json.is_object()) {
        for (const auto &[key, value] : json.items()) {
            settings[key] = value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        }
    }
    return settings;
}

/// What holds for a run that does not name a setting: what came later than the run is off in it.
const Settings &unnamedSettings()
{
    static const Settings settings = [] {
        const auto config = configOfRun("{}");
        return config ? settingTexts(configToJson(*config)) : Settings();
    }();
    return settings;
}

std::string textOf(const Settings &settings, const std::string &key)
{
    const auto found = settings.find(key);
    return found == settings.end() ? "null" : found->second;
}

} // namespace

std::string measureName(const std::string &head, const std::string &figure)
{
    return head == "next_item"       ? figure
           : head == "next_item_new" ? figure + "_new"
                                     : head + "_" + figure;
}

RunFigures withMeasures(RunFigures run)
{
    run.measures.clear();
    run.lastEpoch = 0;
    for (const EpochMetric &metric : run.epochs) {
        run.lastEpoch = std::max(run.lastEpoch, metric.epoch);
    }
    const bool kept = run.isDone() && run.report;
    run.bestEpoch = kept && run.report->bestEpoch > 0 ? run.report->bestEpoch
                                                      : report::bestEpochOf(run.epochs);
    for (const EpochMetric &metric : run.epochs) {
        MeasureValues &values = run.measures[metric.name];
        if (metric.epoch == run.bestEpoch) {
            values.asked = values.best = metric.value;
        }
        if (metric.epoch == run.lastEpoch) {
            values.last = metric.value;
        }
    }
    for (const HeadQuality &head : run.quality ? run.quality->heads : std::vector<HeadQuality>{}) {
        for (const MeasuredFigure &figure : head.figures) {
            MeasureValues &values = run.measures[measureName(head.head, figure.name)];
            values.best = figure.value;
            values.interval = figure.interval;
        }
    }
    if (kept) {
        const auto metrics = toJson(run.report->metrics);
        for (const auto &[name, value] : metrics.items()) {
            if (value.is_number()) {
                run.measures[name].best = value.get<double>();
            }
        }
    }
    return run;
}

const MeasureValues &measuresIn(const RunFigures &run, const std::string &name)
{
    static const MeasureValues none;
    const auto found = run.measures.find(name);
    return found == run.measures.end() ? none : found->second;
}

std::vector<Measure> measuresOf(const std::vector<const RunFigures *> &runs)
{
    std::vector<Measure> measures = knownMeasures();
    const auto add = [&](const std::string &name) {
        const bool told = std::ranges::any_of(
            measures, [&](const Measure &measure) { return measure.name == name; });
        if (!told && name != "seconds" && name != "sequences_per_second" && name != "member") {
            measures.push_back(measureOf(name));
        }
    };
    for (const RunFigures *run : runs) {
        if (!run->quality) {
            continue;
        }
        for (const HeadQuality &head : run->quality->heads) {
            for (const MeasuredFigure &figure : head.figures) {
                add(measureName(head.head, figure.name));
            }
        }
    }
    for (const RunFigures *run : runs) {
        for (const EpochMetric &metric : run->epochs) {
            add(metric.name);
        }
    }
    std::erase_if(measures, [&](const Measure &measure) {
        return std::ranges::none_of(runs, [&](const RunFigures *run) {
            const MeasureValues &values = measuresIn(*run, measure.name);
            return values.best || values.last;
        });
    });
    return measures;
}

const RunFigures *RunList::find(std::int64_t id) const noexcept
{
    const auto found =
        std::ranges::find_if(runs, [&](const RunFigures &run) { return run.record.id == id; });
    return found == runs.end() ? nullptr : &*found;
}

const RunFigures *RunList::champion() const noexcept
{
    const auto found = std::ranges::find_if(
        runs, [](const RunFigures &run) { return run.record.champion && run.isBehavior(); });
    return found == runs.end() ? nullptr : &*found;
}

Result<RunList> readRunList(const Project &project, const Task &task)
{
    auto records = readRuns(project);
    if (!records) {
        return records.error();
    }
    RunList list;
    for (RunRecord &record : *records) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        if (record.model == kBacktestModel) {
            continue;
        }
        RunFigures run;
        run.record = std::move(record);
        if (run.isBehavior()) {
            auto epochs = readEpochs(project, run.record.id);
            if (!epochs) {
                return epochs.error();
            }
            run.epochs = std::move(*epochs);
            if (auto report = trainReportFromRun(project, run.record.id)) {
                run.report = std::move(*report);
            }
            run.quality = qualityOfRun(run.record);
            if (auto comparison = comparisonOfRun(run.record)) {
                run.comparison = std::move(*comparison);
            }
            run.settings = settingTexts(run.record.config);
        } else if (auto fit = fitFromJson(run.record.metrics)) {
            run.fit = std::move(*fit);
        }
        list.runs.push_back(withMeasures(std::move(run)));
    }
    const auto former = formerChampion(project, std::string(kBehaviorModel));
    if (!former) {
        return former.error();
    }
    list.formerChampion = *former;
    return list;
}

std::string settingOf(const RunFigures &run, const std::string &key)
{
    return textOf(run.settings.contains(key) ? run.settings : unnamedSettings(), key);
}

std::string defaultSettingOf(const std::string &key)
{
    static const Settings settings = settingTexts(configToJson({}));
    return textOf(settings, key);
}

Result<BehaviorConfig> settingsOf(const RunRecord &run)
{
    auto config = configOfRun(run.config);
    if (config) {
        config->until.reset();
        config->horizonDays = 0;
        if (!config->warmProject.empty()) {
            config->warmProject.clear();
            config->warmRun = 0;
        }
    }
    return config;
}

std::vector<std::string> differingSettings(const std::vector<const RunFigures *> &runs)
{
    std::vector<std::string> order;
    for (const ConfigField &field : configFields()) {
        order.emplace_back(field.key);
    }
    std::set<std::string> others;
    for (const RunFigures *run : runs) {
        for (const auto &[key, value] : run->settings) {
            if (std::ranges::find(order, key) == order.end()) {
                others.insert(key);
            }
        }
    }
    order.insert(order.end(), others.begin(), others.end());
    std::erase_if(order, [&](const std::string &key) {
        return key == "until" || std::ranges::all_of(runs, [&](const RunFigures *run) {
                   return settingOf(*run, key) == settingOf(*runs.front(), key);
               });
    });
    return order;
}

} // namespace perennial
