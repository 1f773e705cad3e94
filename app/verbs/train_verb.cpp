#include "app/verbs/arguments.h"
#include "app/verbs/quality_output.h"
#include "app/verbs/verbs.h"
#include "core/behavior/report_json.h"
#include "core/tuning/compare.h"
#include "core/tuning/comparison_json.h"
#include "core/tuning/folds.h"
#include "core/tuning/quality_json.h"
#include "ui/error_text.h"
#include "ui/wording/behavior_words.h"
#include "ui/wording/format.h"
#include "ui/wording/recommendation_words.h"
#include "ui/wording/run_quality_words.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

#include <charconv>
#include <filesystem>
#include <optional>

namespace perennial {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Train", text);
}

QString number(const std::optional<double> &value) { return fullText(value, 4); }

/// @param model a ComparedModel or the BehaviorMetrics of one.
template <class Measures>
QString rowText(const QString &name, const Measures &model)
{
    return QStringLiteral("  %1 %2 %3 %4 %5 %6 %7")
        .arg(name, -28)
        .arg(number(model.hr10), 8)
        .arg(number(model.ndcg10), 8)
        .arg(number(model.hr10New), 10)
        .arg(number(model.churnAuc), 10)
        .arg(number(model.valueSpearman), 10)
        .arg(fullText(model.valueMae, 2), 10);
}

QString textOf(const TrainOutcome &outcome)
{
    const TrainReport &report = outcome.report;
    const Comparison &comparison = outcome.comparison;
    const TrainSplit &split = report.split;
    QStringList lines;
    lines << tr("run %1 on %2 (%3)")
                 .arg(report.run)
                 .arg(QString::fromStdString(report.device.device),
                      deviceReasonText(report.device.reason));
    lines << tr("learned from %1 to %2, judged on the %3 after it, horizon %4")
                 .arg(dayText(split.first), dayText(split.cut), daysText(split.labelDays),
                      daysText(split.horizonDays));
    lines << tr("best epoch of %1: %2; then %3 over everything up to %4")
                 .arg(report.epochs.size())
                 .arg(report.bestEpoch)
                 .arg(report.refitEpochs)
                 .arg(dayText(split.until));
    lines << counted(report.sequences, tr("1 sequence, %2 a second, %3 in all"),
                     tr("%1 sequences, %2 a second, %3 in all"))
                 .arg(countText(qRound64(report.sequencesPerSecond)),
                      durationText(report.seconds));
    lines << tr("%1 ranked among %2, %3 for churn and value")
                 .arg(usersText(comparison.rankedUsers), itemsText(comparison.items),
                      customersText(comparison.valueUsers));
    lines << QStringLiteral("  %1 %2 %3 %4 %5 %6 %7")
                 .arg(tr("model"), -28)
                 .arg(QStringLiteral("HR@10"), 8)
                 .arg(QStringLiteral("NDCG@10"), 8)
                 .arg(tr("HR@10 new"), 10)
                 .arg(tr("churn AUC"), 10)
                 .arg(tr("Spearman"), 10)
                 .arg(tr("MAE"), 10);
    for (const ComparedModel &model : comparison.models) {
        lines << rowText(comparedModelText(model.name), model);
    }
    for (const MemberReport &member : report.members) { // each network of an ensemble alone
        lines << rowText(tr("its member of seed %1").arg(member.seed), member.metrics);
    }
    const BehaviorMetrics &m = report.metrics;
    if (m.purchaseAuc || m.clickAuc || m.returnConcordance) {
        lines << tr("of %1: AUC of a purchase %2, of a click %3; concordance of the time to "
                    "return %4")
                     .arg(usersText(m.windowUsers), number(m.purchaseAuc), number(m.clickAuc),
                          number(m.returnConcordance));
    }
    lines << qualityLines(outcome.quality);
    if (comparison.oracle) {
        lines << tr("ten items by the hidden tastes of the sample shop: HR@10 %1, NDCG@10 %2 of any "
                    "next item")
                     .arg(number(comparison.oracle->hr10), number(comparison.oracle->ndcg10));
    }
    if (comparison.blend) {
        lines << tr("what recommends: %1; the blend's row above is cross-fitted over users")
                     .arg(blendWeightsText(*comparison.blend));
    }
    for (const TrainNote &note : report.notes) {
        lines << QStringLiteral("! ") + trainNoteText(note);
    }
    return lines.join(u'\n');
}

