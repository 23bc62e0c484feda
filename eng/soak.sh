#!/usr/bin/env bash
# The long run: every test of the category Soak with TWOFACTOR_SOAK=1, each named with what it tried as it ends, and a summary at the end. Hours on two
# cores; stopped before, it sums up the projects that were done.
# usage: eng/soak.sh [project ...]       for example: eng/soak.sh TwoFactor.EntityFrameworkCore.Tests
#   TWOFACTOR_SOAK_REPETITIONS=N         repetitions of each race; default 200
#   SOAK_FILTER=...                      a further filter of `dotnet test`, for example FullyQualifiedName~Sqlite
# Exits non-zero when a test failed, when a project did not build or run, or when no test ran. eng/test.sh installs the programs that tests need.
set -uo pipefail
cd "$(dirname "$0")/.."

projects=("$@")
if ((${#projects[@]} == 0)); then
  for project in tests/*.Tests/*.csproj; do projects+=("$(basename "${project%.csproj}")"); done
fi

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
stopped=0
trap 'stopped=1' INT TERM
export TWOFACTOR_SOAK=1
filter="TestCategory=Soak${SOAK_FILTER:+&($SOAK_FILTER)}"

status=0
# One project at a time: races want the machine to themselves.
for project in "${projects[@]}"; do
  ((stopped)) && break
  echo "== $project"
  dotnet test "tests/$project" --configuration Release --filter "$filter" --logger "trx;LogFileName=$project.trx" --logger "console;verbosity=normal" --results-directory "$results" 2>&1 \
    | grep --line-buffered -vE '^(Test run for|A total of|No test matches|Results File)| -> |^\s*(Determining projects|All projects are)'
  ((PIPESTATUS[0] == 0)) || status=1
done

# What each test printed, without the report's markup, and without the summary at its end, which repeats it.
printed() {
  local report
  for report in "$results"/*.trx; do [[ -e $report ]] && sed -e '/<ResultSummary/,$d' -e 's/<[^>]*>//g' -e 's/^ *//' -e 's/\r$//' "$report"; done
}
# The store is what is left of a fixture's name without its kind.
stores() {
  grep -ohE 'className="[^"]+"' "$results"/*.trx 2>/dev/null | sed -E 's/^className="(.*[.])?([^".]+)"$/\2/' \
    | sed -E 's/(Tests|Contract|Races|Instances)$//; s/(Store|Service|Kill|Stop)$//' | sort | uniq -c
}
count() { grep -ohE "<UnitTestResult [^>]*outcome=\"$1\"" "$results"/*.trx 2>/dev/null | wc -l; }

echo
((stopped)) && status=1 && echo "Stopped before its end."
echo "== Summary"
echo "tests per store:"
stores | awk '{ printf "  %-28s %d\n", $2, $1 }'
# Lines such as "histories checked: 3 (364 operations)", summed by their words.
printed | grep -E '^[a-z]+( [a-z]+)*: [0-9]+( \(.*\))?$' | sed -E 's/^([a-z ]+): ([0-9]+).*/\2 \1/' \
  | awk '{ n = $1; $1 = ""; sum[$0] += n } END { for (what in sum) printf "%s: %d\n", substr(what, 2), sum[what] }' | sort
passed=$(count Passed) failed=$(count Failed) skipped=$(count NotExecuted)
if ((failed > 0)); then
  echo "violations in:"
  grep -ohE '<UnitTestResult [^>]*outcome="Failed"' "$results"/*.trx | grep -oE 'testName="[^"]+"' | sed -E 's/testName="(.*)"/  \1/'
  status=1
fi
if ((passed + failed == 0)); then
  echo "No test ran."
  status=1
fi
echo "violations: $failed"
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
