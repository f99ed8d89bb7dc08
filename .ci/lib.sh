# Progress, logs and limits for the scripts beside this file. To be sourced, from the top folder.

# The number of the present step, and how many there are; shown in front of every line.
step_number=0
step_count=0

# Sanitizers of this compiler generation need the address layout that kernels had in their time.
fixed_addresses=
if setarch --addr-no-randomize true 2>/dev/null; then fixed_addresses="setarch --addr-no-randomize"; fi

# ccache makes a clean rebuild cheap where it is installed; nothing needs it.
if command -v ccache >/dev/null; then
  export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache
  export CCACHE_SLOPPINESS=${CCACHE_SLOPPINESS:-pch_defines,time_macros}
fi

fail() {
  echo "make: $*" >&2
  exit 1
}

say() { echo "[$step_number/$step_count] $*"; }

# foreground TITLE COMMAND...: for commands that show their own lines and may ask for a password.
foreground() {
  say "$1"
  "${@:2}" || exit 1
}

# heartbeat LOG: shows the last line of a log from time to time, so that a long step looks alive.
heartbeat() {
  local last shown="" period=30
  [[ ! -t 1 ]] || period=1
  while sleep "$period" >/dev/null 2>&1; do
    last=$(tail -n 1 "$1" | tr -d '\r' | cut -c1-90)
    [[ $last != "$shown" ]] || continue
    shown=$last
    if [[ -t 1 ]]; then printf '\r\033[K      %s' "$last"; else echo "      $last"; fi
  done
}

# show_log LOG: from the first error on, or the end.
show_log() {
  local first
  first=$(grep -n -m1 -E '^(FAILED:|CMake Error|npm ERR!|npm error)' "$1" | cut -d: -f1)
  echo "----- $1"
  if [[ -n $first ]]; then sed -n "${first},$((first + 60))p" "$1"; else tail -n 40 "$1"; fi
  echo "-----"
}

# quiet SECONDS LOG COMMAND...: runs a command into a log, with a limit and a heartbeat; its status
# is the command's (124: the limit). Interrupting ends the command and all it started.
quiet() {
  local limit=$1 log=$2 status=0 command beat; shift 2
  timeout --kill-after=10 "$limit" "$@" >"$log" 2>&1 </dev/null &
  command=$!
  heartbeat "$log" &
  beat=$!
  trap 'kill "$command" "$beat" 2>/dev/null; wait; echo; exit 130' INT TERM
  wait "$command" || status=$?
  trap - INT TERM
  kill "$beat" 2>/dev/null || true
  wait "$beat" 2>/dev/null || true
  [[ ! -t 1 ]] || printf '\r\033[K'
  return "$status"
}

# step TITLE SECONDS NAME COMMAND...: one line when it starts, one with the time when it took long,
# the log (build/log/NAME.log) when it fails.
step() {
  local title=$1 limit=$2 log="build/log/$3.log" status=0 started=$SECONDS; shift 3
  say "$title"
  quiet "$limit" "$log" "$@" || status=$?
  if ((status)); then
    show_log "$log" >&2
    ((status != 124)) || echo "make: $title took longer than $limit s and was ended" >&2
    return 1
  fi
  ((SECONDS - started < 5)) || echo "      done in $((SECONDS - started)) s"
}
