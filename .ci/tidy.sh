#!/usr/bin/env bash
# Runs clang-tidy (.clang-tidy) with the dev build's compile commands.
#
#   .ci/tidy.sh          the C++ sources that differ from the upstream branch, or without one from
#                        the last commit
#   .ci/tidy.sh all      all C++ sources
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=.ci/lib.sh
source .ci/lib.sh

base=$(git rev-parse --verify --quiet '@{upstream}' || git rev-parse --verify --quiet 'HEAD~1' || echo HEAD)
if [[ ${1:-changed} == all ]]; then
  mapfile -t files < <(git ls-files '*.cc')
else
  mapfile -t files < <({ git diff --name-only --diff-filter=d "$base"; git ls-files --others --exclude-standard; } |
    grep '\.cc$' | sort -u)
fi

# A file that the dev build does not compile (one for WebAssembly only) has no compile command.
compiled=()
for file in "${files[@]}"; do
  grep -qF "\"file\": \"$PWD/$file\"" build/dev/compile_commands.json && compiled+=("$file")
done
((${#compiled[@]})) || { echo "clang-tidy: nothing to check"; exit 0; }

echo "clang-tidy: ${#compiled[@]} files"
# gcc's own flags in the compile commands mean nothing to clang.
printf '%s\0' "${compiled[@]}" |
  xargs -0 -n 1 -P "$(nproc)" timeout 600 clang-tidy -p build/dev --quiet --extra-arg=-Wno-unknown-warning-option ||
  fail "clang-tidy found something: mend it, or write NOLINT(check) with the reason beside the line"
