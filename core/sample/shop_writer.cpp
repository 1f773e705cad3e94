#include "core/sample/shop_writer.h"

#include "core/project/settings.h"
#include "core/sample/streams.h"
#include "core/sample/truth.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <span>

namespace perennial {

namespace {

constexpr std::int64_t kChunkEvents = 200'000;
constexpr int kBestItems = 10;

} // namespace

Status ShopWriter::code(Dictionary dictionary, std::string_view key, std::int64_t &id)
{
    auto coded = m_writer->code(dictionary, key);
    if (!coded) {
        return coded.error();
    }
    id = *coded;
    return Done{};
}

Status ShopWriter::begin()
{
    SourceRecord source;
    source.name = "sample shop";
    source.profile = kSampleProfile;
    source.mapping = nlohmann::json{{"generator", kSampleProfile},
                                    {"version", 1},
                                    {"seed", m_options.seed},
                                    {"users", m_options.users},
                                    {"items", m_options.items},
                                    {"history_days", m_options.historyDays},
                                    {"last_day", formatDate(dayFromCivil(m_options.lastDay))}}
                         .dump();
    source.hash = hashHex(source.mapping); // the options determine every byte
    const auto id = beginSource(m_project, source);
    if (!id) {
        return id.error();
    }
    m_source = *id;
    auto writer = EventWriter::open(m_project, m_source);
    if (!writer) {
        return writer.error();
    }
    m_writer.emplace(std::move(*writer));
    if (const auto dropped = dropEventIndexes(m_project); !dropped) {
        return dropped;
    }
    return m_writer->begin();
}

Status ShopWriter::writeItems()
{
    const auto codeAll = [&](Dictionary dictionary, std::span<const std::string_view> names,
                             std::vector<std::int64_t> &ids) -> Status {
        for (const std::string_view name : names) {
            if (const auto coded = code(dictionary, name, ids.emplace_back()); !coded) {
                return coded;
            }
        }
        return Done{};
    };
    if (auto s = codeAll(Dictionary::Device, kDevices, m_deviceIds); !s) {
        return s;
    }
    if (auto s = codeAll(Dictionary::Place, kRegions, m_placeIds); !s) {
        return s;
    }
    if (auto s = codeAll(Dictionary::Channel, kVisitChannels, m_channelIds); !s) {
        return s;
    }
    for (const CatalogItem &item : m_catalog.items) {
        if (auto s = code(Dictionary::Item, item.key, m_itemIds.emplace_back()); !s) {
            return s;
        }
        const auto category = m_catalog.categories[static_cast<std::size_t>(item.category)];
        if (auto s = m_writer->describeItem(m_itemIds.back(), {item.name, category, item.price});
            !s) {
            return s;
        }
    }
    m_report.items = static_cast<std::int64_t>(m_catalog.items.size());
    m_report.categories = static_cast<std::int64_t>(m_catalog.categories.size());
    return Done{};
}

void ShopWriter::count(const ShopEvent &event)
{
    ++m_report.events;
    switch (event.kind) {
    case EventKind::Purchase:
        ++m_report.purchases;
        m_report.gross += event.amount;
        break;
    case EventKind::Refund:
        ++m_report.refunds;
        m_report.refunded += event.amount;
        break;
    case EventKind::Coupon: ++m_report.coupons; break;
    case EventKind::Rating: ++m_report.ratings; break;
    default: break;
    }
    m_totals.read.rows += 1;
    m_totals.read.amount += event.amount;
    m_totals.stored = m_totals.read;
}

/// Gives an order its key at its first row.
Status ShopWriter::codeOrder(std::int64_t &id)
{
    if (id != 0) {
        return Done{};
    }
    std::array<char, 24> key{};
    std::snprintf(key.data(), key.size(), "O-%08lld", static_cast<long long>(++m_report.orders));
    return code(Dictionary::Order, key.data(), id);
}

Status ShopWriter::writeEvents(std::int64_t user, const std::vector<ShopEvent> &events)
{
    const auto at = [](const std::vector<std::int64_t> &ids, int index) {
        return index < 0 ? 0 : ids[static_cast<std::size_t>(index)];
    };
    std::vector<std::int64_t> orderIds;
    for (const ShopEvent &event : events) {
        if (event.kind == EventKind::Purchase) {
            const auto order = static_cast<std::size_t>(event.order);
            orderIds.resize(std::max(orderIds.size(), order + 1));
            if (auto s = codeOrder(orderIds[order]); !s) {
                return s;
            }
        }
        EventRow row;
        row.user = user;
        row.item = at(m_itemIds, event.item);
        row.order = at(orderIds, event.order);
        row.device = at(m_deviceIds, event.device);
        row.place = at(m_placeIds, event.region);
        row.channel = at(m_channelIds, event.channel);
        row.kind = event.kind;
        row.at = startOf(m_firstDay) + event.second;
        row.quantity = event.quantity;
        row.amount = event.amount;
        if (auto s = m_writer->add(row); !s) {
            return s;
        }
        count(event);
        const std::array<std::int64_t, 6> packed{row.user,  row.item,   row.order,
                                                 row.at,    row.amount, static_cast<int>(row.kind)};
        m_chunkHash.add(std::as_bytes(std::span(packed)));
        ++m_chunkEvents;
    }
    m_report.buyers += orderIds.empty() ? 0 : 1;
    return Done{};
}

void ShopWriter::addBestItems(std::int64_t user, const Shopper &shopper)
{
    const double share = shopper.newTasteShare(shopper.frozenAt);
    const std::size_t n = m_catalog.items.size();
    std::vector<std::pair<double, int>> ranked(n);
    for (std::size_t i = 0; i < n; ++i) {
        const int item = static_cast<int>(i);
        const double chance =
            (1 - share) * shopper.before.chance(item) + share * shopper.after.chance(item);
        ranked[i] = {-chance, item};
    }
    const auto last = ranked.begin() + std::min<std::ptrdiff_t>(kBestItems, std::ssize(ranked));
    std::partial_sort(ranked.begin(), last, ranked.end());
    int rank = 0;
    for (auto best = ranked.begin(); best != last; ++best) {
        m_bestItems.push_back({user, m_itemIds[static_cast<std::size_t>(best->second)], ++rank,
                               -best->first});
    }
}

void ShopWriter::addTruth(std::int64_t user, const Shopper &shopper,
                          const std::vector<ShopEvent> &events)
{
    const double end = m_options.historyDays;
    const OpenEnds open = openEnds(events, end);
    const ExpectedFuture half = expectedFuture(shopper, open, end, 180);
    const ExpectedFuture year = expectedFuture(shopper, open, end, 365);
    TruthUser truth;
    truth.user = user;
    truth.alive = shopper.dropoutAt >= end;
    truth.ordersPerDay = shopper.ordersPerDay;
    truth.dropoutPerDay = shopper.dropoutPerDay;
    // A very loyal shopper leaves in the far future; the calendar ends a century ahead.
    truth.dropoutDay = m_firstDay + static_cast<Day>(std::min(shopper.dropoutAt, end + 36'500));
    truth.meanOrderValue = shopper.meanOrderValue(end);
    truth.priceSensitivity = shopper.priceSensitivity;
    truth.couponResponse = shopper.couponResponse;
    truth.expectedOrders180 = half.orders;
    truth.expectedValue180 = half.value;
    truth.expectedOrders365 = year.orders;
    truth.expectedValue365 = year.value;
    m_report.aliveAtEnd += truth.alive ? 1 : 0;
    m_report.expectedValue180 += half.value;
    m_report.expectedValue365 += year.value;
    m_truth.push_back(truth);
    addBestItems(user, shopper);
}

Status ShopWriter::writeShopper(const Shopper &shopper)
{
    const double end = m_options.historyDays;
    Rng rng(m_options.seed,
            streamOf(Purpose::History, static_cast<std::uint64_t>(shopper.number)));
    const Stretch life{.from = shopper.signupAt,
                       .to = end,
                       .leavesAt = shopper.dropoutAt,
                       .couponUntil = 0,
                       .signup = true,
                       .firstDay = m_firstDay};
    std::vector<ShopEvent> events = liveThrough(m_catalog, shopper, life, rng);
    std::erase_if(events, [&](const ShopEvent &event) { return event.at >= end; });

    std::array<char, 24> key{};
    std::snprintf(key.data(), key.size(), "U-%07lld", static_cast<long long>(shopper.number));
    std::int64_t user = 0;
    if (auto s = code(Dictionary::User, key.data(), user); !s) {
        return s;
    }
    const UserAttributes attributes{m_firstDay + static_cast<Day>(shopper.signupAt),
                                    kSignupChannels[static_cast<std::size_t>(shopper.channel)],
                                    kRegions[static_cast<std::size_t>(shopper.region)],
                                    kDevices[static_cast<std::size_t>(shopper.device)]};
    if (auto s = m_writer->describeUser(user, attributes); !s) {
        return s;
    }
    if (auto s = writeEvents(user, events); !s) {
        return s;
    }
    ++m_report.users;
    addTruth(user, shopper, events);
    return Done{};
}

Status ShopWriter::closeChunk(std::int64_t user)
{
    ImportChunk chunk;
    chunk.committedLines = user;
    chunk.totals = m_totals;
    chunk.hash = m_chunkHash.hex();
    m_chunkHash = Hasher();
    m_chunkEvents = 0;
    if (auto s = m_writer->log(chunk); !s) {
        return s;
    }
    return m_writer->commit();
}

Status ShopWriter::finish()
{
    m_writer.reset();
    if (auto s = writeTruth(m_project, m_truth, m_bestItems); !s) {
        return s;
    }
    if (auto s = buildEventIndexes(m_project); !s) {
        return s;
    }
    ProjectSettings settings;
    settings.currency = "USD";
    settings.margin = .4;
    settings.discountPerYear = .1;
    settings.horizonDays = 180;
    settings.snapshot = dayFromCivil(m_options.lastDay);
    if (auto s = writeSettings(m_project, settings); !s) {
        return s;
    }
    const Status finished = finishSource(m_project, m_source);
    return finished ? emptyLog(m_project) : finished;
}

Status ShopWriter::write(const Task &task)
{
    if (auto s = begin(); !s) {
        return s;
    }
    if (auto s = writeItems(); !s) {
        return s;
    }
    m_truth.reserve(static_cast<std::size_t>(m_options.users));
    constexpr double kWriting = .9; // the rest is truth, indexes and settings
    for (std::int64_t number = 1; number <= m_options.users; ++number) {
        const Shopper shopper =
            makeShopper(m_catalog, m_options.seed, number, m_options.historyDays);
        if (auto s = writeShopper(shopper); !s) {
            return s;
        }
        if (number % 256 == 0) {
            if (task.cancelled()) {
                return fail(ErrorCode::Cancelled);
            }
            task.progress(kWriting * static_cast<double>(number) /
                              static_cast<double>(m_options.users),
                          "sampling");
        }
        if (m_chunkEvents >= kChunkEvents && number < m_options.users) {
            if (auto s = closeChunk(number); !s) {
                return s;
            }
            if (auto s = m_writer->begin(); !s) {
                return s;
            }
        }
    }
    if (auto s = closeChunk(m_options.users); !s) {
        return s;
    }
    if (task.cancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    task.progress(kWriting, "indexing");
    if (auto s = finish(); !s) {
        return s;
    }
    task.progress(1, "indexing");
    return Done{};
}

} // namespace perennial
