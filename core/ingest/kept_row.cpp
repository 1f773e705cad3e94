#include "core/ingest/kept_row.h"

#include "core/ingest/clean_text.h"

namespace perennial {

RejectedRow keptRow(const ImportPlan &plan, std::int64_t line, RowReason reason,
                    const std::string &column, std::string_view raw)
{
    constexpr std::size_t kMostBytes = 2000;
    return {line, std::string(reasonCode(reason)), cleanText(column, kMostBytes),
            plan.hidesText ? std::string() : cleanText(raw, kMostBytes)};
}

} // namespace perennial
