#include "app/verbs/verbs.h"
#include "core/project/project.h"
#include "core/sample/sample_shop.h"
#include "ui/wording/format.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

#include <optional>

namespace perennial {

namespace {

constexpr const char *kCurrency = "USD"; // of the sample shop

QString tr(const char *text)
{
    return QCoreApplication::translate("New", text);
}

class NewVerb final : public Verb {
public:
    std::string name() const override { return "new"; }
    QString summary() const override
    {
        return tr("Create a project, empty or with a sample shop whose truth is known");
    }
    QString jsonHelp() const override
    {
        return QStringLiteral(
            "project            path of the new project\n"
            "sample             null, or {name, seed, users, items, categories, events, orders,\n"
            "                   purchases, refunds, coupons, ratings, buyers, alive_at_end, currency,\n"
            "                   gross, refunded, expected_value_180, expected_value_365}:\n"
            "                   expected values are the truth's, net and undiscounted");
    }
    void setUp(CLI::App &command) override
    {
        command.add_option("PROJECT", m_path, "file to create; must not exist")->required();
        auto *sample = command.add_option("--sample", m_sample, "fill it with a sample: shop")
                           ->check(CLI::IsMember({"shop"}));
        command.add_option("--users", m_users, "users of the sample, 1 to 1000000 (20000)")
            ->needs(sample);
        command.add_option("--seed", m_seed, "seed of the sample (1)")->needs(sample);
    }

    Result<VerbOutput> run(const Task &task) override
    {
        if (m_sample.empty()) {
            return runEmpty();
        }
        SampleShopOptions options;
        options.users = m_users.value_or(options.users);
        options.seed = m_seed.value_or(options.seed);
        const auto report = createSampleShop(m_path, options, task);
        if (!report) {
            return report.error();
        }
        return sampleOutput(*report, options.seed);
    }

private:
    Result<VerbOutput> runEmpty() const
    {
        const auto project = Project::create(m_path);
        if (!project) {
            return project.error();
        }
        VerbOutput output;
        output.json["project"] = m_path;
        output.json["sample"] = nullptr;
        output.text = tr("Created %1, an empty project").arg(QString::fromStdString(m_path));
        return output;
    }

    VerbOutput sampleOutput(const SampleShopReport &report, std::uint64_t seed) const
    {
        VerbOutput output;
        output.json["project"] = m_path;
        output.json["sample"] = {{"name", m_sample},
                                 {"seed", seed},
                                 {"users", report.users},
                                 {"items", report.items},
                                 {"categories", report.categories},
                                 {"events", report.events},
                                 {"orders", report.orders},
                                 {"purchases", report.purchases},
                                 {"refunds", report.refunds},
                                 {"coupons", report.coupons},
                                 {"ratings", report.ratings},
                                 {"buyers", report.buyers},
                                 {"alive_at_end", report.aliveAtEnd},
                                 {"currency", kCurrency},
                                 {"gross", toUnits(report.gross)},
                                 {"refunded", toUnits(report.refunded)},
                                 {"expected_value_180", report.expectedValue180},
                                 {"expected_value_365", report.expectedValue365}};
        QStringList lines;
        lines << tr("Created %1 with a sample shop").arg(QString::fromStdString(m_path));
        lines << counted(report.categories, tr("  %2, %3 of them bought; %4; %5 in 1 category"),
                         tr("  %2, %3 of them bought; %4; %5 in %1 categories"))
                     .arg(usersText(report.users), countText(report.buyers),
                          eventsText(report.events), itemsText(report.items));
        lines << tr("  sold %1, refunded %2")
                     .arg(fullMoneyText(toUnits(report.gross), kCurrency),
                          fullMoneyText(-toUnits(report.refunded), kCurrency));
        lines << tr("  known truth: %1 still active, net revenue of the next 180 days %2")
                     .arg(usersText(report.aliveAtEnd),
                          fullMoneyText(report.expectedValue180, kCurrency));
        output.text = lines.join(u'\n');
        return output;
    }

    std::string m_path, m_sample;
    std::optional<std::int64_t> m_users;
    std::optional<std::uint64_t> m_seed;
};

} // namespace

std::unique_ptr<Verb> makeNewVerb()
{
    return std::make_unique<NewVerb>();
}

} // namespace perennial
