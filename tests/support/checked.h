#pragma once

#include "core/base/result.h"

#include <QtGlobal>

namespace perennial::test {

/// What a step of a test's set-up gave; ends the program where it failed.
template <class T>
T checked(Result<T> result)
{
    if (!result) {
        qFatal("test data: error %d %s", static_cast<int>(result.error().code),
               result.error().detail.c_str());
    }
    return std::move(result).value();
}

} // namespace perennial::test
