#!/usr/bin/env bash
# Installs what is missing, builds, and opens the sample shop; without a display it does the main
# job headless and says where the report and the scores are. Arguments go to the program.
set -euo pipefail
. "$(dirname "$0")/setup.sh"
top=$(perennial_top)
perennial_setup "$top"
[ -x "$top/build/release/perennial" ] || perennial_say "building (15 minutes on two cores the first time)"
perennial_build "$top" perennial
program="$top/build/release/perennial"

if [ $# -gt 0 ]; then
    exec "$program" "$@"
fi

home="${PERENNIAL_HOME:-${XDG_DATA_HOME:-$HOME/.local/share}/perennial}"
mkdir -p "$home" || perennial_die "can't write to $home; set PERENNIAL_HOME to a folder that can be written"
sample="$home/shop.perennial"
if [ ! -f "$sample" ]; then
    perennial_need_space "$home" 500
    perennial_say "creating the sample shop"
    "$program" new "$sample" --sample shop --seed 1
fi

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec "$program" "$sample"
fi

perennial_say "no display: fitting, training and scoring the sample shop instead"
"$program" fit "$sample" --model bg-nbd
"$program" fit "$sample" --model gamma-gamma
"$program" train "$sample" --seed 1
"$program" score "$sample" --horizon 180d --out "$home/users.csv"
"$program" report "$sample" --out "$home/report.pdf"
printf 'report: %s\nusers:  %s\n' "$home/report.pdf" "$home/users.csv"
