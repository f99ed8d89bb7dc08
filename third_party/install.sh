#!/usr/bin/env bash
# Installs the Debian packages of packages.txt that are missing.
#
#   third_party/install.sh run             what `make run` needs
#   third_party/install.sh run test ...    several groups
#
# Says nothing and costs nothing when all are there. Uses sudo when not root. The machine's package
# sources are used as they are.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly here log="$here/../build/log/install.log" min_node=18

die() { echo "install: $*" >&2; exit 1; }

# packages_of GROUP: the packages of one group.
packages_of() { awk -v group="$1" '$1 == group { print $2 }' "$here/packages.txt"; }

node_is_new_enough() {
  local version
  version=$(node --version 2>/dev/null) || return 1
  version=${version#v}
  ((${version%%.*} >= min_node))
}

is_installed() {
  case $1 in
    nodejs) node_is_new_enough ;;
    npm) command -v npm >/dev/null ;;
    *) [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null) == installed ]] ;;
  esac
}

# missing_packages GROUP...: one line each.
missing_packages() {
  local group package
  for group in "$@"; do
    for package in $(packages_of "$group"); do is_installed "$package" || echo "$package"; done
  done
}

# as_root COMMAND...: asks for a password only where somebody can type one.
as_root() {
  if ((EUID == 0)); then "$@"
  elif [[ -t 0 ]]; then sudo "$@" </dev/tty
  else sudo -n "$@"; fi
}

can_be_root() {
  ((EUID == 0)) && return 0
  command -v sudo >/dev/null || return 1
  if [[ -t 0 ]]; then sudo -v </dev/tty; else sudo -n true 2>/dev/null; fi
}

# Debian starts the services of coturn and prometheus when their packages are installed. They would
# take ports and serve strangers, and all we want is their tools: so the services of packages that
# are new here are masked meanwhile, then left off.
new_services=()
services() {
  [[ -d /run/systemd/system ]] && ((${#new_services[@]})) || return 0
  case $1 in
    hold) as_root systemctl mask "${new_services[@]}" ;;
    release)
      as_root systemctl unmask "${new_services[@]}" &&
        as_root systemctl disable "${new_services[@]}" ;;
  esac >>"$log" 2>&1 || true
}

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install --yes -q \
    --no-install-recommends -o DPkg::Lock::Timeout=300 "$@" >>"$log" 2>&1 </dev/null
}

# A package index from another day may name files that the mirror no longer has: try with what is
# there, then with a fresh index.
install_packages() {
  apt_install "$@" && return 0
  as_root apt-get update -q -o DPkg::Lock::Timeout=300 >>"$log" 2>&1 </dev/null || true
  apt_install "$@"
}

main() {
  (($#)) || die "which group? third_party/install.sh run|test|bench|fuzz|dev..."
  local missing by_hand group
  for group in "$@"; do
    [[ -n $(packages_of "$group") ]] || die "there is no group '$group' in third_party/packages.txt"
  done
  command -v dpkg-query >/dev/null ||
    die "this is not Debian: install what third_party/packages.txt names by other means, then use CMakePresets.json directly"
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0

  by_hand="apt-get update && apt-get install --no-install-recommends ${missing[*]}"
  can_be_root ||
    die "these packages are missing and installing them needs root: run as root: $by_hand"
  echo "  installing ${#missing[@]} Debian packages: ${missing[*]} (log: build/log/install.log)"
  mkdir -p "$(dirname "$log")"
  : >"$log"
  local package
  for package in coturn prometheus; do
    [[ " ${missing[*]} " != *" $package "* ]] || new_services+=("$package.service")
  done
  services hold
  if ! install_packages "${missing[@]}"; then
    services release
    grep -E '^(E|Err):?' "$log" | tail -n 4 >&2 || true
    die "apt-get could not install ${missing[*]} (no network, or no such package in this machine's sources; all of it is in build/log/install.log): mend that and try again, or run as root: $by_hand"
  fi
  services release
  node_is_new_enough || die "node on PATH is $(node --version 2>/dev/null || echo missing), ${min_node} or later is needed: put a newer one first on PATH"
}

main "$@"
