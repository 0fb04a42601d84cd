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

# Definitions that say something else than at the revision, be it that one of their layers does. Layers alone are none.
if [ -n "${SCORECARD_AGAINST:-}" ]; then
    while IFS= read -r -d '' file; do
        before=$(scorecard show "$SCORECARD_AGAINST:$file" --plain 2> /dev/null) || continue
        [ "$before" = "$(scorecard show "$file" --plain 2> /dev/null)" ] && continue
        scorecard validate "$file" > /dev/null 2>&1 || continue
        echo >> "$summary"
        passes scorecard diff "$SCORECARD_AGAINST:$file" "$file" --format markdown >> "$summary"
    done < <(git ls-files -z -- '*.scorecard.yaml' '*.scorecard.yml')
fi
exit "$code"
