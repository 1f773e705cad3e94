#!/bin/bash
# tests/kills.sh [N=1000] [BUILD=build/release] [SEED=1]: kills N imports at random moments, checks
# after each that nothing acknowledged is lost, and at the end of each import that the project is
# the undisturbed one's. The test suite does 50.
set -euo pipefail
cd "$(dirname "$0")/.."
export PERENNIAL_KILLS="${1:-1000}" PERENNIAL_KILL_SEED="${3:-1}" QT_QPA_PLATFORM=offscreen
export QTEST_FUNCTION_TIMEOUT=86400000
exec "${2:-build/release}/tests/core/ingest/tst_kills" killsLoseNothing -maxwarnings 0
