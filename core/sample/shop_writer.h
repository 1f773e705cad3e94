#pragma once

#include "core/base/hash.h"
#include "core/base/task.h"
#include "core/project/event_writer.h"
#include "core/project/import_store.h"
#include "core/project/project.h"
#include "core/project/truth_store.h"
#include "core/sample/catalog.h"
#include "core/sample/history.h"
#include "core/sample/sample_shop.h"
#include "core/sample/shopper.h"

#include <optional>
#include <string_view>
#include <vector>

namespace perennial {

/// The profile of a sample shop's source.
inline constexpr std::string_view kSampleProfile = "sample-shop";

/// Carries shoppers into a project. Every step returns what the project room reported.
class ShopWriter {
public:
    ShopWriter(Project &project, const SampleShopOptions &options)
        : m_project(project), m_options(options),
          m_catalog(makeCatalog(options.seed, options.items)),
          m_firstDay(dayFromCivil(options.lastDay) - options.historyDays + 1)
    {
    }

    Status write(const Task &task);
    SampleShopReport report() const { return m_report; }

private:
    Status begin();
    Status writeItems();
    Status writeShopper(const Shopper &shopper);
    Status codeOrder(std::int64_t &id);
    Status writeEvents(std::int64_t user, const std::vector<ShopEvent> &events);
    void addTruth(std::int64_t user, const Shopper &shopper, const std::vector<ShopEvent> &events);
    void addBestItems(std::int64_t user, const Shopper &shopper);
    void count(const ShopEvent &event);
    Status closeChunk(std::int64_t user);
    Status finish();
    Status code(Dictionary dictionary, std::string_view key, std::int64_t &id);

    Project &m_project;
    SampleShopOptions m_options;
    Catalog m_catalog;
    Day m_firstDay;
    SampleShopReport m_report;
    std::int64_t m_source = 0;
    std::optional<EventWriter> m_writer;
    std::vector<std::int64_t> m_itemIds, m_deviceIds, m_placeIds, m_channelIds;
    std::vector<TruthUser> m_truth;
    std::vector<TruthItem> m_bestItems;
    ImportTotals m_totals;
    std::int64_t m_chunkEvents = 0;
    Hasher m_chunkHash;
};

} // namespace perennial
