#pragma once

#include "core/base/rng.h"

#include <cstdint>
#include <string>

namespace perennial::test {

/// A log of events with repeats, bad amounts, missing users, named items and quoted line ends.
inline std::string makeLog(int rows, std::uint64_t seed)
{
    Rng rng(seed);
    std::string text = "user,at,kind,item,item_name,order,quantity,price\n";
    std::string last;
    for (int k = 0; k < rows; ++k) {
        if (k % 97 == 5 && !last.empty()) {
            text += last;
            continue;
        }
        const std::string item = std::to_string(rng.below(300));
        last = (k % 53 == 7 ? std::string() : "u" + std::to_string(rng.below(900))) + ",2020-0" +
               std::to_string(1 + rng.below(9)) + "-11 10:00:00," +
               (k % 3 == 0 ? "view" : "purchase") + ",i" + item + ",\"name\r\nof " + item + "\",o" +
               std::to_string(rng.below(5000)) + "," + std::to_string(1 + rng.below(4)) + "," +
               (k % 71 == 3 ? "abc" : std::to_string(rng.below(100)) + ".25") + "\r\n";
        text += last;
    }
    return text;
}

} // namespace perennial::test
