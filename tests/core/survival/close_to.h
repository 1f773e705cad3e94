#pragma once

#include <QtTest>

#include <cmath>

namespace perennial::test {

/// Fails the test where two numbers are further apart.
inline void closeTo(double actual, double expected, double tolerance)
{
    QVERIFY2(std::abs(actual - expected) <= tolerance,
             qPrintable(QString("%1 is not %2").arg(actual, 0, 'g', 12).arg(expected, 0, 'g', 12)));
}

} // namespace perennial::test
