#pragma once

#include "app/verb.h"

#include <cstdint>
#include <string>

namespace perennial {

/// A fit of contracts from a table of survivors, without a project.
struct ContractFitRequest {
    std::string model;           ///< "sbg", "bdw"
    std::string table;           ///< path of a CSV: periods 0, 1, 2, … and who is left after each
    std::string time;            ///< the column of periods; empty = the first
    std::string survivors;       ///< the column of counts or per cent; empty = the second
    double customers = 0;        ///< > 0: the column is in per cent of so many customers
    std::int32_t lastPeriod = 0; ///< > 0: later ones stay out of the fit
    std::int32_t ahead = 5;      ///< periods forecast past the last one fitted
    double discount = 0;         ///< > 0: lifetimes discounted by it per period are told
};

/// @error of readTextFile and the ingest room; UnknownColumn; BadData (detail: what and in which
/// row); InvalidArgument (where: the option); those of fitContractModel.
Result<VerbOutput> fitContractTable(const ContractFitRequest &request, const Task &task);

} // namespace perennial
