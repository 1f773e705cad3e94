#!/usr/bin/env bash
# Installs what packages.txt names and is missing; touches neither apt nor the network when all is there.
# Sourced by run.sh and test.sh; `bash packaging/setup.sh` does only this.
set -euo pipefail

perennial_say() { printf 'perennial: %s\n' "$*" >&2; }
perennial_die() { perennial_say "$*"; exit 1; }

perennial_top() { cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd; }

perennial_missing() {
    local top=$1 name
    grep -vE '^(#|$)' "$top/packaging/packages.txt" | while read -r name _; do
        dpkg-query -W -f='${db:Status-Status}\n' "$name" 2>/dev/null | grep -qx installed || echo "$name"
    done
}

perennial_setup() {
    local top=$1 missing as_root=() log
    command -v dpkg-query >/dev/null || perennial_die "this script knows Debian's packages only; see packaging/packages.txt for what to install"
    missing=$(perennial_missing "$top")
    if [ -n "$missing" ]; then
        if [ "$(id -u)" != 0 ]; then
            command -v sudo >/dev/null ||
                perennial_die "missing packages, and neither root nor sudo to install them: $(echo $missing)"
            as_root=(sudo)
        fi
        perennial_say "installing $(echo "$missing" | wc -l) packages (apt)"
        log=$(mktemp)
        if ! { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update &&
               "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing; } >"$log" 2>&1; then
            tail -n 5 "$log" >&2
            perennial_die "apt could not install: $(echo $missing) (whole log: $log)"
        fi
        rm -f "$log"
    fi
}

# What a build needs in the build folder; LibTorch's static parts are large.
perennial_need_space() {
    local top=$1 need_mb=$2 free_mb
    free_mb=$(df -Pm "$top" | awk 'NR == 2 {print $4}')
    [ "$free_mb" -ge "$need_mb" ] || perennial_die "needs $need_mb MB of free disk in $top, $free_mb MB are free"
}

perennial_build() {
    local top=$1 target=$2 log="$1/build/release.log"
    mkdir -p "$top/build" || perennial_die "can't write to $top/build"
    if [ ! -f "$top/build/release/build.ninja" ]; then
        perennial_need_space "$top" 3000
        perennial_say "configuring"
        (cd "$top" && cmake --preset release) >"$log" 2>&1 || { tail -n 20 "$log" >&2; perennial_die "configuring failed (whole log: $log)"; }
    fi
    if ! (cd "$top" && cmake --build --preset release --target "$target" -j "$(nproc)") >"$log" 2>&1; then
        grep -E 'error|FAILED|No space' "$log" | head -n 20 >&2
        perennial_die "the build failed (whole log: $log)"
    fi
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
    perennial_setup "$(perennial_top)"
fi
