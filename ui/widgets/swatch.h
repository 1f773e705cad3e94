#pragma once

#include "ui/theme/tokens.h"

#include <QIcon>

namespace perennial {

/// A disc in the colour of what a mark stands for, the same in both themes: beside names in menus,
/// chips and lists.
QIcon swatchIcon(Ink ink);

} // namespace perennial
