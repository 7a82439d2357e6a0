#!/usr/bin/env bash
# ./run.sh [arguments]   builds and runs the comparison (--help shows the arguments)
# ./run.sh test          builds and runs the tests; with CONNECTION_REUSE_TESTS=all the long ones too
# ./run.sh pack [DIR]    builds every package into one folder, artifacts/packages by default
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

fail() { echo "$1" >&2; exit 4; }

sdk="A .NET 10 SDK, 10.0.100 or newer, is needed: https://dotnet.microsoft.com/download/dotnet/10.0"
command -v dotnet >/dev/null || fail "dotnet was not found. $sdk"
if ! said=$(cd "$root" && dotnet --version 2>&1); then
  case $said in
    *"SDK was not found"* | *"SDKs were found"* | *"--list-sdks"*)
      wanted=$(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$root/global.json")
      there=$(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd' ' - || true)
      fail "$sdk (global.json wants ${wanted:-one}; here: ${there:-none})" ;;
    *) fail "dotnet does not start: $(grep -m1 '[^[:space:]]' <<<"$said" || echo "it said nothing")" ;;
  esac
fi

# MSBuild reads these characters of a path as its own language.
case $root in *[%*\;?]* | *'$('* | *'@('*) fail "MSBuild cannot build in $root: % * ? ; \$( and @( are its own; move the folder or rename it" ;; esac

# MSBuild takes every variable for a property, in any case: these decide what is built, and where it goes. Nothing stays behind
# that a build starts: no node of MSBuild's, and no compiler unless UseSharedCompilation asks for it.
neutral() (
  shopt -s nocasematch
  for name in $(compgen -e); do
    case $name in
      platform | platformtarget | configuration | targetframework | targetframeworks | runtimeidentifier | runtimeidentifiers | selfcontained | \
      outputpath | outdir | baseoutputpath | intermediateoutputpath | baseintermediateoutputpath | msbuildprojectextensionspath | \
      artifactspath | useartifactsoutput | publishdir | assemblyname | outputtype | targetname | targetext | targetpath | version | versionprefix | versionsuffix)
        unset "$name" ;;
    esac
  done
  cd "$root"
  export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation="${UseSharedCompilation:-false}"
  exec "$@"
)

# Says every other second that something goes on, until it is killed: in one line on a terminal. Its sleep ends with it.
beat() {
  trap 'kill "$!" 2>/dev/null; exit' TERM
  local start=$SECONDS
  while kill -0 "$$" 2>/dev/null; do # not beyond this script
    sleep 1.7 &
    wait "$!"
    if [ -t 2 ]; then printf '\r%s: %s s ' "$1" "$((SECONDS - start))" >&2; else echo "[$((SECONDS - start)) s] $1" >&2; fi
  done
}

start_beat() { beat "$1" >/dev/null 9>&- & beating=$!; }

stop_beat() {
  kill "$beating" 2>/dev/null || true
  wait "$beating" 2>/dev/null || true
  if [ -t 2 ]; then printf '\r\033[K' >&2; fi
}

quietly() { # quiet unless it fails
  local log status=0
  start_beat "$1"
  log=$(neutral "${@:2}" 2>&1 9>&-) || status=$?
  stop_beat
  [ "$status" = 0 ] || fail "$log"
}

# One compiler for all projects of a build, which reads the analyzers once. It has a name of its own, and ends with
# the build, so that it is no compiler that stays, which UseSharedCompilation=true asks for.
build() (
  compiler="$(dotnet --list-sdks | sed -n "s/^$said \[\(.*\)\].*/\1/p")/$said/Roslyn/bincore/VBCSCompiler.dll"
  if [ "${UseSharedCompilation:-false}" = false ] && [ -e "$compiler" ]; then
    export UseSharedCompilation=true SharedCompilationId="connection-reuse-$$"
    dotnet exec "$compiler" "-pipename:$SharedCompilationId" >/dev/null 2>&1 9>&- &
    trap "kill $! 2>/dev/null || true" EXIT
  fi
  quietly "building" dotnet build "$1" -c Release -v quiet --nologo
)

watched() { # what speaks for itself now and then; a log is not filled with what passes
  local status=0
  if [ -t 2 ]; then start_beat "$1"; fi
  neutral "${@:2}" || status=$?
  if [ -t 2 ]; then stop_beat; fi
  return "$status"
}

