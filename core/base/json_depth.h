#pragma once

namespace perennial {

/// For a JSON library's parser: leaves out what lies as deep as this or deeper. A file changed by
/// other hands may hold lists in lists without end; to write them again takes stack for each.
inline auto shallowerThan(int depth)
{
    return [depth](int at, auto, const auto &) { return at < depth; };
}

} // namespace perennial
