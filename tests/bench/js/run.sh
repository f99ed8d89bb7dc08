#!/usr/bin/env bash
# make bench-js: runs Koeru's SDP beside sdp-transform and sdp, in Node and in Chromium, and writes
# tests/bench/RESULTS-JS.md.
#
#   tests/bench/js/run.sh [--quick] [--only=node|chromium] [--rounds=9] [--milliseconds=60] [--parses=1000000]
#
# It takes three minutes. Compare ratios: the machine may be busy, but then it is for all.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."

out=(--out=tests/bench/RESULTS-JS.md)
for argument in "$@"; do
  [[ $argument == --quick ]] && out=()
done
exec node --expose-gc tests/bench/js/main.mjs "${out[@]}" "$@"
