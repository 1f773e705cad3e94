#pragma once

#include "core/base/result.h"

#include <QAbstractTableModel>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

namespace perennial {

/// Rows that are read page by page as the view scrolls: `readPage` gives at most `limit` of them
/// from `offset` on. An error ends the list and is kept.
template <class Row>
class PagedModel : public QAbstractTableModel {
public:
    /// What kept the rest from being read.
    const std::optional<Error> &error() const { return m_error; }

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }

    bool canFetchMore(const QModelIndex &parent) const override
    {
        return !parent.isValid() && !m_atEnd && have() < m_total;
    }

    void fetchMore(const QModelIndex &parent) override
    {
        if (!canFetchMore(parent)) {
            return;
        }
        Result<std::vector<Row>> page = readPage(have(), kPageRows);
        if (!page || page->empty()) {
            m_atEnd = true;
            if (!page) {
                m_error = page.error();
            }
            return;
        }
        const int first = static_cast<int>(m_rows.size());
        beginInsertRows({}, first, first + static_cast<int>(page->size()) - 1);
        std::ranges::move(*page, std::back_inserter(m_rows));
        endInsertRows();
    }

protected:
    PagedModel(std::int64_t total, QObject *parent) : QAbstractTableModel(parent), m_total(total) {}

    virtual Result<std::vector<Row>> readPage(std::int64_t offset, std::int64_t limit) const = 0;
    const Row &row(const QModelIndex &index) const
    {
        return m_rows[static_cast<std::size_t>(index.row())];
    }

private:
    static constexpr std::int64_t kPageRows = 500;
    std::int64_t have() const { return static_cast<std::int64_t>(m_rows.size()); }

    std::int64_t m_total;
    bool m_atEnd = false;
    std::vector<Row> m_rows;
    std::optional<Error> m_error;
};

} // namespace perennial
