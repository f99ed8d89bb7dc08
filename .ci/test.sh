#!/usr/bin/env bash
# Builds and runs every test there is, then sums up. A suite that fails does not stop the others.
#
#   .ci/test.sh          everything (make test)
#   .ci/test.sh unit     the native tests of the dev build only (make unit)
#
# The last line is "N passed, N failed": the sum of what ctest and node reported. A suite that did
# not get as far as a report counts as one failure. The exit status is 0 only when nothing failed.
#
# A suite that passed is not run again while no file, compiler, browser or kernel changed; its line
# says so, and AGAIN=1 runs it all the same. A clean clone has nothing to remember.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=.ci/lib.sh
source .ci/lib.sh

passed=0
failed=0
skipped=0
bad_suites=()
recalled=0
tree_before= # the fingerprint when the run began: what changes meanwhile was not tested

# steps NAME...: build steps; counts one failure when one of them fails.
steps() {
  if [[ -n $ahead ]]; then
    ! kill -0 "$ahead" 2>/dev/null || echo "      waiting for what was begun meanwhile: $*"
    wait "$ahead" || true
    ahead=
  fi
  local first=$((step_number + 1))
  step_number=$((step_number + $#))
  KOERU_STEP_NUMBER=$((first - 1)) KOERU_STEP_COUNT=$step_count .ci/steps.sh "$@" && return 0
  add_result "$*" 0 1 0
  return 1
}

# add_result SUITE PASSED FAILED SKIPPED
add_result() {
  passed=$((passed + $2)) failed=$((failed + $3)) skipped=$((skipped + $4))
  (($3 == 0)) || bad_suites+=("$1")
}

# ctest_counts PRESET: "passed failed skipped" out of ctest's log. A program of many GoogleTests counts
# as what it ran, any other test as one; a program that ends early has at least one failure.
ctest_counts() {
  awk '
    function close_test() {
      if (!open) return
      if (is_skipped) skipped++
      else if (ok + bad == 0) { if (has_passed) passed++; else failed++ }
      else { passed += ok; failed += (bad == 0 && !has_passed) ? 1 : bad }
    }
    /^[0-9]+\/[0-9]+ Testing: / { close_test(); open = 1; ok = bad = has_passed = is_skipped = 0 }
    /^\[       OK \] / { ok++ }
    /^\[  FAILED  \] .* \([0-9]+ ms\)$/ { bad++ }
    /^Test Passed\.$/ { has_passed = 1 }
    /^Test (Skipped|Not Run)/ { is_skipped = 1 }
    END { close_test(); print passed + 0, failed + 0, skipped + 0 }
  ' "build/$1/Testing/Temporary/LastTest.log"
}

# build_ahead PRESET: begins that build while tests run which mostly wait; it gets the time that they
# leave. `steps build:PRESET` waits for it, and does what it left undone.
build_ahead() {
  nice -n 10 .ci/steps.sh "build:$1" >"build/log/ahead-$1.log" 2>&1 </dev/null &
  ahead=$!
}
ahead=
trap '[[ -z $ahead ]] || kill "$ahead" 2>/dev/null || true' EXIT

# What results depend on: each file of ours with its text, and the packages that came from outside.
fingerprint() {
  { git ls-files -z --cached --others --exclude-standard | xargs -0 -r sha256sum 2>/dev/null || true
    uname -r
    dpkg-query -W 2>/dev/null || true
  } | sha256sum | cut -d' ' -f1
}

# recall SUITE: takes over what the suite reported when it last passed, if nothing changed since.
recall() {
  local tree counts
  [[ -z ${AGAIN:-} && -e build/passed/$1 ]] || return 1
  read -r tree counts <"build/passed/$1"
  [[ $tree == "$tree_before" ]] || return 1
  step_number=$((step_number + 1))
  say "testing $1: nothing changed since ${counts% *} passed (AGAIN=1 runs them again)"
  add_result "$1" "${counts% *}" 0 "${counts#* }"
  recalled=1
}

# remember SUITE PASSED FAILED SKIPPED
remember() {
  rm -f "build/passed/$1"
  (($3 == 0)) || return 0
  mkdir -p build/passed
  echo "$tree_before $2 $4" >"build/passed/$1"
}

# run_ctest PRESET
run_ctest() {
  ! recall "$1" || return 0
  local log="build/log/test-$1.log" report="build/$1/Testing/Temporary/LastTest.log" status=0 good bad off
  step_number=$((step_number + 1))
  say "testing $1"
  rm -f "$report"
  quiet 1200 "$log" ${fixed_addresses:-} \
    ctest --preset "$1" --parallel "$(nproc)" || status=$?
  if [[ ! -s $report ]]; then
    tail -n 40 "$log"
    add_result "$1" 0 1 0
    return
  fi
  ((status == 0)) || show_ctest_failures "$log"
  grep -E '^[0-9]+% tests passed' "$log" | sed 's/^/      /' || true
  read -r good bad off < <(ctest_counts "$1")
  ((status == 0 || bad > 0)) || bad=1 # ended by the limit, or by a signal
  add_result "$1" "$good" "$bad" "$off"
  remember "$1" "$good" "$bad" "$off"
}

# show_ctest_failures LOG: what failing tests printed, and their names.
show_ctest_failures() {
  echo "----- $1"
  grep -v -E '^ *[0-9]+/[0-9]+ Test +#.* Passed|^ +Start +[0-9]+:' "$1" | tail -n 120
  echo "-----"
}

# node_count LOG WORD: the sum of "# pass 12" (TAP) or "ℹ pass 12" (spec) lines.
node_count() { awk -v word="$2" '($1 == "#" || $1 == "ℹ") && $2 == word { n += $3 } END { print n + 0 }' "$1"; }

# run_node NAME SECONDS FILE...: by node's own test runner.
run_node() {
  local name=$1 log="build/log/test-$1.log" status=0 bad off files=("${@:3}")
  ! recall "$1" || return 0
  step_number=$((step_number + 1))
  say "testing $name"
  quiet "$2" "$log" node --test --test-reporter=spec "${files[@]}" || status=$?
  bad=$(($(node_count "$log" fail) + $(node_count "$log" cancelled)))
  local good; good=$(node_count "$log" pass)
  ((status == 0 || bad > 0)) || bad=1 # ended by the limit, or never started
  ((good + bad > 0)) || bad=1         # a suite in which nothing ran is not a success
  ((bad == 0)) || { echo "----- $log"; grep -v '^ *✔' "$log" | tail -n 150; echo "-----"; }
  echo "      $good passed, $bad failed out of $((good + bad))"
  off=$(($(node_count "$log" skipped) + $(node_count "$log" todo)))
  add_result "$name" "$good" "$bad" "$off"
  remember "$name" "$good" "$bad" "$off"
}

sum_up() {
  echo
  ((${#bad_suites[@]} == 0)) || echo "Failed: ${bad_suites[*]} (logs: build/log/)"
  ((skipped == 0)) || echo "$skipped skipped"
  ((recalled == 0)) || echo "Some or all of it from an earlier run, because nothing changed since."
  echo "$passed passed, $failed failed"
  ((failed == 0))
}

test_unit() {
  step_count=4
  steps packages:run,test fetch || { sum_up; exit 1; }
  ! steps build:dev || run_ctest dev
}

test_all() {
  step_count=13
  steps packages:run,test fetch || { sum_up; exit 1; }
  local step preset has_page=1
  for step in wasm js; do steps "$step" || has_page=0; done
  # Each test runs where it finds most: the programs as users get them (release), every unit test
  # with assertions and sanitizers (asan), and what has threads (tsan); see tests/CMakeLists.txt.
  local -A next=([release]=asan [asan]=tsan)
  for preset in release asan tsan; do
    if ! steps "build:$preset"; then
      step_number=$((step_number + 1))
      continue
    fi
    [[ -z ${next[$preset]:-} ]] || build_ahead "${next[$preset]}"
    run_ctest "$preset"
  done
  run_node js 300 tests/js/*.test.mjs tests/js/*/*.test.mjs
  # The same tests where the engine has no WebAssembly: on koeru.wasm.js.
  KOERU_ENGINE=js NODE_OPTIONS="--import=./tests/js/support/no_webassembly.mjs" \
    run_node js-without-wasm 300 tests/js/*.test.mjs tests/js/media/*.test.mjs
  [[ -x build/bin/koeru-relay ]] || has_page=0
  ((has_page)) || fail_browser
  ((!has_page)) || run_node browser 1800 tests/browser/*.test.mjs
}

fail_browser() {
  echo "      the browser tests need what did not build"
  add_result browser 0 1 0
}

mkdir -p build/log
tree_before=$(fingerprint)
case ${1:-all} in
  all) test_all ;;
  unit) test_unit ;;
  *) fail "there is no set of tests '$1'" ;;
esac
sum_up
