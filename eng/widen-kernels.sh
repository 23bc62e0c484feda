#!/usr/bin/env bash
# Writes the vectorised code that follows mechanically from that for 128 bits, so that each standard is written down once:
# - the same text over vectors of 256 and 512 bits;
# - the kernel of SHA-1 for 16 vector registers: every second word of the message schedule stays in memory;
# - the same text over one word instead of a vector, for the one block that is hashed by itself. SHA-1 takes the words of its schedule from
#   memory there, where Sha1Schedule.cs puts them, four at a time and three groups of four ahead of the rounds.
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

single() {
  narrow Sha1Lanes128.cs | sed -E \
    -e 's/^(\/\/\/) Twenty-one vectors.*$/\1 The schedule is <see cref="Sha1Schedule"\/>: it stays three groups of four words ahead, and leaves each word with its K in the block./' \
    -e 's/^using static TwoFactor.Otp.Vectorized.LaneOperations;$/&\nusing static TwoFactor.Otp.Vectorized.Sha1Schedule;/' \
    -e 's/^(using Lanes = .*)$/\1\nusing Words = System.Runtime.Intrinsics.Vector128<uint>;/' \
    -e 's/1\. The first sixteen words.*$/1. The first sixteen words of the message schedule, four in a vector; the others replace them as they are needed./' \
    -e 's/w[0-9]+ = Next\([^)]*\); //; s/(Round[0-9]+\(.*, )w([0-9]+)\)/\1block[\2])/' \
    -e '/W\(t\) from/,/^$/d; s/ \+ Sha1\.K\[.\]//; s/b \^ c \^ d/c ^ d ^ b/' \
    -e 's/Select\(b \^ c, d, c\)/(c \& d) + ((c ^ d) \& b)/' \
    -e 's/Added from left to right, what is known first to begin with/K is in w already. Added from left to right, what is known first/' |
    awk '
      # The words from 4g on: they, with K, lie in the block when the rounds from 4g on begin.
      function words(g) {
        text = "        "
        if (g > 7) text = text sprintf("w%d = Next(w%d, w%d, w%d, w%d, w%d); ", g % 8, g % 8, (g - 7) % 8, (g - 4) % 8, (g - 2) % 8, (g - 1) % 8)
        else if (g > 3) text = text sprintf("w%d = Next(w%d, w%d, w%d, w%d); ", g, g - 4, g - 3, g - 2, g - 1)
        return text sprintf("Store(w%d, %d, ref block[%d]);", g % 8, g / 5, g % 4 * 4)
      }
      /^        Lanes w0 = / {
        print "        Words w0 = Load(block[..4]), w1 = Load(block[4..8]), w2 = Load(block[8..12]), w3 = Load(block[12..]), w4, w5, w6, w7;"
        next
      }
      /^        Lanes w/ { next }
      / = Round[0-9]+\(/ {
        if (t == 0) for (g = 0; g < 3; g++) print words(g)
        if (t % 4 == 0 && t / 4 + 3 < 20) print words(t / 4 + 3)
        t++
      }
      { print }'
}

lean >Sha1Lean128.cs
single >Sha1Single.cs
narrow Sha256Lanes128.cs >Sha256Single.cs
widen 256 eight Sha1Lean128.cs >Sha1Lean256.cs
for file in Sha1Lanes Sha256Lanes LaneHmac; do
  widen 256 eight "${file}128.cs" >"${file}256.cs"
  widen 512 sixteen "${file}128.cs" >"${file}512.cs"
done
