#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace perennial::test {

/// What a run of the program left behind.
struct Outcome {
    int code = -1;
    QByteArray out, err;
    QJsonObject json; ///< of standard output; empty where that is not one JSON object
    QString errorCode() const { return json["error"].toObject()["code"].toString(); }
};

/// Runs the program built beside the tests, without a display.
Outcome run(const QStringList &arguments, const QString &folder = {});

} // namespace perennial::test
