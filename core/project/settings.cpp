#include "core/project/settings.h"

#include "core/project/audit.h"
#include "core/project/database.h"
#include "core/project/event_store.h"
#include "core/project/setting_row.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace perennial {

using nlohmann::json;

namespace {

constexpr const char *kKey = "project";

json toJson(const ProjectSettings &s)
{
    const StageThresholds &t = s.stages;
    return {{"currency", s.currency},
            {"margin", s.margin},
            {"discount_per_year", s.discountPerYear},
            {"horizon_days", s.horizonDays},
            {"snapshot", s.snapshot ? json(formatDate(*s.snapshot)) : json()},
            {"period", periodName(s.period)},
            {"first_purchase_in_spend", s.firstPurchaseInSpend},
            {"value_model", s.valueModel},
            {"stages",
             {{"dormant_after_days", t.dormantAfterDays},
              {"active_days_needed", t.activeDaysNeeded},
              {"active_window_days", t.activeWindowDays},
              {"acquired_within_days", t.acquiredWithinDays},
              {"recent_order_days", t.recentOrderDays},
              {"loyal_orders", t.loyalOrders},
              {"churned_after_days", t.churnedAfterDays ? json(*t.churnedAfterDays) : json()}}}};
}

// A whole number, or the default where the file has none or one past all limits.
int whole(const json &j, const char *key, int otherwise)
{
    const auto found = j.find(key);
    if (found == j.end() || !found->is_number_integer()) {
        return otherwise;
    }
    const auto value = found->get<std::int64_t>();
    return value < INT32_MIN || value > INT32_MAX ? otherwise : static_cast<int>(value);
}

ProjectSettings fromJson(const json &j)
{
    ProjectSettings s;
    s.currency = j.value("currency", s.currency);
    s.margin = j.value("margin", s.margin);
    s.discountPerYear = j.value("discount_per_year", s.discountPerYear);
    s.horizonDays = whole(j, "horizon_days", s.horizonDays);
    if (j.contains("snapshot") && j["snapshot"].is_string()) {
        if (const auto day = parseIsoDate(j["snapshot"].get<std::string>())) {
            s.snapshot = *day;
        }
    }
    s.period = periodFromName(j.value("period", std::string("week"))).value_or(s.period);
    s.firstPurchaseInSpend = j.value("first_purchase_in_spend", s.firstPurchaseInSpend);
    s.valueModel = j.value("value_model", s.valueModel);
    if (j.contains("stages") && j["stages"].is_object()) {
        const json &t = j["stages"];
        StageThresholds &out = s.stages;
        out.dormantAfterDays = whole(t, "dormant_after_days", out.dormantAfterDays);
        out.activeDaysNeeded = whole(t, "active_days_needed", out.activeDaysNeeded);
        out.activeWindowDays = whole(t, "active_window_days", out.activeWindowDays);
        out.acquiredWithinDays = whole(t, "acquired_within_days", out.acquiredWithinDays);
        out.recentOrderDays = whole(t, "recent_order_days", out.recentOrderDays);
        out.loyalOrders = whole(t, "loyal_orders", out.loyalOrders);
        if (t.contains("churned_after_days") && t["churned_after_days"].is_number_integer()) {
            out.churnedAfterDays = whole(t, "churned_after_days", 0);
        }
    }
    return s;
}

bool isModelName(const std::string &name)
{
    return !name.empty() && name.size() <= 40 && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

bool isCurrencyCode(const std::string &code)
{
    return code.size() == 3 &&
           std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
}

} // namespace

Status checkSettings(const ProjectSettings &s)
{
    const auto invalid = [](const std::string &value, const char *where) {
        return fail(ErrorCode::InvalidArgument, value, where);
    };
    if (!isCurrencyCode(s.currency)) {
        return invalid(s.currency, "currency");
    }
    if (!(s.margin > 0.0 && s.margin <= 1.0)) {
        return invalid(std::to_string(s.margin), "margin");
    }
    if (!(s.discountPerYear >= 0.0 && s.discountPerYear < 1.0)) {
        return invalid(std::to_string(s.discountPerYear), "discount_per_year");
    }
    if (s.horizonDays <= 0) {
        return fail(ErrorCode::HorizonNotPositive, std::to_string(s.horizonDays), "horizon");
    }
    if (!isModelName(s.valueModel)) {
        return invalid(s.valueModel, "value_model");
    }
    const StageThresholds &t = s.stages;
    if (t.dormantAfterDays < 1 || t.activeDaysNeeded < 1 || t.activeWindowDays < 1 ||
        t.acquiredWithinDays < 0 || t.recentOrderDays < 1 || t.loyalOrders < 2) {
        return invalid("stages", "stages");
    }
    if (t.churnedAfterDays && *t.churnedAfterDays <= t.dormantAfterDays) {
        return invalid(std::to_string(*t.churnedAfterDays), "churned_after_days");
    }
    return Done{};
}

Result<ProjectSettings> readSettings(const Project &project)
{
    const std::string where = project.path().string();
    return guarded(where, [&]() -> Result<ProjectSettings> {
        const auto stored = settingValue(project.database(), kKey);
        if (!stored) {
            return ProjectSettings{};
        }
        try {
            const ProjectSettings settings = fromJson(json::parse(*stored));
            // A file changed by other hands gets the defaults, not a division by zero later.
            return checkSettings(settings) ? settings : ProjectSettings{};
        } catch (const json::exception &) {
            return fail(ErrorCode::Damaged, "setting", where);
        }
    });
}

Status writeSettings(Project &project, const ProjectSettings &settings)
{
    if (const auto valid = checkSettings(settings); !valid) {
        return valid;
    }
    return guarded(project.path().string(), [&]() -> Status {
        const std::string text = toJson(settings).dump();
        Transaction transaction(project.database());
        setSettingValue(project.database(), kKey, text);
        if (const auto logged = appendAudit(project, "settings", text); !logged) {
            return logged;
        }
        transaction.commit();
        return Done{};
    });
}

Result<Day> snapshotDay(const Project &project, const ProjectSettings &settings)
{
    if (settings.snapshot) {
        return *settings.snapshot;
    }
    const auto counts = readCounts(project);
    if (!counts) {
        return counts.error();
    }
    if (!counts->lastDay) {
        return fail(ErrorCode::NoEvents, {}, project.path().string());
    }
    return *counts->lastDay;
}

} // namespace perennial
