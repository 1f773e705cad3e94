#pragma once

#include "core/features/customer_summary.h"

#include <zlib.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <string>
#include <unordered_set>
#include <vector>

namespace perennial::test {

/// Online Retail II, year 1, cleaned as reference/online_retail.md §1 recommends. Independent of
/// core/ingest, so that an error there can't hide here.
struct OnlineRetail {
    struct Customer {
        std::map<Day, Money> purchases, refunds;
    };
    std::map<std::int64_t, Customer> customers;
    int rows = 0; ///< that stay
};

inline std::vector<std::string> splitCsv(const std::string &line)
{
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '"') {
            const bool doubled = quoted && i + 1 < line.size() && line[i + 1] == '"';
            if (doubled) {
                fields.back() += '"';
                ++i;
            } else {
                quoted = !quoted;
            }
        } else if (c == ',' && !quoted) {
            fields.emplace_back();
        } else {
            fields.back() += c;
        }
    }
    return fields;
}

inline bool isProduct(std::string code)
{
    static const std::unordered_set<std::string> others{
        "POST",    "DOT",     "C2",    "C3",      "M",            "D",         "S",       "B",
        "ADJUST",  "ADJUST2", "BANK CHARGES", "AMAZONFEE", "TEST001", "TEST002", "GIFT"};
    while (!code.empty() && code.back() == ' ') {
        code.pop_back();
    }
    std::transform(code.begin(), code.end(), code.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return !others.contains(code) && !code.starts_with("GIFT_");
}

/// Empty where the file is missing.
inline OnlineRetail readOnlineRetail(const std::string &path)
{
    OnlineRetail data;
    gzFile file = gzopen(path.c_str(), "rb");
    if (file == nullptr) {
        return data;
    }
    std::unordered_set<std::string> seen;
    std::vector<char> buffer(1 << 16);
    gzgets(file, buffer.data(), static_cast<int>(buffer.size()));
    while (gzgets(file, buffer.data(), static_cast<int>(buffer.size())) != nullptr) {
        std::string line = buffer.data();
        line.erase(line.find_last_not_of("\r\n") + 1);
        if (!seen.insert(line).second) {
            continue;
        }
        const std::vector<std::string> f = splitCsv(line);
        if (f.size() != 8 || f[6].empty() || !isProduct(f[1])) {
            continue;
        }
        const Day day = *parseIsoDate(f[4].substr(0, 10));
        const Money amount = std::stoll(f[3]) * moneyFromUnits(std::stod(f[5]));
        auto &customer = data.customers[std::stoll(f[6])];
        (f[0].starts_with("C") ? customer.refunds : customer.purchases)[day] += amount;
        ++data.rows;
    }
    gzclose(file);
    return data;
}

inline std::vector<UserPurchases> purchasesBetween(const OnlineRetail &data, Day after, Day until)
{
    std::vector<UserPurchases> all;
    for (const auto &[id, customer] : data.customers) {
        UserPurchases p;
        p.user = id;
        for (const auto &[day, amount] : customer.purchases) {
            if (day <= after || day > until) {
                continue;
            }
            if (p.orderDays++ == 0) {
                p.firstDay = day;
                p.firstDayGross = amount;
            }
            p.lastDay = day;
            p.gross += amount;
        }
        for (const auto &[day, amount] : customer.refunds) {
            p.refunds += day > after && day <= until ? amount : 0;
        }
        all.push_back(p);
    }
    return all;
}

} // namespace perennial::test
