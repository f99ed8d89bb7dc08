#!/usr/bin/env bash
# make bench: builds the programs with the release preset's flags, runs them beside coturn and
# writes tests/bench/RESULTS.md.
#
#   tests/bench/run.sh [--quick] [--rounds=5] [--milliseconds=500]
#
# Run it on a machine with two cores or more that has nothing else to do. As root it takes real-time
# priority, and other programs all but stand still meanwhile.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# The relay is the one that `make run` starts (build/bin).
build() {
  cmake --preset release &&
    cmake --build --preset release --parallel "$(nproc)" --target koeru-relay koeru turn_load udp_forwarder media_bench
}
mkdir -p build/log
log=build/log/build-bench.log
if ! build >"$log" 2>&1; then
  tail -n 30 "$log" >&2
  echo "bench: the build failed; all of it is in $log" >&2
  exit 1
fi

out=(--out=tests/bench/RESULTS.md)
for argument in "$@"; do
  [[ $argument == --quick ]] && out=()
done
python3 -B tests/bench/bench.py --koeru=build/bin/koeru-relay \
  --load=build/release/tests/bench/turn_load --forwarder=build/release/tests/bench/udp_forwarder \
  "${out[@]}" "$@"

# The media peer beside libsrtp alone: one thread, so its CPU time needs no quiet machine.
table=$(build/release/tests/bench/media_bench)
printf '\n## The media peer\n\n%s\n' "$table"
((${#out[@]} == 0)) || printf '\n## The media peer\n\n%s\n' "$table" >>tests/bench/RESULTS.md

# Whole calls, beside each other.
calls=(--relay=build/bin/koeru-relay --koeru=build/bin/koeru)
((${#out[@]} == 0)) && calls+=(--quick)
table=$(python3 -B tests/bench/media_calls.py "${calls[@]}")
printf '\n%s\n' "$table"
((${#out[@]} == 0)) || printf '\n%s\n' "$table" >>tests/bench/RESULTS.md
