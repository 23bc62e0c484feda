#!/usr/bin/env bash
# Writes the vectorised code that follows mechanically from that for 128 bits, so that each standard is written down once:
# - the same text over vectors of 256 and 512 bits;
# - the kernel of SHA-1 for 16 vector registers: every second word of the message schedule stays in memory;
# - the same text over one word instead of a vector, for the one block that is hashed by itself.
# A test fails when the files differ from what this writes.
set -euo pipefail
cd "$(dirname "$0")/../src/TwoFactor.Core/Otp/Vectorized"

lean() {
  sed -E -e 's/Sha1Lanes128/Sha1Lean128/g' \
    -e 's/^.*Twenty-one vectors.*$/\/\/\/ Every second word of the schedule stays in memory: a kernel for machines with 16 vector registers. See <see cref="Sha1Lanes128"\/>./' \
    -e 's/w(1|3|5|7|9|11|13|15) = block\[[0-9]+\](, |;)//g; s/, $/;/' \
    -e '/RotateLeft\(b, 30\)|RotateLeft\([a-e], 30\);$/ s/\bw(1|3|5|7|9|11|13|15)\b/block[\1]/g' Sha1Lanes128.cs
}

widen() { sed -e "s/128/$1/g; s/Sha1Lean512/Sha1Lean256/; s/of four/of $2/; s/Of four/Of $2/" "$3"; }

narrow() {
  sed -E -e 's/Sha(1|256)(Lanes|Lean)128/Sha\1Single/g' \
    -e 's/of four messages side by side, one a lane\./of one message./' \
    -e '/^\/\/\/ Every second word/d' \
    -e '/^using Vector = /d; s/^using Lanes = .*$/using Lanes = uint;/' \
    -e 's/Vector\.Create\(([^()]*)\)/\1/g' "$1"
}

lean >Sha1Lean128.cs
narrow Sha1Lean128.cs >Sha1Single.cs
narrow Sha256Lanes128.cs >Sha256Single.cs
widen 256 eight Sha1Lean128.cs >Sha1Lean256.cs
for file in Sha1Lanes Sha256Lanes LaneHmac; do
  widen 256 eight "${file}128.cs" >"${file}256.cs"
  widen 512 sixteen "${file}128.cs" >"${file}512.cs"
done