nlohmann::ordered_json jsonOf(const TrainOutcome &outcome)
{
    const TrainReport &report = outcome.report;
    const Comparison &comparison = outcome.comparison;
    nlohmann::ordered_json json{{"run", report.run},
                                {"device", report.device.device},
                                {"device_reason", deviceReasonName(report.device.reason)},
                                {"epochs", report.epochs.size()},
                                {"best_epoch", report.bestEpoch},
                                {"head_fits", toJson(report.headFits)},
                                {"refit_epochs", report.refitEpochs},
                                {"seconds", report.seconds},
                                {"sequences", report.sequences},
                                {"sequences_per_second", report.sequencesPerSecond},
                                {"parameters", report.parameters},
                                {"metrics", toJson(report.metrics)},
                                {"members", toJson(report.members)}};
    const nlohmann::ordered_json compared = toJson(comparison);
    json["baselines"] = nlohmann::ordered_json::object();
    for (const auto &model : compared["models"]) {
        if (model["model"] != "behavior") {
            json["baselines"][model["model"].get<std::string>()] = model;
        }
    }
    json["blend"] = compared["blend"];
    json["oracle"] = compared["oracle"];
    if (json["blend"].is_object()) { // coefficients are nobody's figures
        json["blend"].erase("item_chance");
        json["blend"].erase("user_chance");
    }
    json["best"] = {{"next_item", comparison.bestNextItem},
                    {"next_item_new", comparison.bestNextItemNew},
                    {"churn", comparison.bestChurn},
                    {"value", comparison.bestValue}};
    json["quality"] = toJson(outcome.quality);
    json["protocol"] = compared["protocol"];
    json["split"] = toJson(report.split);
    json["notes"] = toJson(report.notes);
    return json;
}

QString foldText(const FoldRow &row)
{
    if (row.error) {
        return tr("! fold %1: %2").arg(row.fold).arg(errorText(*row.error));
    }
    QStringList figures;
    for (const HeadQuality &head : row.heads) {
        const std::size_t shown = head.kind == AnswerKind::Amount ? 3 : 0; // Spearman
        figures << QStringLiteral("%1 %2 %3").arg(headText(head.head),
                                                  figureNameText(head.figures[shown].name),
                                                  number(head.figures[shown].value));
    }
    return tr("  fold %1: %2 on the %3 after %4, best epoch %5, %6: %7")
        .arg(row.fold)
        .arg(usersText(row.users), daysText(row.labelDays), dayText(row.cut))
        .arg(row.bestEpoch)
        .arg(durationText(row.seconds), figures.join(QStringLiteral(", ")));
}

QString foldsText(const FoldsResult &result)
{
    const bool users = result.options.over == FoldsOver::Users;
    QStringList lines;
    lines << (users ? tr("%1 folds over users: each judged by a training without any of its events")
                    : tr("%1 folds over time: each window judged by a training to the day before it"))
                 .arg(result.options.folds);
    lines << tr("horizon %1; nothing is stored, the champion stays").arg(daysText(result.horizonDays));
    for (const FoldRow &row : result.rows) {
        lines << foldText(row);
    }
    lines << tr("mean over folds, ± their standard deviation [lowest, highest]");
    for (const FoldHead &head : result.heads) {
        QStringList figures;
        for (const FoldFigure &figure : head.figures) {
            if (figure.folds > 0) {
                figures << QStringLiteral("%1 %2 ± %3 [%4, %5]")
                               .arg(figureNameText(figure.name), number(figure.mean),
                                    number(figure.spread), number(figure.lowest),
                                    number(figure.highest));
            }
        }
        lines << QStringLiteral("  %1: %2").arg(headText(head.head),
                                                figures.join(QStringLiteral(", ")));
    }
    return lines.join(u'\n');
}

