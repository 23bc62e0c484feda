#!/usr/bin/env bash
# Prints a "ratio" line for every bar of the performance table, medians of three interleaved runs, and exits non-zero naming the missed
# ones. Arguments choose groups: otp text argon2 signin postgresql unmeasured. Wants a machine that is otherwise idle.
set -euo pipefail
cd "$(dirname "$0")/.."
exec dotnet run --configuration Release --project benchmarks/TwoFactor.Benchmarks -- bars "$@"
