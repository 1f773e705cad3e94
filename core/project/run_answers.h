#pragma once

// Private to core/project: what runs said of single users, beside their weights.

#include "core/project/database.h"
#include "core/project/run_store.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace perennial {

inline constexpr std::string_view kAnswersPrefix = "answers/";
inline constexpr const char *kIsAnswer = "substr(name, 1, 8) = 'answers/'";

/// Of everything a tensor is: a swapped name or shape shows as well.
std::string weightHash(const WeightBlob &weight, const std::string &name, const std::string &shape);

/// Takes a user out of the answers of all runs. A run whose answers are not lists of one length, or
/// not as they were written, loses them all.
void eraseAnswersOf(Database &database, std::int64_t user);
/// Takes out of a run's answers who is no user: erased while the run was trained.
void eraseAnswersOfStrangers(Database &database, std::int64_t run);

} // namespace perennial
