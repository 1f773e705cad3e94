#!/usr/bin/env bash
# Installs what is missing, builds everything and runs all tests without a display.
# Arguments go to ctest, for example: packaging/test.sh -R value
set -euo pipefail
. "$(dirname "$0")/setup.sh"
top=$(perennial_top)
perennial_setup "$top"
perennial_build "$top" all
cd "$top/build/release"
QT_QPA_PLATFORM=offscreen exec ctest --output-on-failure "$@"