# One build at a time in this folder. The lock goes with the process that has it, however that ends.
lock() {
  mkdir -p "$root/bench/bin"
  exec 9>"$root/bench/bin/building"
  try() { if command -v flock >/dev/null; then flock -n 9; elif command -v perl >/dev/null; then perl -e 'open(my $f, ">&=", 9) && flock($f, 6) || exit 1'; fi; }
  try && return
  echo "Another build runs in this folder: waiting for it." >&2
  local left=${CONNECTION_REUSE_BUILD_WAIT:-600}
  until try; do
    [ "$((left--))" -gt 0 ] || fail "The other build in this folder does not end; nothing was done."
    sleep 1
    if [ "$((left % 2))" = 0 ] && [ "$left" -gt 0 ]; then echo "[$((${CONNECTION_REUSE_BUILD_WAIT:-600} - left)) s] waiting for the other build" >&2; fi
  done
}

program="$root/bench/bin/Release/net10.0/ConnectionReuse.Bench.dll"
stamp="$root/bench/bin/built" # from when the last build began: asking the build itself takes seconds

build_program() { # alone, or with everything
  find "$root"/{bench,src} -name '*.csproj' | while read -r project; do mkdir -p "${project%/*}"/{bin,obj}; done # else the build would, and change what lies around them
  touch "$stamp.new" # before the build: what changes meanwhile is newer
  rm -f "$program" # or a build that puts it elsewhere would leave an old one to be started
  build "$1"
  [ -e "$program" ] || fail "The build succeeded, but put no program at $program: does a variable of the environment set a property of MSBuild?"
  mv "$stamp.new" "$stamp"
}

if [ "${1:-}" = test ]; then
  cd "$root"
  lock
  build_program Benchmarks.sln
  exec 9>&-
  results=$(mktemp -d)
  trap 'rm -rf "$results"' EXIT
  status=0
  watched "testing" dotnet test Benchmarks.sln -c Release --no-build --nologo --logger "console;verbosity=minimal" \
    --logger "trx;LogFilePrefix=tests" --results-directory "$results" "${@:2}" || status=$?
  # The build makes errors of what else dotnet format looks for: it looks for that again in the long tests.
  what=whitespace
  if [ "${CONNECTION_REUSE_TESTS:-}" = all ]; then what=; fi
  watched "checking the style" dotnet format $what Benchmarks.sln --verify-no-changes --no-restore || status=$?
  failures() {
    cat "$results"/*.trx | awk '
      /<UnitTestResult / { name = ""; if (/ outcome="Failed"/ && match($0, / testName="[^"]*"/)) name = substr($0, RSTART + 11, RLENGTH - 12) }
      name != "" && sub(/.*<Message>/, "") { sub(/<\/Message>.*/, ""); print "failed: " name ": " $0; name = "" }' |
      sed "s/&#x[DA];.*//; s/&quot;/\"/g; s/&apos;/'/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g"
  }
  counters=$(grep -ohs '<Counters [^>]*' "$results"/*.trx || true) # by any name: a trx logger of the caller's replaces this one
  count() { grep -oE " $1=\"[0-9]+\"" <<<"$counters" | tr -dc '0-9\n' | awk '{ sum += $1 } END { print sum + 0 }'; } # over all projects
  if [ -z "$counters" ]; then echo "0 passed, 0 failed, 0 skipped"; exit 1; fi
  failures # where a log is cut, its end is what is left
  total=$(count total) executed=$(count executed) passed=$(count passed)
  echo "$passed passed, $((executed - passed)) failed, $((total - executed)) skipped"
  [ "$executed" -gt 0 ] || exit 1
  exit "$status"
fi

if [ "${1:-}" = pack ]; then
  [ $# -le 2 ] || { echo "pack takes one folder at most: ./run.sh pack DIR" >&2; exit 2; }
  packages=${2:-$root/artifacts/packages}
  mkdir -p "$packages" || fail "The packages cannot go to $packages."
  packages=$(cd "$packages" && pwd)
  lock
  quietly "packing" dotnet pack Benchmarks.sln -c Release -v quiet --nologo -o "$packages"
  exec 9>&-
  for package in "$packages"/*.nupkg; do echo "$(($(wc -c < "$package") / 1024)) kB  ${package##*/}"; done
  exit
fi

changed() {
  [ ! -e "$program" ] || [ ! -e "$stamp" ] || [ -n "$(find "$root"/{bench,src,Directory.*,global.json} \
    \( -name bin -o -name obj \) -prune -o -newer "$stamp" -print -quit)" ]
}

if changed; then
  lock
  if changed; then # the other build may have been this one
    [ -e "$program" ] || echo "Building; the first time takes a minute." >&2
    build_program bench
  fi
  exec 9>&-
fi
exec dotnet "$program" "$@"
