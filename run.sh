#!/usr/bin/env bash
# ./run.sh [arguments]   builds and runs the comparison (--help shows the arguments)
# ./run.sh test          builds and runs every test
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

if ! (cd "$root" && dotnet --version) >/dev/null 2>&1; then
  echo "A .NET 10 SDK, 10.0.100 or newer, is needed: https://dotnet.microsoft.com/download/dotnet/10.0" >&2
  exit 4
fi

build() { # quiet unless it fails
  local log
  log=$(cd "$root" && dotnet build "$1" -c Release -v quiet --nologo 2>&1) || { echo "$log" >&2; exit 4; }
}

if [ "${1:-}" = test ]; then
  cd "$root"
  build Benchmarks.sln
  results=$(mktemp -d)
  trap 'rm -rf "$results"' EXIT
  status=0
  dotnet test Benchmarks.sln -c Release --no-build --nologo --logger "console;verbosity=minimal" \
    --logger "trx;LogFilePrefix=tests" --results-directory "$results" "${@:2}" || status=$?
  dotnet format Benchmarks.sln --verify-no-changes --no-restore || status=$?
  counters=$(grep -ohs '<Counters [^>]*' "$results"/*.trx || true) # by any name: a trx logger of the caller's replaces this one
  count() { grep -oE " $1=\"[0-9]+\"" <<<"$counters" | tr -dc '0-9\n' | awk '{ sum += $1 } END { print sum + 0 }'; } # over all projects
  if [ -z "$counters" ]; then echo "0 passed, 0 failed, 0 skipped"; exit 1; fi
  total=$(count total) executed=$(count executed) passed=$(count passed)
  echo "$passed passed, $((executed - passed)) failed, $((total - executed)) skipped"
  [ "$executed" -gt 0 ] || exit 1
  exit "$status"
fi

program="$root/bench/bin/Release/net10.0/ConnectionReuse.Bench.dll"
stamp="$root/bench/bin/built" # from when the last build began: asking the build itself takes seconds
changed() {
  [ ! -e "$program" ] || [ ! -e "$stamp" ] || [ -n "$(find "$root"/{bench,src,Directory.*,global.json} \
    \( -name bin -o -name obj \) -prune -o -newer "$stamp" -print -quit)" ]
}

[ -e "$program" ] || echo "Building; the first time takes a minute." >&2
if changed; then
  mkdir -p "${stamp%/*}"
  touch "$stamp.new" # before the build: what changes meanwhile is newer
  build bench
  mv "$stamp.new" "$stamp"
fi
exec dotnet "$program" "$@"
