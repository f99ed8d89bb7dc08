#!/usr/bin/env bash
# Runs every fuzzer of the fuzz build for some seconds, from the seeds in tests/fuzz/corpus/NAME.
#
#   .ci/fuzz.sh [SECONDS [NAME...]]
#
# New inputs that reach new code are kept in build/fuzz/corpus/NAME for the next run. An input that
# breaks something is kept in build/fuzz/findings/, and the run says how to repeat it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=.ci/lib.sh
source .ci/lib.sh

seconds=${1:-60}
[[ $seconds =~ ^[1-9][0-9]*$ ]] || fail "seconds for each fuzzer: a whole number, not '$seconds'"
(($# == 0)) || shift
mapfile -t fuzzers < <(find build/fuzz -type f -name 'fuzz_*' -executable | sort)
((${#fuzzers[@]})) || fail "the fuzz build holds no fuzzer; build it with: make fuzz"

# run_fuzzer PROGRAM: status 0 when it found nothing.
run_fuzzer() {
  local name seeds corpus log
  name=$(basename "$1") name=${name#fuzz_}
  seeds="tests/fuzz/corpus/$name" corpus="build/fuzz/corpus/$name" log="build/log/fuzz-$name.log"
  mkdir -p "$corpus" build/fuzz/findings
  [[ -d $seeds ]] || seeds=
  timeout --kill-after=10 $((seconds + 120)) "$1" -max_total_time="$seconds" -timeout=10 \
    -rss_limit_mb=2048 -max_len=70000 -print_final_stats=1 \
    -artifact_prefix="build/fuzz/findings/$name-" "$corpus" ${seeds:+"$seeds"} >"$log" 2>&1 </dev/null
}

found=0
for fuzzer in "${fuzzers[@]}"; do
  name=$(basename "$fuzzer") name=${name#fuzz_}
  (($# == 0)) || [[ " $* " == *" $name "* ]] || continue
  if run_fuzzer "$fuzzer"; then
    echo "  $name: $(awk '/stat::number_of_executed_units/ { print $2 }' "build/log/fuzz-$name.log") inputs, nothing found"
  else
    found=1
    echo "  $name: FOUND something"
    grep -E -A 12 'ERROR|runtime error|SUMMARY' "build/log/fuzz-$name.log" | head -n 30 || true
    echo "  repeat it: $fuzzer $(ls -t build/fuzz/findings/"$name"-* 2>/dev/null | head -n 1)"
  fi
done
((found == 0)) || fail "a fuzzer found something; keep its input in tests/fuzz/corpus/ when it is mended"
