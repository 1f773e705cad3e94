#include "core/segment/segment_offer.h"

#include "core/project/event_store.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

namespace perennial {

namespace {

/// Gathers the values of one attribute.
class Tally {
public:
    void add(const AttributeValue &value)
    {
        ++m_counts[attributeText(value)];
        ++m_known;
        if (const auto *number = std::get_if<double>(&value)) {
            widen(*number);
        } else if (const auto *day = std::get_if<Day>(&value)) {
            widen(*day);
        }
    }

    OfferedAttribute offer(std::string name, AttributeType type) const
    {
        OfferedAttribute offered{std::move(name),      type,    m_known, {},
                                 std::ssize(m_counts), m_least, m_most};
        for (const auto &[text, users] : m_counts) {
            offered.values.push_back({text, users});
        }
        const std::size_t kept = std::min(kMostOfferedValues, offered.values.size());
        std::ranges::partial_sort(
            offered.values, offered.values.begin() + static_cast<std::ptrdiff_t>(kept),
            [](const OfferedValue &a, const OfferedValue &b) {
                return a.users != b.users ? a.users > b.users : a.text < b.text;
            });
        offered.values.resize(kept);
        return offered;
    }
    bool empty() const noexcept { return m_known == 0; }

private:
    void widen(double value)
    {
        if (std::isfinite(value)) {
            m_least = std::min(m_least.value_or(value), value);
            m_most = std::max(m_most.value_or(value), value);
        }
    }

    std::unordered_map<std::string, std::int64_t> m_counts;
    std::int64_t m_known = 0;
    std::optional<double> m_least, m_most;
};

void addIfKnown(SegmentOffer &offer, const Tally &tally, const std::string &name,
                AttributeType type)
{
    if (!tally.empty()) {
        offer.attributes.push_back(tally.offer(name, type));
    }
}

bool isOwn(const std::string &name)
{
    return name == attribute_name::kSignup || ownText(name) != nullptr;
}

/// The attributes that every user's row has a place for.
Status addOwn(SegmentOffer &offer, const Project &project, const std::vector<Attribute> &all)
{
    const auto people = readUsers(project);
    if (!people) {
        return people.error();
    }
    for (const char *name : attribute_name::kOwnTexts) {
        if (isPersonal(all, name)) {
            continue;
        }
        Tally tally;
        for (const UserRecord &person : *people) {
            if (const std::string &text = person.*ownText(name); !text.empty()) {
                tally.add(text);
            }
        }
        addIfKnown(offer, tally, name, AttributeType::Text);
    }
    if (isPersonal(all, attribute_name::kSignup)) {
        return Done{};
    }
    Tally signups;
    for (const UserRecord &person : *people) {
        if (person.signup) {
            signups.add(*person.signup);
        }
    }
    addIfKnown(offer, signups, attribute_name::kSignup, AttributeType::Date);
    return Done{};
}

Status addImported(SegmentOffer &offer, const Project &project, const std::vector<Attribute> &all,
                   const Task &task)
{
    for (const Attribute &attribute : all) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        if (attribute.personal || isOwn(attribute.name)) {
            continue;
        }
        const auto column = readAttributeColumn(project, attribute);
        if (!column) {
            return column.error();
        }
        Tally tally;
        for (const AttributeValue &value : column->values) {
            tally.add(value);
        }
        addIfKnown(offer, tally, attribute.name, attribute.type);
    }
    return Done{};
}

} // namespace

Result<SegmentOffer> readSegmentOffer(const Project &project, const Task &task)
{
    SegmentOffer offer;
    const auto all = readAttributes(project, Entity::User);
    if (!all) {
        return all.error();
    }
    if (const Status own = addOwn(offer, project, *all); !own) {
        return own.error();
    }
    if (const Status imported = addImported(offer, project, *all, task); !imported) {
        return imported.error();
    }
    const auto campaigns = readCampaigns(project);
    if (!campaigns) {
        return campaigns.error();
    }
    for (const CampaignRecord &campaign : *campaigns) {
        offer.campaigns.push_back({campaign.key, campaign.users});
    }
    const auto items = readItems(project);
    if (!items) {
        return items.error();
    }
    std::set<std::string> categories;
    for (const ItemRecord &item : *items) {
        if (!item.category.empty()) {
            categories.insert(item.category);
        }
    }
    offer.categories.assign(categories.begin(), categories.end());
    const auto counts = readCounts(project);
    if (!counts) {
        return counts.error();
    }
    offer.firstDay = counts->firstDay;
    offer.lastDay = counts->lastDay;
    return offer;
}

} // namespace perennial
