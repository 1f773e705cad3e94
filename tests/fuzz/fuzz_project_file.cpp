// A project file with bytes changed by other hands.

#include "tests/fuzz/fuzz_support.h"
#include "tests/fuzz/project_readers.h"

#include "core/base/rng.h"

#include <algorithm>

using namespace perennial;

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t *data, std::size_t size, std::size_t most);

/// Changes bytes where they stand: what moves pages is told from a project at once.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t *data, std::size_t size,
                                               std::size_t most, unsigned int seed)
{
    constexpr std::uint32_t kSpan = 16;
    Rng rng(seed);
    if (size < 2 * kSpan || rng.below(50) == 0) {
        return LLVMFuzzerMutate(data, size, most);
    }
    for (std::uint32_t k = rng.below(4) + 1; k > 0; --k) {
        // The header and the schema are read first: a third of the changes.
        const auto area = static_cast<std::uint32_t>(
            rng.below(3) == 0 ? std::min<std::size_t>(size, 4096) : size);
        std::uint8_t *const place = data + rng.below(area - kSpan + 1);
        if (rng.below(2) == 0) {
            *place = static_cast<std::uint8_t>(rng.below(256));
        } else {
            LLVMFuzzerMutate(place, rng.below(kSpan) + 1, kSpan);
        }
    }
    return size;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const fuzz::Folder folder;
    const std::string_view bytes(reinterpret_cast<const char *>(data), size);
    folder.clear();
    const auto path = folder.write("fuzz.perennial", bytes);
    fuzz::salvageWhatIsThere(path);
    if (const auto project = Project::open(path, Project::Access::ReadOnly)) {
        fuzz::readEverything(*project);
    }
    if (auto project = Project::open(path, Project::Access::ReadWrite)) {
        fuzz::changeThings(*project);
    }
    return 0;
}
