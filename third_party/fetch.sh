#!/usr/bin/env bash
# Puts the sources that pins.txt names at third_party/<name>/, each checked against its SHA-256.
#
#   third_party/fetch.sh            fetch what is missing; says nothing and costs nothing when all is there
#
# First upstream's release archive is tried, then the ".orig" archive of Debian's source package.
# For the latter a private apt source list is written in a temporary folder, from the mirror that
# this machine already uses; the machine's own package sources and caches are not touched.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly here pins="$here/pins.txt"
readonly connect_seconds=6 download_seconds=120

die() { echo "fetch: $*" >&2; exit 1; }
say() { echo "  fetch: $*"; }

pin_names() { sed -n 's/^name: *//p' "$pins"; }

# pin NAME FIELD: the value of one field of one stanza.
pin() {
  awk -v name="$1" -v field="$2:" \
    '$1 == "name:" { current = $2 } current == name && $1 == field { sub(/^[^ ]+ +/, ""); print; exit }' \
    "$pins"
}

# A folder is complete when its stamp, written last, holds a checksum that is still pinned.
is_complete() {
  local stamp="$here/$1/.koeru-stamp"
  [[ -r $stamp ]] || return 1
  local have; have=$(<"$stamp")
  [[ $have == "$(pin "$1" upstream-sha256)" || $have == "$(pin "$1" debian-sha256)" ]]
}

sha256_of() { sha256sum "$1" | cut -d' ' -f1; }

# download_upstream NAME DIR: prints the archive's path, or fails when upstream cannot be reached.
download_upstream() {
  local url file
  url=$(pin "$1" upstream-url)
  file="$2/$(basename "$url")"
  command -v curl >/dev/null || return 1
  curl --fail --silent --location --proto '=https' --connect-timeout "$connect_seconds" \
    --max-time "$download_seconds" --output "$file" "$url" 2>/dev/null || return 1
  echo "$file"
}

# debian_mirrors: the Debian mirrors of this machine's package sources, in order, one-line and
# deb822 format, without the security archive.
debian_mirrors() {
  local files=(/etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources) f
  for f in "${files[@]}"; do
    [[ -r $f ]] || continue
    case $f in
      *.sources)
        awk '
          function flush(   i, n, u) {
            if (types ~ /(^| )deb( |$)/ && enabled != "no" && components ~ /(^| )main( |$)/) {
              n = split(uris, u, " "); for (i = 1; i <= n; i++) print u[i]
            }
            types = uris = components = enabled = field = ""
          }
          /^#/ { next }
          /^[ \t]*$/ { flush(); next }
          /^[^ \t]/ { field = tolower($1); sub(/^[^:]*:[ \t]*/, "") }
          field == "types:" { types = types " " $0 }
          field == "uris:" { uris = uris " " $0 }
          field == "components:" { components = components " " $0 }
          field == "enabled:" { enabled = tolower($1) }
          END { flush() }' "$f" ;;
      *)
        sed -n 's/^[[:space:]]*deb[[:space:]]\{1,\}\(\[[^]]*\][[:space:]]*\)\{0,1\}//p' "$f" |
          awk '/ main( |$)/ { print $1 }' ;;
    esac
  done | grep -v -i security | grep -E '/debian/?$' | awk '!seen[$0]++'
}

# private_apt DIR ARGS...: apt-get or apt-cache that sees only DIR's source list.
private_apt() {
  local dir=$1 tool=$2; shift 2
  "$tool" -q -o Dir::Etc::sourcelist="$dir/t.sources" -o Dir::Etc::sourceparts=- \
    -o Dir::State="$dir/state" -o Dir::State::status=/var/lib/dpkg/status \
    -o Dir::State::lists="$dir/lists" -o Dir::Cache="$dir/cache" \
    -o APT::Sandbox::User="$(id -un)" -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20 \
    -o Acquire::Retries=2 "$@"
}

