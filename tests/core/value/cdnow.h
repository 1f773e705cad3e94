#pragma once

#include "core/features/customer_summary.h"

#include <fstream>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace perennial::test {

inline std::string sharedFile(const std::string &name)
{
    return std::string(PERENNIAL_SHARED_DIR) + "/data/" + name;
}

/// CDNOW's 1/10 sample: per customer, per day, what was spent. Empty where the file is missing.
struct Cdnow {
    std::map<std::int64_t, std::map<Day, Money>> spentByCustomer;
    int rows = 0;
    Money total = 0;
};

inline Cdnow readCdnow()
{
    Cdnow data;
    std::ifstream file(sharedFile("cdnow/CDNOW_sample.txt"));
    std::string master;
    std::int64_t customer = 0;
    int date = 0;
    int items = 0;
    double dollars = 0.0;
    while (file >> master >> customer >> date >> items >> dollars) {
        const Day day = dayFromCivil({date / 10000, date / 100 % 100, date % 100});
        data.spentByCustomer[customer][day] += moneyFromUnits(dollars);
        data.total += moneyFromUnits(dollars);
        ++data.rows;
    }
    return data;
}

/// Purchases of a window (after, until].
inline std::vector<UserPurchases> purchasesBetween(const Cdnow &data, Day after, Day until)
{
    std::vector<UserPurchases> all;
    for (const auto &[customer, days] : data.spentByCustomer) {
        UserPurchases p;
        p.user = customer;
        for (const auto &[day, spent] : days) {
            if (day <= after || day > until) {
                continue;
            }
            if (p.orderDays == 0) {
                p.firstDay = day;
                p.firstDayGross = spent;
            }
            p.lastDay = day;
            ++p.orderDays;
            ++p.orders;
            p.gross += spent;
        }
        if (p.orderDays > 0) {
            all.push_back(p);
        }
    }
    return all;
}

inline const Day kCalibrationEnd = dayFromCivil({1997, 9, 30});
inline const Day kHoldoutEnd = dayFromCivil({1998, 6, 30});

inline CustomerSummary cdnowCalibration(const Cdnow &data)
{
    return summarizeCustomers(purchasesBetween(data, dayFromCivil({1996, 12, 31}), kCalibrationEnd),
                              kCalibrationEnd, Period::Week, false);
}

/// lifetimes' summary of the same, rounded to two decimals.
inline CustomerSummary cdnowRounded()
{
    CustomerSummary summary;
    std::ifstream file(sharedFile("cdnow/cdnow_summary.csv"));
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        int id = 0;
        int x = 0;
        double tx = 0.0;
        double T = 0.0;
        if (std::sscanf(line.c_str(), "%d,%d,%lf,%lf", &id, &x, &tx, &T) == 4) {
            summary.user.push_back(id);
            summary.x.push_back(x);
            summary.tx.push_back(tx);
            summary.T.push_back(T);
            summary.spendDays.push_back(0);
            summary.meanSpend.push_back(0.0);
            summary.realised.push_back(0.0);
        }
    }
    return summary;
}

} // namespace perennial::test
