#!/usr/bin/env bash
# Installs what the tests need and this machine lacks, runs every test, and closes with "N passed, N failed, N skipped".
# Exits non-zero when a test failed, when a project did not build or run, or when no test ran.
# Extra arguments go to `dotnet test`, for example: eng/test.sh --filter FullyQualifiedName~Lockout
set -uo pipefail
cd "$(dirname "$0")/.."

# program:Debian package
needs=(chromium-headless-shell:chromium-headless-shell oathtool:oathtool zbarimg:zbar-tools argon2:argon2 initdb:postgresql npm:npm)
# Debian keeps the programs of the PostgreSQL server off the PATH. The tests start a server of their own; none need be running.
has() { command -v "$1" >/dev/null || compgen -G "/usr/lib/postgresql/*/bin/$1" >/dev/null; }

missing=()
for need in "${needs[@]}"; do has "${need%%:*}" || missing+=("${need##*:}"); done
if ((${#missing[@]})); then
  if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
    echo "Installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null || echo "Could not install ${missing[*]}"
  fi
  for need in "${needs[@]}"; do
    has "${need%%:*}" || echo "MISSING: ${need%%:*} (Debian package ${need##*:}). Tests that need it are skipped; with CI=true they fail."
  done
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
# One project at a time: the tests of races and browsers want the machine to themselves.
dotnet test TwoFactor.Core.sln --configuration Release -m:1 --logger "console;verbosity=normal" "$@" 2>&1 | grep --line-buffered -vE '^\s+Passed ' | tee "$log"
status=${PIPESTATUS[0]}

sum() { { grep -oE "^ +$1: +[0-9]+" "$log" || true; } | awk '{ n += $NF } END { print n + 0 }'; }
passed=$(sum Passed) failed=$(sum Failed) skipped=$(sum Skipped)
if ((passed + failed == 0)); then
  echo "No test ran."
  status=1
fi
if ((failed > 0)) && ((status == 0)); then status=1; fi
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
