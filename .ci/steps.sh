#!/usr/bin/env bash
# Runs build steps one after the other, each with one line of progress, a log and a time limit.
#
#   .ci/steps.sh packages:run fetch native wasm js
#
#   packages:GROUP,...  installs the Debian packages that are missing (third_party/packages.txt)
#   fetch               fetches the pinned sources (third_party/pins.txt)
#   relay               build/bin/koeru-relay (preset release)
#   native              build/bin/: all that users run (preset release)
#   build:PRESET        everything of a native preset, tests included
#   install:PREFIX      what users run, with its manual page and systemd unit
#   package             build/*.deb
#   fuzzers             the fuzzers (preset fuzz)
#   wasm                build/dist/koeru.wasm and the others (preset wasm)
#   js                  build/dist/koeru.js and its kin, and the pages of demo/
#
# A step whose inputs did not change costs next to nothing. The first failure ends the run: the end
# of its log is shown, then one sentence.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=.ci/lib.sh
source .ci/lib.sh

# configure PRESET [LAUNCHER]: runs CMake when the build tree is new or the presets changed; after
# that Ninja itself sees what else changed.
configure() {
  local stamp="build/$1/.configured"
  [[ -e $stamp && ! CMakePresets.json -nt $stamp ]] && return 0
  step "configuring $1" 300 "configure-$1" ${2:+"$2"} cmake --preset "$1" ||
    fail "CMake cannot configure $1; if this folder was moved or the compiler changed, run: make clean"
  touch "$stamp"
}

build() {
  local preset=$1; shift
  step "building $preset" 3600 "build-$preset" ${fixed_addresses:-} \
    cmake --build --preset "$preset" --parallel "$(nproc)" ${1:+--target "$@"} ||
    fail "the $preset build failed"
}

js_packages() {
  local stamp=build/js-packages.stamp
  [[ -d js/node_modules ]] && cmp -s js/package-lock.json "$stamp" && return 0
  step "installing the JavaScript tools" 600 npm-ci \
    npm --prefix js ci --no-audit --no-fund --loglevel=error ||
    fail "npm could not install what js/package-lock.json names; without a network to its registry this cannot work, with one see the log"
  cp js/package-lock.json "$stamp"
}

# js_is_fresh: no input is newer than the last successful build.
js_is_fresh() {
  local stamp=build/js-build.stamp
  [[ -e $stamp && -e build/dist/call.html && -e build/dist/koeru.js && -e build/dist/koeru.mjs && -e build/dist/koeru.d.ts ]] ||
    return 1
  # koeru.wasm.js is made of koeru.wasm, and so on.
  local module
  for module in build/dist/koeru.wasm build/dist/koeru.sdp.wasm build/dist/koeru.inspect.wasm; do
    [[ ! -e $module ]] || [[ -e $module.js && ! $module -nt $stamp ]] || return 1
  done
  [[ -z $(find js demo -path js/node_modules -prune -o -newer "$stamp" -print -quit) ]]
}

js_build() {
  js_is_fresh && return 0
  local started; started=$(mktemp build/js-build.XXXXXX)  # changes made meanwhile count as new
  step "building koeru.js" 300 build-js npm --prefix js run build ||
    { rm -f "$started"; fail "the JavaScript build failed"; }
  mv "$started" build/js-build.stamp
}

run_step() {
  case $1 in
    packages:*)
      local groups; IFS=, read -r -a groups <<<"${1#*:}"
      foreground "checking Debian packages" third_party/install.sh "${groups[@]}" ;;
    fetch) foreground "checking the pinned sources" third_party/fetch.sh ;;
    relay) configure release; build release koeru-relay ;;
    native) configure release; build release koeru-relay koeru ;;
    install:*)
      configure release; build release koeru-relay koeru koeru_relay_texts
      step "installing" 120 install cmake --install build/release --prefix "${1#*:}" ||
        fail "installing to ${1#*:} failed; as root, or with another PREFIX or DESTDIR?" ;;
    package)
      configure release; build release koeru-relay koeru koeru_relay_texts
      step "packing" 300 package cpack --config build/release/CPackConfig.cmake -B build ||
        fail "cpack could not make the package" ;;
    fuzzers) configure fuzz; build fuzz tests/fuzz/all ;;
    build:*) configure "${1#*:}"; build "${1#*:}" ;;
    wasm) configure wasm emcmake; build wasm koeru_wasm koeru_sdp_wasm koeru_inspect_wasm ;;
    js) js_packages; js_build ;;
    *) fail "there is no step '$1'" ;;
  esac
}

main() {
  mkdir -p build/log build/dist
  step_count=${KOERU_STEP_COUNT:-$#} step_number=${KOERU_STEP_NUMBER:-0}
  for name in "$@"; do
    step_number=$((step_number + 1))
    run_step "$name"
  done
}

main "$@"
