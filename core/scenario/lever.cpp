#include "core/scenario/lever.h"

#include "core/scenario/levers/levers.h"

namespace perennial {

const std::vector<const Lever *> &levers()
{
    static const std::vector<const Lever *> all{&retentionLever(), &frequencyLever(),
                                                &orderValueLever()};
    return all;
}

const Lever *leverByName(std::string_view name) noexcept
{
    for (const Lever *lever : levers()) {
        if (lever->name() == name) {
            return lever;
        }
    }
    return nullptr;
}

} // namespace perennial
