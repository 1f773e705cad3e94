#include "core/project/weight_blob.h"

#include "core/base/hash.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <iterator>

static_assert(std::endian::native == std::endian::little, "weights are stored little-endian");

namespace perennial {

namespace {

template <class T>
constexpr const char *typeName()
{
    static_assert(std::is_same_v<T, float> || std::is_same_v<T, std::int64_t>);
    return std::is_same_v<T, float> ? "float32" : "int64";
}

/// False for another type, or what is not finite.
template <class T>
bool readValues(const WeightBlob &blob, std::vector<T> &out)
{
    if (blob.type != typeName<T>() || blob.data.size() % sizeof(T) != 0) {
        return false;
    }
    out.resize(blob.data.size() / sizeof(T));
    if (!out.empty()) {
        std::memcpy(out.data(), blob.data.data(), blob.data.size());
    }
    if constexpr (std::is_same_v<T, float>) {
        return std::all_of(out.begin(), out.end(), [](float x) { return std::isfinite(x); });
    }
    return true;
}

/// Each part behind its length, so that no two models run together into one text.
std::string hashOf(const std::string &json, const std::vector<WeightBlob> &tensors)
{
    Hasher hasher;
    const auto add = [&](std::span<const std::byte> bytes) {
        hasher.add(std::to_string(bytes.size()) + ":");
        hasher.add(bytes);
    };
    const auto addText = [&](std::string_view text) {
        add(std::as_bytes(std::span(text.data(), text.size())));
    };
    addText(json);
    for (const WeightBlob &tensor : tensors) {
        addText(tensor.name);
        addText(tensor.type);
        for (const std::int64_t side : tensor.shape) {
            hasher.add(std::to_string(side) + "x");
        }
        add(tensor.data);
    }
    return hasher.hex();
}

} // namespace

template <class T>
WeightBlob blobOf(const std::string &name, std::span<const T> values,
                  const std::vector<std::int64_t> &shape)
{
    WeightBlob blob{name, typeName<T>(), shape, {}};
    blob.data.resize(values.size_bytes());
    if (!values.empty()) {
        std::memcpy(blob.data.data(), values.data(), values.size_bytes());
    }
    return blob;
}

std::vector<WeightBlob> takeBlobs(std::vector<WeightBlob> &from, std::string_view prefix)
{
    const auto others = std::ranges::stable_partition(from, [&](const WeightBlob &blob) {
        return !blob.name.starts_with(prefix);
    });
    std::vector<WeightBlob> taken(std::make_move_iterator(others.begin()),
                                  std::make_move_iterator(others.end()));
    from.erase(others.begin(), others.end());
    for (WeightBlob &blob : taken) {
        blob.name.erase(0, prefix.size());
    }
    return taken;
}

const WeightBlob *findBlob(const std::vector<WeightBlob> &blobs, std::string_view name) noexcept
{
    const auto found = std::find_if(blobs.begin(), blobs.end(),
                                    [&](const WeightBlob &blob) { return blob.name == name; });
    return found == blobs.end() ? nullptr : &*found;
}

template <class T>
bool readList(const std::vector<WeightBlob> &blobs, std::string_view name, std::vector<T> &out)
{
    const WeightBlob *blob = findBlob(blobs, name);
    return blob != nullptr && blob->shape.size() == 1 && readValues(*blob, out) &&
           out.size() == static_cast<std::size_t>(blob->shape[0]);
}

bool readTensor(const std::vector<WeightBlob> &blobs, std::string_view name,
                const std::vector<std::int64_t> &shape, std::vector<float> &out)
{
    const WeightBlob *blob = findBlob(blobs, name);
    std::size_t numbers = 1;
    for (const std::int64_t side : shape) {
        numbers *= static_cast<std::size_t>(side);
    }
    return blob != nullptr && blob->shape == shape && readValues(*blob, out) &&
           out.size() == numbers;
}

template WeightBlob blobOf<float>(const std::string &, std::span<const float>,
                                  const std::vector<std::int64_t> &);
template WeightBlob blobOf<std::int64_t>(const std::string &, std::span<const std::int64_t>,
                                         const std::vector<std::int64_t> &);
template bool readList<float>(const std::vector<WeightBlob> &, std::string_view,
                              std::vector<float> &);
template bool readList<std::int64_t>(const std::vector<WeightBlob> &, std::string_view,
                                     std::vector<std::int64_t> &);

SavedModel sealModel(std::string json, std::vector<WeightBlob> tensors)
{
    std::string hash = hashOf(json, tensors);
    return {std::move(json), std::move(tensors), std::move(hash)};
}

Status checkSeal(const SavedModel &model)
{
    if (hashOf(model.json, model.tensors) != model.hash) {
        return fail(ErrorCode::Damaged, "hash", "model");
    }
    return Done{};
}

} // namespace perennial
