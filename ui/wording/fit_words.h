#pragma once

#include "core/value/model_fit.h"

#include <QString>

namespace perennial {

/// Why a fit ended at a boundary and what stands in its place: a clause after "boundary: ".
QString fitBoundaryText(const ModelFit &fit);

} // namespace perennial