class TrainVerb final : public Verb {
public:
    std::string name() const override { return "train"; }
    QString summary() const override
    {
        return tr("Train the behaviour model and compare it with its baselines");
    }
    QString jsonHelp() const override
    {
        return QStringLiteral(
            "run                   id of the stored run, now the champion\n"
            "device, device_reason cpu or cuda:N; asked | cuda_found | library_without_cuda |\n"
            "                      no_cuda_device\n"
            "epochs, best_epoch    trained, and the one whose weights were taken; of an ensemble\n"
            "                      all members' epochs in a row, and the best of all\n"
            "head_fits             [{head, reads_events, pass, passes, loss_before, loss}]: heads\n"
            "                      that went on by themselves after the best epoch, the pass their\n"
            "                      weights are from (0: the epoch's own) of those made, and the\n"
            "                      validation loss before and after; of an ensemble in members\n"
            "refit_epochs          passes over everything up to until, after the metrics\n"
            "seconds               from start to end\n"
            "sequences, sequences_per_second   trained on\n"
            "parameters            numbers in the network, or in all members\n"
            "metrics               {hr10, ndcg10, mrr, hr10_new, ndcg10_new, mrr_new, churn_auc,\n"
            "                      churn_log_loss, churn_ece, value_mae, value_spearman,\n"
            "                      value_bias,\n"
            "                      purchase_auc, purchase_log_loss, purchase_ece, click_auc,\n"
            "                      click_log_loss, click_ece, return_concordance, return_ece_7,\n"
            "                      return_ece_30, return_ece_90, ranked_users, items,\n"
            "                      new_ranked_users, value_users, window_users}: churn and value\n"
            "                      of customers, purchase, click and return of everybody; ece =\n"
            "                      calibration error; null where not measured\n"
            "members               [{seed, epochs, best_epoch, head_fits, metrics}]: each of an\n"
            "                      ensemble's networks alone; [] of a single one\n"
            "baselines             {name: the same measures} on the same users\n"
            "blend                 as of recommend: what the run's lists are made of; null where\n"
            "                      the next item was not learned. Its row in baselines is\n"
            "                      cross-fitted over users\n"
            "oracle                {users, hr10, ndcg10} of the ten best items by the sample shop's\n"
            "                      hidden tastes; null where no truth is known\n"
            "best                  {next_item, next_item_new, churn, value}: who won, by NDCG@10,\n"
            "                      NDCG@10, AUC and Spearman\n"
            "quality               each head's figures with intervals, as judge prints them\n"
            "protocol              how ranks were counted\n"
            "split                 {first, last_anchor, cut, until, horizon_days, label_days, users,\n"
            "                      train_users, validation_users}: learned up to cut, judged after\n"
            "notes                 [{code, detail}]\n"
            "With --folds instead: over, folds, seed, horizon_days,\n"
            "heads                 [{head, kind, figures: {name: {folds, mean, spread, lowest,\n"
            "                      highest}}}]\n"
            "rows                  [{fold, cut, label_days, users, best_epoch, seconds, heads}] or\n"
            "                      {fold, error}");
    }
    void setUp(CLI::App &command) override
    {
        command.add_option("PROJECT", m_path, "project file")->required();
        CLI::Option *const resume = command.add_option(
            "--resume", m_resume,
            "go on with this run, which was killed, cancelled or has failed, by its own config");
        // a run that goes on with other settings would not end as the one that was begun
        const auto setting = [&](const char *name, auto &value, const char *help) {
            command.add_option(name, value, help)->excludes(resume);
        };
        setting("--config", m_config, "JSON file; keys as in a run's config");
        setting("--device", m_device, "auto, cpu, cuda or cuda:N");
        setting("--until", m_until, "last day known, YYYY-MM-DD");
        setting("--horizon", m_horizon, "window predicted: 180d, 39w, 6m, 1y");
        setting("--seed", m_seed, "of weights and draws");
        setting("--ensemble", m_ensemble,
                "networks of seeds in a row that answer with their mean, 1 to 10");
        setting("--epochs", m_epochs, "at most");
        setting("--folds", m_folds,
                "users:N or time:N: train and judge N folds, store nothing");
        setting("--warm", m_warm, "start from the weights of this run");
        setting("--warm-from", m_warmFrom,
                "OTHER.perennial:RUN, start from the weights of a run of another project");
    }

