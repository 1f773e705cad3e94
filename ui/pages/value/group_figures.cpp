#include "ui/pages/value/group_figures.h"

#include "core/project/event_store.h"
#include "core/project/purchase_store.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ValueGroups)
};

constexpr std::size_t kMostNamed = 11; ///< groups; the rest is one more
constexpr std::size_t kBands = 5;
constexpr std::size_t kMostPlainNumbers = 12;

using Of = Grouping::Of;

/// The value of each user that has one, by user id; texts may be empty.
using UserTexts = std::map<std::int64_t, std::string>;

std::string yearOf(Day day)
{
    return std::to_string(civilFromDay(day).year);
}

Result<UserTexts> textsOfUsers(const Project &project, Of of)
{
    const auto users = readUsers(project);
    if (!users) {
        return users.error();
    }
    UserTexts texts;
    for (const UserRecord &user : *users) {
        switch (of) {
        case Of::Channel:
            texts[user.id] = user.channel;
            break;
        case Of::Region:
            texts[user.id] = user.region;
            break;
        case Of::Device:
            texts[user.id] = user.device;
            break;
        default:
            texts[user.id] = user.signup ? yearOf(*user.signup) : std::string();
            break;
        }
    }
    return texts;
}

Result<UserTexts> textsOfFirstPurchases(const Project &project, Of of, Day until)
{
    const auto purchases = readFirstPurchases(project, until);
    if (!purchases) {
        return purchases.error();
    }
    UserTexts texts;
    for (const FirstPurchase &first : *purchases) {
        texts[first.user] = of == Of::FirstCategory  ? first.category
                            : of == Of::FirstChannel ? first.channel
                                                     : first.device;
    }
    return texts;
}

/// Upper ends of bands that hold about equally many of the values.
std::vector<double> bandEnds(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    std::vector<double> ends;
    for (std::size_t k = 1; k <= kBands; ++k) {
        const double end = values[values.size() * k / kBands - 1];
        if (ends.empty() || end > ends.back()) {
            ends.push_back(end);
        }
    }
    return ends;
}

/// Numbers as themselves where there are few of them, else their bands: "10 – 20".
std::vector<std::string> numberTexts(const std::vector<double> &values)
{
    std::vector<double> distinct = values;
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    std::vector<std::string> texts;
    if (distinct.size() <= kMostPlainNumbers) {
        for (const double value : values) {
            texts.push_back(attributeText(value));
        }
        return texts;
    }
    const std::vector<double> ends = bandEnds(values);
    for (const double value : values) {
        const auto band = static_cast<std::size_t>(
            std::lower_bound(ends.begin(), ends.end(), value) - ends.begin());
        const QString high = shortText(ends[std::min(band, ends.size() - 1)]);
        texts.push_back((band == 0
                             ? QStringLiteral("≤ %1").arg(high)
                             : QStringLiteral("> %1 – %2").arg(shortText(ends[band - 1]), high))
                            .toStdString());
    }
    return texts;
}

Result<UserTexts> textsOfAttribute(const Project &project, const Attribute &attribute)
{
    const auto column = readAttributeColumn(project, attribute);
    if (!column) {
        return column.error();
    }
    UserTexts texts;
    std::vector<double> numbers;
    std::vector<std::int64_t> numbered;
    for (std::size_t i = 0; i < column->ids.size(); ++i) {
        const AttributeValue &value = column->values[i];
        if (const auto *number = std::get_if<double>(&value); number && std::isfinite(*number)) {
            numbers.push_back(*number);
            numbered.push_back(column->ids[i]);
        } else if (const auto *day = std::get_if<Day>(&value)) {
            texts[column->ids[i]] = yearOf(*day);
        } else if (const auto *text = std::get_if<std::string>(&value)) {
            texts[column->ids[i]] = *text;
        }
    }
    const std::vector<std::string> bands = numberTexts(numbers);
    for (std::size_t i = 0; i < bands.size(); ++i) {
        texts[numbered[i]] = bands[i];
    }
    return texts;
}

Result<UserTexts> textsOf(const Project &project, const Grouping &grouping, Day until)
{
    switch (grouping.of) {
    case Of::Attribute:
        return textsOfAttribute(project, grouping.attribute);
    case Of::FirstCategory:
    case Of::FirstChannel:
    case Of::FirstDevice:
        return textsOfFirstPurchases(project, grouping.of, until);
    default:
        return textsOfUsers(project, grouping.of);
    }
}

constexpr std::int32_t kUnknown = -1, kOthers = -2;

struct Codes {
    std::vector<std::int32_t> of; ///< one per state
    QStringList names;            ///< by code
};

Codes stageCodes(const std::vector<UserState> &states)
{
    Codes codes;
    for (const Stage stage : kStages) {
        codes.names << stageText(stage);
    }
    for (const UserState &state : states) {
        codes.of.push_back(static_cast<std::int32_t>(state.stage));
    }
    return codes;
}

