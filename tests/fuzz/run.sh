#!/usr/bin/env bash
# Builds the fuzz targets and runs each for a while, from seeds made here and from what earlier runs
# have left: tests/fuzz/run.sh [SECONDS_PER_TARGET=60] [TARGET …]. One line per target; a finding ends
# it with exit 1 and the path of the input that shows it. To run one input again:
# build/fuzz/tests/fuzz/fuzz_TARGET FILE.
set -euo pipefail
cd "$(dirname "$0")/../.."

seconds=${1:-60}
shift || true
targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
    targets=(tokenizer sniffer import number date recipe project_file project_values)
fi
here=tests/fuzz
build=build/fuzz
work=$build/run
mkdir -p "$work"

if [ ! -f $build/build.ninja ]; then
    cmake --preset fuzz ${CXX:+-DCMAKE_CXX_COMPILER="$CXX"} > "$work/configure.log"
fi
if ! cmake --build $build > "$work/build.log" 2>&1; then
    tail -40 "$work/build.log"
    exit 1
fi
# Asking for too much memory has an answer; libFuzzer's own limits find it.
export ASAN_OPTIONS=allocator_may_return_null=1:detect_leaks=1
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
$build/tests/fuzz/make_seeds "$work/seeds"

# The longest input worth trying, in bytes.
longest() {
    case $1 in
    project_file) echo 131072 ;;
    number | date | recipe | project_values) echo 1024 ;;
    *) echo 4096 ;;
    esac
}

dictionary() {
    case $1 in
    tokenizer | sniffer | import) echo "-dict=$here/dict/csv.dict" ;;
    date | recipe) echo "-dict=$here/dict/$1.dict" ;;
    esac
}

# The number behind the last match of a pattern in a log.
last_number() {
    grep -oE "$1[0-9]+" "$2" | tail -1 | grep -oE '[0-9]+$' || echo 0
}

printf '%-15s %12s %9s %9s\n' target executions coverage findings
for target in "${targets[@]}"; do
    mkdir -p "$work/corpus/$target" "$work/findings"
    log=$work/$target.log
    status=0
    # shellcheck disable=SC2046
    nice -n 19 "$build/tests/fuzz/fuzz_$target" "$work/corpus/$target" "$work/seeds/$target" \
        -max_total_time="$seconds" -max_len="$(longest "$target")" -timeout=10 -rss_limit_mb=3072 \
        -malloc_limit_mb=1024 -print_final_stats=1 -artifact_prefix="$work/findings/$target-" \
        $(dictionary "$target") > "$log" 2>&1 || status=$?
    findings=$([ $status -eq 0 ] && echo 0 || echo 1)
    printf '%-15s %12s %9s %9s\n' "$target" "$(last_number 'number_of_executed_units: ' "$log")" \
        "$(last_number 'cov: ' "$log")" "$findings"
    if [ $status -ne 0 ]; then
        grep -E 'does not hold|runtime error|ERROR:|SUMMARY:' "$log" | head -5 || true
        grep -oE 'Test unit written to .*' "$log" | tail -1 || echo "see $log"
        exit 1
    fi
done