    Result<VerbOutput> run(const Task &task) override
    {
        const auto config = readConfig();
        if (!config) {
            return config.error();
        }
        auto project = Project::open(m_path, Project::Access::ReadWrite);
        if (!project) {
            return project.error();
        }
        if (m_folds) {
            return validateFolds(*project, *config, task);
        }
        const auto outcome = m_resume ? resumeAndCompare(*project, *m_resume, {}, task)
                                      : trainAndCompare(*project, *config, {}, task);
        if (!outcome) {
            return outcome.error();
        }
        VerbOutput output;
        output.json = jsonOf(*outcome);
        output.text = textOf(*outcome);
        return output;
    }

private:
    Result<VerbOutput> validateFolds(Project &project, const BehaviorConfig &config,
                                     const Task &task) const
    {
        auto options = foldsFromText(*m_folds);
        if (!options) {
            return fail(ErrorCode::InvalidArgument, *m_folds, "--folds");
        }
        options->seed = static_cast<std::uint64_t>(config.seed);
        if (config.warmRun > 0) {
            return fail(ErrorCode::InvalidArgument,
                        tr("a run to start from has seen what the folds hold out").toStdString(),
                        "--folds");
        }
        const auto result = crossValidate(project, config, *options, {}, task);
        if (!result) {
            return result.error();
        }
        VerbOutput output;
        output.json = nlohmann::ordered_json::parse(foldsToJson(*result));
        output.text = foldsText(*result);
        return output;
    }

    /// The file's config, or the defaults, with what the command line says instead.
    Result<BehaviorConfig> readConfig() const
    {
        BehaviorConfig config;
        if (!m_config.empty()) {
            const auto text = readTextFile(m_config);
            if (!text) {
                return text.error();
            }
            const auto read = configFromJson(*text);
            if (!read) {
                return read.error();
            }
            config = *read;
        }
        config.device = m_device.value_or(config.device);
        if (!isDeviceName(config.device)) {
            return fail(ErrorCode::InvalidArgument, config.device, "--device");
        }
        config.seed = m_seed.value_or(config.seed);
        config.ensemble = m_ensemble.value_or(config.ensemble);
        config.epochs = m_epochs.value_or(config.epochs);
        config.warmRun = m_warm.value_or(config.warmRun);
        if (const Status read = readWarmFrom(config); !read) {
            return read.error();
        }
        const auto until = dayArgument(m_until, "--until");
        if (!until) {
            return until.error();
        }
        const auto days = horizonArgument(m_horizon, "--horizon");
        if (!days) {
            return days.error();
        }
        config.until = *until ? *until : config.until;
        config.horizonDays = days->value_or(config.horizonDays);
        const auto checked = checkConfig(config);
        return checked ? Result<BehaviorConfig>(config) : checked.error();
    }

    Status readWarmFrom(BehaviorConfig &config) const
    {
        if (!m_warmFrom) {
            return Done{};
        }
        const auto colon = m_warmFrom->rfind(':');
        const char *const end = m_warmFrom->data() + m_warmFrom->size();
        const char *const from = colon == std::string::npos ? end : m_warmFrom->data() + colon + 1;
        const auto read = std::from_chars(from, end, config.warmRun);
        if (m_warm || from == end || colon == 0 || read.ec != std::errc() || read.ptr != end ||
            config.warmRun < 1) {
            return fail(ErrorCode::InvalidArgument, *m_warmFrom, "--warm-from");
        }
        config.warmProject = std::filesystem::absolute(m_warmFrom->substr(0, colon)).string();
        return Done{};
    }

    std::string m_path, m_config, m_until, m_horizon;
    std::optional<std::string> m_device, m_folds, m_warmFrom;
    std::optional<std::int64_t> m_seed, m_resume, m_warm;
    std::optional<int> m_ensemble, m_epochs;
};

} // namespace

std::unique_ptr<Verb> makeTrainVerb()
{
    return std::make_unique<TrainVerb>();
}

} // namespace perennial
