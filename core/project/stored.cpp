#include "core/project/stored.h"

#include "core/project/attribute_store.h"

#include <string>

namespace perennial {

namespace {

constexpr std::int64_t kMostRows = std::int64_t{1} << 53;

std::int64_t within(const Statement &query, int column, std::int64_t least, std::int64_t most,
                    const char *what)
{
    const std::int64_t value = query.integer(column);
    if (value < least || value > most) {
        throw SqlFailure(ErrorCode::Damaged, std::string(what) + " " + std::to_string(value));
    }
    return value;
}

} // namespace

std::int64_t storedId(const Statement &query, int column)
{
    return within(query, column, 1, kMaxId, "id");
}

std::int32_t storedReference(const Statement &query, int column)
{
    return static_cast<std::int32_t>(within(query, column, 0, kMaxId, "id"));
}

EventKind storedKind(const Statement &query, int column)
{
    return static_cast<EventKind>(within(query, column, 1, kEventKindCount - 1, "event.kind"));
}

UtcSecond storedTime(const Statement &query, int column)
{
    static const UtcSecond first = startOf(dayFromCivil({1, 1, 1}));
    static const UtcSecond last = startOf(dayFromCivil({10000, 1, 1})) - 1;
    return within(query, column, first, last, "time");
}

Day storedDay(const Statement &query, int column)
{
    static const Day first = dayFromCivil({1, 1, 1});
    static const Day last = dayFromCivil({9999, 12, 31});
    return static_cast<Day>(within(query, column, first, last, "day"));
}

AttributeType storedType(const Statement &query, int column)
{
    return static_cast<AttributeType>(within(query, column, 1, 3, "attribute.type"));
}

int storedInt(const Statement &query, int column)
{
    return static_cast<int>(within(query, column, INT32_MIN, INT32_MAX, "number"));
}

Money storedAmount(const Statement &query, int column)
{
    return within(query, column, -kMaxRowAmount, kMaxRowAmount, "amount");
}

std::int64_t storedCount(const Statement &query, int column)
{
    return within(query, column, 0, kMostRows, "count");
}

Money sumOf(Money a, Money b)
{
    Money sum = 0;
    if (__builtin_add_overflow(a, b, &sum)) {
        throw SqlFailure(ErrorCode::Damaged, "amount");
    }
    return sum;
}

Money differenceOf(Money a, Money b)
{
    Money difference = 0;
    if (__builtin_sub_overflow(a, b, &difference)) {
        throw SqlFailure(ErrorCode::Damaged, "amount");
    }
    return difference;
}

} // namespace perennial
