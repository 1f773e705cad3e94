#pragma once

#include "core/base/result.h"
#include "core/project/run_store.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace perennial {

/// Numbers as a raw tensor. @param shape its product is the number of values.
template <class T>
WeightBlob blobOf(const std::string &name, std::span<const T> values,
                  const std::vector<std::int64_t> &shape);

/// The same for a list.
template <class T>
WeightBlob listBlob(const std::string &name, const std::vector<T> &values)
{
    return blobOf<T>(name, values, {static_cast<std::int64_t>(values.size())});
}

/// Null where there is none of that name.
const WeightBlob *findBlob(const std::vector<WeightBlob> &blobs, std::string_view name) noexcept;

/// Those whose name begins with the prefix, without it, taken out of the others.
std::vector<WeightBlob> takeBlobs(std::vector<WeightBlob> &from, std::string_view prefix);

/// A list of any length; false where it isn't there, isn't one, or holds what is not finite.
template <class T>
bool readList(const std::vector<WeightBlob> &blobs, std::string_view name, std::vector<T> &out);

/// The same for a tensor of a known shape, its values row-major.
bool readTensor(const std::vector<WeightBlob> &blobs, std::string_view name,
                const std::vector<std::int64_t> &shape, std::vector<float> &out);

extern template WeightBlob blobOf<float>(const std::string &, std::span<const float>,
                                         const std::vector<std::int64_t> &);
extern template WeightBlob blobOf<std::int64_t>(const std::string &, std::span<const std::int64_t>,
                                                const std::vector<std::int64_t> &);
extern template bool readList<float>(const std::vector<WeightBlob> &, std::string_view,
                                     std::vector<float> &);
extern template bool readList<std::int64_t>(const std::vector<WeightBlob> &, std::string_view,
                                            std::vector<std::int64_t> &);

/// A model outside of a run: what it is (JSON), its numbers, and the hash of both.
struct SavedModel {
    std::string json;
    std::vector<WeightBlob> tensors;
    std::string hash; ///< BLAKE2b, 64 hex digits
};
SavedModel sealModel(std::string json, std::vector<WeightBlob> tensors);
/// @error Damaged, detail "hash", where: "model".
Status checkSeal(const SavedModel &model);

} // namespace perennial
