#pragma once

#include "core/base/dates.h"
#include "core/base/words.h"
#include "core/segment/segment_choice.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

enum class ReportPageSize { A4, Letter };

struct ReportOptions {
    std::filesystem::path path; ///< of the PDF; replaced when it is there
    std::string templateName = "standard";
    std::vector<std::string> sections; ///< ids in reading order; empty = the template's
    ReportPageSize pageSize = ReportPageSize::A4;
    Segment segment = everybody(); ///< only its users
    std::string title;          ///< empty = the project's name
    int topUsers = 25;          ///< rows of the table of users, 1 … 500
    UtcSecond printedAt = 0;    ///< the date printed; 0 = now
};

/// A named choice of sections.
struct ReportTemplate {
    std::string name;
    std::vector<std::string> sections;
};
/// "standard" (everything), "brief", "model" (model card, data, definitions).
const std::vector<ReportTemplate> &reportTemplates();

} // namespace perennial
