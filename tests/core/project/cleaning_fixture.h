#pragma once

#include "core/base/rng.h"
#include "core/project/cleaning_store.h"
#include "core/project/database.h"
#include "core/project/recovery.h"
#include "tests/support/project_fixture.h"

#include <set>

namespace perennial::test {

/// Every column of a table in the order of ids, as text: equal only when the tables are.
inline std::vector<std::string> tableRows(Project &project, const char *table)
{
    Statement query(project.database(), std::string("SELECT id || '|' || user_id || '|' || at || "
                                                    "'|' || kind || '|' || item_id || '|' || "
                                                    "quote(quantity) || '|' || typeof(quantity) || "
                                                    "'|' || amount || '|' || order_id || '|' || "
                                                    "device_id || '|' || place_id || '|' || "
                                                    "channel_id || '|' || source_id FROM ") +
                                            table + " ORDER BY id");
    std::vector<std::string> rows;
    while (query.step()) {
        rows.push_back(query.text(0));
    }
    return rows;
}

inline std::set<std::int64_t> idsOf(Project &project, const std::string &sql)
{
    Statement query(project.database(), sql);
    std::set<std::int64_t> ids;
    while (query.step()) {
        ids.insert(query.integer(0));
    }
    return ids;
}

/// Events with every trouble in them: equal ones, outliers, zeros, no item, no order, odd users.
inline std::vector<PlainEvent> troubledEvents(std::uint64_t seed, int events)
{
    Rng rng(seed);
    std::vector<PlainEvent> out;
    for (int k = 0; k < events; ++k) {
        PlainEvent event;
        event.user = rng.below(12) == 0 ? "test_" + std::to_string(rng.below(3))
                                        : "u" + std::to_string(rng.below(25));
        const auto item = rng.below(14);
        event.item = item == 0 ? "" : item == 1 ? "POST" : "i" + std::to_string(item);
        event.order = rng.below(9) == 0 ? "" : "o" + std::to_string(rng.below(40));
        constexpr std::array kinds{EventKind::Purchase, EventKind::Purchase, EventKind::Refund,
                                   EventKind::View};
        event.kind = kinds[rng.below(4)];
        event.at = 1'300'000'000 + rng.below(60) * 43'200;
        const double size =
            rng.below(15) == 0 ? 0 : std::exp(2 + rng.normal() * (1 + rng.below(2)));
        event.amount = event.kind == EventKind::View     ? 0
                       : event.kind == EventKind::Refund ? -size
                       : rng.below(30) == 0              ? -size
                                                         : size;
        out.push_back(event);
        if (rng.below(10) == 0) {
            out.push_back(event);
        }
    }
    return out;
}

/// One rule of every kind, and several of those that cap.
inline std::vector<CleaningRule> someRules()
{
    AmountOutlierRule capHigh;
    capHigh.cutoff = 1.5;
    capHigh.action = CleaningAction::Cap;
    AmountOutlierRule outLow;
    outLow.cutoff = 1.2;
    outLow.side = AmountOutlierRule::Side::Both;
    outLow.logScale = false;
    AmountQuantileRule refunds;
    refunds.of = EventKind::Refund;
    refunds.lower = 0.1;
    refunds.upper = 0.8;
    AmountQuantileRule both;
    both.lower = 0.2;
    both.upper = 0.9;
    return {DuplicateRule{},
            DuplicateRule{DuplicateRule::Same::Row},
            MissingItemRule{},
            MissingOrderRule{},
            capHigh,
            outLow,
            refunds,
            both,
            FutureTimeRule{1'300'000'000 + 50 * 43'200},
            BeforeTimeRule{1'300'000'000 + 5 * 43'200},
            NegativePriceRule{},
            ZeroPriceRule{},
            ItemCodesRule{usualItemCodes()},
            TestUsersRule{usualTestUsers()},
            FrequentUsersRule{4}};
}

} // namespace perennial::test
