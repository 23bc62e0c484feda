#!/usr/bin/env bash
# Prints a "ratio" line for every bar of the performance table, medians of three interleaved runs, and exits non-zero naming the missed
# ones. Arguments choose groups: otp text argon2 memory signin postgresql growth scale. Wants a machine that is otherwise idle, some 15 minutes and 10 GB.
set -uo pipefail
cd "$(dirname "$0")/.."

groups=() scale=$(($# == 0)) status=0
for group in "$@"; do
  if [[ $group == scale ]]; then scale=1; else groups+=("$group"); fi
done
if (($# == 0 || ${#groups[@]} > 0)); then
  dotnet run --configuration Release --project benchmarks/TwoFactor.Benchmarks -- bars "${groups[@]}" || status=1
fi

# Pages and simulations at 10^3 and 10^6 users. PostgreSQL's manual gives a server of this much memory huge pages ("Linux Huge Pages"); where this user may, they are
# lent for the time of its turn, and taken back however the run ends.
if ((scale)); then
  folder=$(mktemp -d) before=
  huge=/proc/sys/vm/nr_hugepages
  trap 'rm -rf "$folder"; [[ -z $before ]] || echo "$before" >"$huge"' EXIT
  chmod 755 "$folder"
  for engine in "" --postgresql; do
    [[ -n $engine && -w $huge ]] && before=$(<"$huge") && echo $((before + 2250)) >"$huge"
    dotnet run --configuration Release --project eng/TwoFactor.Scale -- "$folder" $engine pages what-if || status=1
    rm -rf "${folder:?}"/*
  done
fi
exit "$status"
