#!/usr/bin/env bash
# Checks scorecards as a step of a GitHub job: annotations in the log, tables in the job's summary.
# The exit code is that of the first command that did not pass.
set -uo pipefail

mapfile -t files <<< "${SCORECARD_FILES:-.}"
summary=${GITHUB_STEP_SUMMARY:-/dev/null}
strict=()
[ "${SCORECARD_STRICT:-false}" = true ] && strict=(--strict)
code=0

passes() {
    "$@"
    local own=$?
    [ "$code" -ne 0 ] || code=$own
    return "$own"
}

passes scorecard validate "${files[@]}" "${strict[@]}" --format github && echo "scorecards checked: nothing wrong"
scorecard validate "${files[@]}" "${strict[@]}" --format markdown >> "$summary"

if [ "${SCORECARD_CASES:-false}" = true ]; then
    passes scorecard test "${files[@]}"
    scorecard test "${files[@]}" --format markdown >> "$summary"
fi

if [ -n "${SCORECARD_AGAINST:-}" ]; then
    while IFS= read -r -d '' file; do
        { echo; passes scorecard diff "$SCORECARD_AGAINST:$file" "$file" --format markdown; } >> "$summary"
    done < <(git diff -z --name-only --diff-filter=M "$SCORECARD_AGAINST" -- '*.scorecard.yaml' '*.scorecard.yml')
fi
exit "$code"
