#include "core/quality/quality.h"

#include "core/project/settings.h"

#include <algorithm>

namespace perennial {

namespace {

using Severity = QualityFinding::Severity;

constexpr Day kRecentDays = 90;
constexpr double kMuchOfAll = 0.05; // a share from which a finding moves figures visibly

double shareOf(std::int64_t part, std::int64_t all)
{
    return all > 0 ? static_cast<double>(part) / static_cast<double>(all) : 0.0;
}

std::string codeOf(const CleaningRule &rule)
{
    std::string code(cleaningKindName(kindOf(rule)));
    if (const auto *duplicate = std::get_if<DuplicateRule>(&rule)) {
        return duplicate->same == DuplicateRule::Same::Row ? code + ".row" : code;
    }
    if (const auto *future = std::get_if<FutureTimeRule>(&rule)) {
        return future->after ? code + ".day" : code;
    }
    return code;
}

QualityFinding findingOf(const CleaningProposal &proposal, std::int64_t imported)
{
    QualityFinding finding;
    finding.code = codeOf(proposal.rule);
    finding.count = proposal.effect.found.rows;
    finding.share = shareOf(finding.count, imported);
    finding.rows = proposal.rule;
    finding.activeRule = proposal.activeRule;
    finding.figures = {{"users", static_cast<double>(proposal.effect.users)},
                       {"change", toUnits(proposal.effect.change)}};
    finding.severity = proposal.activeRule != 0 ? Severity::Info
                       : proposal.certain       ? Severity::Bad
                                                : Severity::Warning;
    return finding;
}

std::int64_t eventsIn(const DataProfile &profile, const TimeWindows &times)
{
    std::int64_t events = 0;
    for (const auto &[from, to] : times.windows) {
        const Day last = dayOf(to - 1);
        for (Day day = dayOf(from); day <= last; ++day) {
            const auto index = std::int64_t{day} - profile.span.first;
            events += index >= 0 && index < std::ssize(profile.days)
                          ? profile.days[static_cast<std::size_t>(index)].events
                          : 0;
        }
    }
    return events;
}

void addWindow(TimeWindows &times, Day first, Day last)
{
    const std::pair window(startOf(first), startOf(last + 1));
    // Two gaps around one day share it.
    if (times.windows.size() < kMostTimeWindows &&
        std::ranges::find(times.windows, window) == times.windows.end()) {
        times.windows.push_back(window);
    }
}

void addBreaks(const DataProfile &profile, const EventBreaks &breaks,
               std::vector<QualityFinding> &findings)
{
    if (!breaks.gaps.empty()) {
        QualityFinding finding;
        TimeWindows edges; // the last day before a gap and the first after it
        Day longest = 0;
        for (const EventGap &gap : breaks.gaps) {
            addWindow(edges, gap.first - 1, gap.first - 1);
            addWindow(edges, gap.last + 1, gap.last + 1);
            longest = std::max(longest, gap.last - gap.first + 1);
        }
        finding.code = "gap";
        finding.severity = Severity::Warning;
        finding.count = eventsIn(profile, edges);
        finding.share = shareOf(finding.count, profile.events);
        finding.rows = std::move(edges);
        finding.figures = {{"gaps", static_cast<double>(breaks.gaps.size())},
                           {"longest_days", static_cast<double>(longest)}};
        findings.push_back(std::move(finding));
    }
    if (!breaks.changes.empty()) {
        QualityFinding finding;
        TimeWindows after;
        double largest = 1;
        for (const LevelChange &change : breaks.changes) {
            addWindow(after, change.from, change.from + 27);
            largest = std::max(largest, std::max(change.factor, 1 / change.factor));
        }
        finding.code = "level_change";
        finding.severity = Severity::Warning;
        finding.count = eventsIn(profile, after);
        finding.share = shareOf(finding.count, profile.events);
        finding.rows = std::move(after);
        finding.figures = {{"changes", static_cast<double>(breaks.changes.size())},
                           {"largest_factor", largest}};
        findings.push_back(std::move(finding));
    }
}

void addColdStart(const DataProfile &profile, std::vector<QualityFinding> &findings)
{
    const ColdStart &cold = profile.cold;
    if (cold.events > 0) {
        QualityFinding finding;
        finding.code = "cold_items";
        finding.count = cold.events;
        finding.share = shareOf(cold.events, profile.events);
        finding.severity = finding.share >= kMuchOfAll ? Severity::Warning : Severity::Info;
        finding.rows = ColdItems{kFewestBuyers};
        finding.figures = {{"items", static_cast<double>(cold.items)},
                           {"money_share", shareOf(cold.money, cold.allMoney)}};
        findings.push_back(std::move(finding));
    }
    if (cold.usersWithOneEvent > 0) {
        QualityFinding finding;
        finding.code = "single_event_users";
        finding.count = cold.usersWithOneEvent;
        finding.share = shareOf(cold.usersWithOneEvent, profile.events);
        finding.severity = Severity::Info;
        finding.rows = SingleEventUsers{};
        finding.figures = {{"users", static_cast<double>(cold.usersWithOneEvent)}};
        findings.push_back(std::move(finding));
    }
}

void addUnits(const DataProfile &profile, std::vector<QualityFinding> &findings)
{
    if (profile.otherUnits.empty()) {
        return;
    }
    QualityFinding finding;
    finding.code = "mixed_units";
    finding.count = std::ssize(profile.otherUnits);
    finding.share = shareOf(finding.count, profile.events);
    finding.severity = Severity::Warning;
    finding.rows = ListedEvents{profile.otherUnits};
    findings.push_back(std::move(finding));
}

void markIgnored(const std::vector<IgnoredFinding> &ignored, std::vector<QualityFinding> &findings)
{
    for (QualityFinding &finding : findings) {
        const auto found = std::ranges::find(ignored, finding.code, &IgnoredFinding::code);
        finding.ignoredBecause = found != ignored.end() ? found->reason : std::string();
    }
}

/// All findings, worst first, ignored ones last.
std::vector<QualityFinding> findingsOf(const QualityReport &report,
                                       const std::vector<IgnoredFinding> &ignored)
{
    std::vector<QualityFinding> findings;
    for (const CleaningProposal &proposal : report.proposals) {
        findings.push_back(findingOf(proposal, report.totals.imported.stored.rows));
    }
    addBreaks(report.profile, report.breaks, findings);
    addColdStart(report.profile, findings);
    addUnits(report.profile, findings);
    markIgnored(ignored, findings);
    std::ranges::stable_sort(findings, [](const QualityFinding &a, const QualityFinding &b) {
        return std::pair(!a.ignoredBecause.empty(), -static_cast<int>(a.severity)) <
               std::pair(!b.ignoredBecause.empty(), -static_cast<int>(b.severity));
    });
    return findings;
}

/// Order days of all users among the last days of the data.
std::int64_t recentOrders(const std::vector<UserPurchases> &users)
{
    std::int64_t orders = 0;
    for (const UserPurchases &user : users) {
        orders += user.orderDays;
    }
    return orders;
}

Status readFacts(const Project &project, const Task &task, QualityReport &report)
{
    auto profile = profileData(project, task.part(0.0, 0.35));
    if (!profile) {
        return profile.error();
    }
    report.profile = *std::move(profile);
    report.breaks = findEventBreaks(report.profile);
    report.advice = adviceFor(report.profile.sparsity);
    const auto settings = readSettings(project);
    const auto purchases = settings ? readUserPurchases(project, std::nullopt) : settings.error();
    const auto recent =
        purchases ? readUserPurchasesBetween(project, report.profile.span.last - kRecentDays,
                                             report.profile.span.last)
                  : purchases.error();
    if (!recent) {
        return recent.error();
    }
    report.readiness =
        checkReadiness(report.profile, *purchases, recentOrders(*recent), settings->horizonDays);
    return Done{};
}

Status readRules(const Project &project, const Task &task, QualityReport &report)
{
    auto rules = readCleaningRules(project);
    auto totals = rules ? readCleaningTotals(project) : rules.error();
    auto proposals = totals ? proposeCleaningRules(project, task.part(0.4, 1.0)) : totals.error();
    if (!proposals) {
        return proposals.error();
    }
    report.rules = *std::move(rules);
    report.totals = *std::move(totals);
    report.proposals = *std::move(proposals);
    return Done{};
}

} // namespace

std::string_view severityName(Severity severity) noexcept
{
    constexpr std::array<std::string_view, 3> names{"info", "warning", "bad"};
    return names[static_cast<std::size_t>(severity)];
}

std::string_view sparsityAdviceName(SparsityAdvice advice) noexcept
{
    constexpr std::array<std::string_view, 4> names{"none", "dense", "reduce_dimensions",
                                                    "content_features"};
    return names[static_cast<std::size_t>(advice)];
}

SparsityAdvice adviceFor(const Sparsity &sparsity) noexcept
{
    if (sparsity.pairs == 0 || sparsity.items < 2) {
        return SparsityAdvice::None;
    }
    if (sparsity.density >= 0.01) {
        return SparsityAdvice::Dense;
    }
    const bool rareUsers = sparsity.usersBelow5 > 0.5 && sparsity.density < 0.001;
    return sparsity.itemsBelow5 > 0.5 || rareUsers ? SparsityAdvice::ContentFeatures
                                                   : SparsityAdvice::ReduceDimensions;
}

Result<std::shared_ptr<const QualityReport>> assessQuality(const Project &project, const Task &task)
{
    auto report = std::make_shared<QualityReport>();
    for (const auto step : {readFacts, readRules}) {
        if (const auto status = step(project, task, *report); !status) {
            return status.error();
        }
    }
    const auto ignored = readIgnoredFindings(project);
    if (!ignored) {
        return ignored.error();
    }
    report->findings = findingsOf(*report, *ignored);
    task.progress(1.0, "checking");
    return std::shared_ptr<const QualityReport>(std::move(report));
}

std::shared_ptr<const QualityReport> withIgnored(const QualityReport &report,
                                                 const std::vector<IgnoredFinding> &ignored)
{
    auto marked = std::make_shared<QualityReport>(report);
    marked->findings = findingsOf(report, ignored);
    return marked;
}

} // namespace perennial
