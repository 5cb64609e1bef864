#!/bin/sh
# Builds the benchmark `baseline` four ways (codegen-units 1 and 4, plain and for this processor), each into a folder of its own, and prints nanoseconds a
# run of every program in every build. The builds play in turns, so that none has a quiet machine to itself. The engine's figure is that of the plain
# build with the crate's own profile; a program by hand is judged by the best of its builds.
#
# usage: benches/builds.sh [ROUNDS]        (FOLDER for the four target folders: $BUILDS, by default target/builds)
set -eu
cd "$(dirname "$0")/.."
rounds=${1:-3}
folder=${BUILDS:-target/builds}
results=$(mktemp)
trap 'rm -f "$results"' EXIT

for units in 1 4; do
    for processor in plain native; do
        flags=""
        [ "$processor" = native ] && flags="-C target-cpu=native"
        echo "building: codegen-units $units, $processor" >&2
        RUSTFLAGS="$flags" CARGO_PROFILE_BENCH_CODEGEN_UNITS=$units CARGO_TARGET_DIR="$folder/$units-$processor" \
            cargo bench --quiet --locked --no-run --bench baseline
    done
done

round=1
while [ "$round" -le "$rounds" ]; do
    for units in 1 4; do
        for processor in plain native; do
            program=$(ls -t "$folder/$units-$processor/release/deps/"baseline-* | grep -v '\.d$' | head -n 1)
            "$program" --tsv | sed "s/^/$units-$processor	/" >> "$results"
        done
    done
    round=$((round + 1))
done

awk -F '\t' '
    { key = $2 "\t" $1; values[key] = values[key] " " $3; programs[$2] = 1; builds[$1] = 1 }
    function median(list,    n, parts, i, j, t) {
        n = split(list, parts, " ")
        for (i = 2; i <= n; i++) for (j = i; j > 1 && parts[j - 1] + 0 > parts[j] + 0; j--) { t = parts[j]; parts[j] = parts[j - 1]; parts[j - 1] = t }
        return parts[int((n + 1) / 2)]
    }
    END {
        split("1-plain 1-native 4-plain 4-native", order, " ")
        printf "%-22s", "ns a run"
        for (b = 1; b <= 4; b++) printf "%12s", order[b]
        printf "%12s\n", "best"
        split("reference engine straight expert straight-unmeasured expert-unmeasured", names, " ")
        for (p = 1; p <= 6; p++) {
            best = ""
            printf "%-22s", names[p]
            for (b = 1; b <= 4; b++) {
                value = median(values[names[p] "\t" order[b]])
                printf "%12d", value
                if (best == "" || value + 0 < best) best = value + 0
            }
            printf "%12d\n", best
        }
    }' "$results"
