#!/usr/bin/env bash
# What the action runs, and what any other CI can: inputs are variables, the report goes to gate-report, exit 3 (inconclusive) is a warning.
set -euo pipefail
: "${RUNNER_TEMP:=${TMPDIR:-/tmp}}" "${GITHUB_STEP_SUMMARY:=/dev/stdout}"
report=$RUNNER_TEMP/gate-report
arguments=(gate --patterns "$PATTERNS" --out "$report")
[ -z "${RESPOND:-}" ] || arguments+=(--respond "$RESPOND")
if [ -n "${CONNECTIONS:-}" ]; then
  arguments+=(--counts --connections "$CONNECTIONS")
else
  arguments+=(--base-dir "$BASE_DIR" --head-dir "$HEAD_DIR")
  [ "${COUNTS:-true}" != true ] || arguments+=(--counts)
fi

status=0
"$RUNNER_TEMP/connection-reuse/connection-reuse" "${arguments[@]}" > "$RUNNER_TEMP/gate-output" || status=$?
[ ! -f "$report/gate.md" ] || cat "$report/gate.md" >> "$GITHUB_STEP_SUMMARY"
if [ "$status" -eq 3 ]; then
  echo "::warning title=Connection reuse gate::inconclusive: the table in the summary says why"
  exit 0
fi
exit "$status"