# prepare_apt DIR MIRROR SUITE: writes the private source list and reads its index.
prepare_apt() {
  mkdir -p "$1"/{state,lists/partial,cache/archives/partial}
  cat >"$1/t.sources" <<SOURCES
Types: deb-src
URIs: $2
Suites: $3 $3-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
SOURCES
  # apt-get calls an update without a network a success: what counts is that an index came.
  private_apt "$1" apt-get update >"$1/update.log" 2>&1 || return 1
  compgen -G "$1/lists/*_source_Sources*" >/dev/null
}

# download_debian NAME DIR: prints the path of the .orig archive of Debian's source package, or fails
# with the reason in DIR/why.
download_debian() {
  local source orig sha suite mirror apt version
  source=$(pin "$1" debian-source) orig=$(pin "$1" debian-orig)
  sha=$(pin "$1" debian-sha256) suite=$(pin "$1" debian-suite)
  echo "no network to github.com nor to this machine's Debian mirror" >"$2/why"
  while read -r mirror; do
    apt="$2/apt-$(echo "$mirror $suite" | cksum | cut -d' ' -f1)"
    [[ -e $apt/ready ]] || prepare_apt "$apt" "$mirror" "$suite" || continue
    touch "$apt/ready"
    # The Debian revision does not matter, only that it carries the pinned archive.
    version=$(private_apt "$apt" apt-cache showsrc "$source" 2>/dev/null |
      awk -v sha="$sha" '/^Version:/ { version = $2 } $1 == sha { print version; exit }')
    if [[ -z $version ]]; then
      echo "github.com is out of reach, and Debian $suite carries $orig no longer with the pinned SHA-256" >"$2/why"
      continue
    fi
    (cd "$2" && private_apt "$apt" apt-get source --download-only --only-source "$source=$version" \
      >"$apt/source.log" 2>&1) || continue
    [[ -r $2/$orig ]] || continue
    echo "$2/$orig"
    return 0
  done < <(debian_mirrors)
  return 1
}

# unpack NAME ARCHIVE SHA TMP: the stamp is written before the folder gets its name, so a folder
# with the right name is never half there.
unpack() {
  local tree="$4/tree-$1"
  mkdir "$tree"
  tar -xf "$2" -C "$tree" --strip-components=1 --no-same-owner
  echo "$3" >"$tree/.koeru-stamp"
  rm -rf "${here:?}/$1"
  mv "$tree" "$here/$1"
}

fetch_one() {
  local name=$1 tmp=$2 archive origin sha wanted
  if archive=$(download_upstream "$name" "$tmp"); then
    origin=upstream
  else
    say "$name: upstream is out of reach, trying Debian's source package"
    archive=$(download_debian "$name" "$tmp") ||
      die "cannot get $name $(pin "$name" version): $(<"$tmp/why"); connect, move the pin in third_party/pins.txt, or unpack $(pin "$name" upstream-url) into third_party/$name yourself and write its SHA-256 into third_party/$name/.koeru-stamp"
    origin=debian
  fi
  wanted=$(pin "$name" "$origin-sha256")
  sha=$(sha256_of "$archive")
  [[ $sha == "$wanted" ]] ||
    die "$name: $(basename "$archive") from $origin has SHA-256 $sha, pinned is $wanted (third_party/pins.txt); the archive changed or the download is broken: do not use it, try again or check the pin"
  unpack "$name" "$archive" "$sha" "$tmp"
  say "$name $(pin "$name" version) is in place (from $origin)"
}

main() {
  local name missing=()
  for name in $(pin_names); do is_complete "$name" || missing+=("$name"); done
  ((${#missing[@]})) || return 0
  [[ -w $here && (! -e $here/.lock || -w $here/.lock) ]] ||
    die "you may not write to third_party/ (made by another user?); as root: chown -R $(id -un) ${here@Q}"
  exec 9>"$here/.lock"
  flock -w 600 9 || die "another fetch holds third_party/.lock for ten minutes; end it and try again"
  tmp=$(mktemp -d "$here/.fetch.XXXXXX")
  trap 'rm -rf "$tmp"' EXIT
  for name in "${missing[@]}"; do is_complete "$name" || fetch_one "$name" "$tmp"; done
}

main "$@"