/// The commonest values have codes of their own.
Codes textCodes(const std::vector<UserState> &states, const UserTexts &texts)
{
    std::map<std::string, std::size_t> counts;
    const auto textAt = [&](const UserState &state) -> const std::string * {
        const auto found = texts.find(state.user);
        return found != texts.end() && !found->second.empty() ? &found->second : nullptr;
    };
    for (const UserState &state : states) {
        if (const std::string *text = textAt(state)) {
            ++counts[*text];
        }
    }
    std::vector<std::pair<std::string, std::size_t>> byCount(counts.begin(), counts.end());
    std::stable_sort(byCount.begin(), byCount.end(),
                     [](const auto &a, const auto &b) { return a.second > b.second; });
    const bool all = byCount.size() <= kMostNamed + 1;
    byCount.resize(all ? byCount.size() : kMostNamed);
    Codes codes;
    std::map<std::string, std::int32_t> codeOf;
    for (const auto &[text, count] : byCount) {
        codeOf[text] = static_cast<std::int32_t>(codes.names.size());
        codes.names << QString::fromStdString(text);
    }
    for (const UserState &state : states) {
        const std::string *text = textAt(state);
        const auto found = text ? codeOf.find(*text) : codeOf.end();
        codes.of.push_back(!text ? kUnknown : found != codeOf.end() ? found->second : kOthers);
    }
    return codes;
}

QString nameOf(const Codes &codes, std::int32_t code)
{
    return code == kUnknown  ? Words::tr("(unknown)")
           : code == kOthers ? Words::tr("(all others)")
                             : codes.names.value(code);
}

} // namespace

QString groupingText(const Grouping &grouping)
{
    switch (grouping.of) {
    case Of::Stage:
        return Words::tr("Stage");
    case Of::Channel:
        return Words::tr("Channel of the user");
    case Of::Region:
        return Words::tr("Region");
    case Of::Device:
        return Words::tr("Device of the user");
    case Of::SignupYear:
        return Words::tr("Year of signup");
    case Of::FirstCategory:
        return Words::tr("Category of the first purchase");
    case Of::FirstChannel:
        return Words::tr("Channel of the first purchase");
    case Of::FirstDevice:
        return Words::tr("Device of the first purchase");
    case Of::Attribute:
        break;
    }
    return QString::fromStdString(grouping.attribute.name);
}

Result<std::vector<Grouping>> readGroupings(const Project &project, std::optional<Day> until)
{
    const auto users = readUsers(project);
    if (!users) {
        return users.error();
    }
    const auto purchases = readFirstPurchases(project, until);
    if (!purchases) {
        return purchases.error();
    }
    std::vector<Grouping> groupings;
    const auto offer = [&groupings](Of of, bool known) {
        if (known) {
            groupings.push_back({of, {}});
        }
    };
    const auto anyUser = [&users](const auto &has) { return std::ranges::any_of(*users, has); };
    const auto anyFirst = [&purchases](std::string FirstPurchase::*field) {
        return std::ranges::any_of(
            *purchases, [field](const FirstPurchase &first) { return !(first.*field).empty(); });
    };
    offer(Of::Channel, anyUser([](const UserRecord &user) { return !user.channel.empty(); }));
    offer(Of::Region, anyUser([](const UserRecord &user) { return !user.region.empty(); }));
    offer(Of::Device, anyUser([](const UserRecord &user) { return !user.device.empty(); }));
    offer(Of::SignupYear, anyUser([](const UserRecord &user) { return user.signup.has_value(); }));
    offer(Of::FirstCategory, anyFirst(&FirstPurchase::category));
    offer(Of::FirstChannel, anyFirst(&FirstPurchase::channel));
    offer(Of::FirstDevice, anyFirst(&FirstPurchase::device));
    const auto attributes = readAttributes(project, Entity::User);
    if (!attributes) {
        return attributes.error();
    }
    const std::array<std::string_view, 4> columns{attribute_name::kSignup, attribute_name::kChannel,
                                                  attribute_name::kRegion, attribute_name::kDevice};
    for (const Attribute &attribute : *attributes) {
        if (!attribute.personal && attribute.described > 0 &&
            std::ranges::find(columns, attribute.name) == columns.end()) {
            groupings.push_back({Of::Attribute, attribute});
        }
    }
    groupings.push_back({Of::Stage, {}});
    return groupings;
}

Result<GroupFigures> readGroupFigures(const Project &project, const Grouping &grouping,
                                      const Segment &segment, const Task &task)
{
    auto label = readUserStateLabel(project);
    if (!label) {
        return label.error();
    }
    const auto states = readStatesOf(project, *segment, task);
    if (!states) {
        return states.error();
    }
    if (task.cancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    Codes codes;
    if (grouping.of == Of::Stage) {
        codes = stageCodes(**states);
    } else {
        const auto texts = textsOf(project, grouping, label->snapshot);
        if (!texts) {
            return texts.error();
        }
        codes = textCodes(**states, *texts);
    }
    if (task.cancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    GroupFigures figures;
    figures.label = *std::move(label);
    figures.grouping = grouping;
    figures.groups = valueByGroup(**states, codes.of);
    // What is no value of its own stands last.
    std::stable_partition(figures.groups.groups.begin(), figures.groups.groups.end(),
                          [](const ValueGroup &group) { return group.code >= 0; });
    for (const ValueGroup &group : figures.groups.groups) {
        figures.names << nameOf(codes, group.code);
        figures.known = figures.known || group.code >= 0;
    }
    return figures;
}

} // namespace perennial
