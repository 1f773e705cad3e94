#include "core/lifecycle/drivers.h"

#include "core/numeric/proportions.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace perennial {

namespace {

/// The users of a feature's two sides.
struct Sides {
    std::int64_t with = 0, withHappened = 0, without = 0, withoutHappened = 0;
    void add(bool isWith, bool happened) noexcept
    {
        ++(isWith ? with : without);
        (isWith ? withHappened : withoutHappened) += happened ? 1 : 0;
    }
};

Driver driverOf(std::string feature, const Sides &sides, double level)
{
    Driver driver;
    driver.feature = std::move(feature);
    driver.with = sides.with;
    driver.withHappened = sides.withHappened;
    driver.without = sides.without;
    driver.withoutHappened = sides.withoutHappened;
    const double rate = static_cast<double>(sides.withHappened) / static_cast<double>(sides.with);
    const double other =
        static_cast<double>(sides.withoutHappened) / static_cast<double>(sides.without);
    driver.difference = rate - other;
    driver.differenceInterval = differenceInterval(sides.withHappened, sides.with,
                                                   sides.withoutHappened, sides.without, level);
    if (sides.withoutHappened > 0) {
        driver.riskRatio = rate / other;
    }
    if (sides.withHappened > 0 && sides.withoutHappened > 0) {
        driver.ratioInterval = ratioInterval(sides.withHappened, sides.with,
                                             sides.withoutHappened, sides.without, level);
    }
    driver.p = twoSharesP(sides.withHappened, sides.with, sides.withoutHappened, sides.without);
    return driver;
}

/// The value whose "greater" side is nearest to half of all. None where all are equal.
std::optional<double> medianCut(std::vector<double> values)
{
    std::ranges::sort(values);
    if (values.empty() || values.front() == values.back()) {
        return std::nullopt;
    }
    const double middle = values[(values.size() - 1) / 2];
    const auto n = static_cast<std::ptrdiff_t>(values.size());
    const auto upTo = std::ranges::upper_bound(values, middle) - values.begin();
    const auto below = std::ranges::lower_bound(values, middle) - values.begin();
    const bool isUpperNearer = std::abs(2 * upTo - n) <= std::abs(2 * below - n);
    if (below == 0 || (upTo < n && isUpperNearer)) {
        return middle;
    }
    return values[static_cast<std::size_t>(below - 1)];
}

void addNumber(DriverList &list, const DriverNumber &number, const DriverRows &rows, double level)
{
    std::vector<double> known;
    std::ranges::copy_if(number.value, std::back_inserter(known),
                         [](double value) { return std::isfinite(value); });
    const auto cut = medianCut(std::move(known));
    if (!cut) {
        list.leftOut.push_back(number.name);
        return;
    }
    Sides sides;
    for (std::size_t i = 0; i < number.value.size(); ++i) {
        if (std::isfinite(number.value[i])) {
            sides.add(number.value[i] > *cut, rows.happened[i] != 0);
        }
    }
    list.drivers.push_back(driverOf(number.name, sides, level));
    list.drivers.back().above = cut;
}

void addText(DriverList &list, const DriverText &text, const DriverRows &rows,
             const DriverOptions &options)
{
    std::map<std::string, Sides> values;
    Sides all; // as if nobody had a value
    for (std::size_t i = 0; i < text.value.size(); ++i) {
        if (!text.value[i].empty()) {
            values[text.value[i]].add(true, rows.happened[i] != 0);
            all.add(false, rows.happened[i] != 0);
        }
    }
    if (values.size() < 2 || values.size() > options.mostValues) {
        list.leftOut.push_back(text.name);
        return;
    }
    for (auto &[value, sides] : values) {
        sides.without = all.without - sides.with;
        sides.withoutHappened = all.withoutHappened - sides.withHappened;
        list.drivers.push_back(driverOf(text.name, sides, options.level));
        list.drivers.back().value = value;
        if (values.size() == 2) {
            break;
        }
    }
}

Status check(const DriverRows &rows, const DriverOptions &options)
{
    if (!(options.level > 0.0 && options.level < 1.0)) {
        return fail(ErrorCode::InvalidArgument, std::to_string(options.level), "level");
    }
    const auto fits = [&](const auto &column) {
        return column.value.size() == rows.happened.size();
    };
    if (!std::ranges::all_of(rows.numbers, fits) || !std::ranges::all_of(rows.texts, fits)) {
        return fail(ErrorCode::InvalidArgument, {}, "drivers");
    }
    return Done{};
}

void adjustAndSort(std::vector<Driver> &drivers)
{
    std::vector<double> p;
    for (const Driver &driver : drivers) {
        p.push_back(driver.p);
    }
    const std::vector<double> adjusted = benjaminiHochberg(p);
    for (std::size_t i = 0; i < drivers.size(); ++i) {
        drivers[i].adjustedP = adjusted[i];
    }
    std::ranges::sort(drivers, {}, [](const Driver &driver) {
        return std::tuple(driver.adjustedP, driver.p, -std::abs(driver.difference),
                          driver.feature, driver.value);
    });
}

} // namespace

Result<DriverList> findDrivers(const DriverRows &rows, const DriverOptions &options,
                               const Task &task)
{
    if (const Status sound = check(rows, options); !sound) {
        return sound.error();
    }
    DriverList list;
    list.users = static_cast<std::int64_t>(rows.happened.size());
    list.happened = list.users - std::ranges::count(rows.happened, std::uint8_t{0});
    if (list.happened == 0 || list.happened == list.users) {
        return fail(ErrorCode::TooLittleData,
                    std::to_string(list.happened) + "/" + std::to_string(list.users));
    }
    const auto columns = static_cast<double>(rows.numbers.size() + rows.texts.size());
    double done = 0.0;
    const auto isStopped = [&] {
        task.progress(done++ / columns, "drivers");
        return task.cancelled();
    };
    for (const DriverNumber &number : rows.numbers) {
        if (isStopped()) {
            return fail(ErrorCode::Cancelled);
        }
        addNumber(list, number, rows, options.level);
    }
    for (const DriverText &text : rows.texts) {
        if (isStopped()) {
            return fail(ErrorCode::Cancelled);
        }
        addText(list, text, rows, options);
    }
    adjustAndSort(list.drivers);
    return list;
}

} // namespace perennial
