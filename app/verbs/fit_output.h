#pragma once

#include "core/value/model_fit.h"

#include <QStringList>

namespace perennial {

/// What a fit says for people: status, parameters with their errors, log-likelihood.
QStringList fitLines(const ModelFit &fit);

} // namespace perennial
