#pragma once

#include "core/project/chunk_hash.h"

#include <nlohmann/json.hpp>

namespace perennial {

/// A chunk that is not what was written: {source, name, number, part, first_line, …}.
inline nlohmann::ordered_json toJson(const ChunkDamage &chunk)
{
    return {{"source", chunk.source},        {"name", chunk.sourceName},
            {"number", chunk.number},        {"part", chunk.part},
            {"first_line", chunk.firstLine}, {"last_line", chunk.lastLine},
            {"first_byte", chunk.firstByte}, {"last_byte", chunk.lastByte}};
}

} // namespace perennial
