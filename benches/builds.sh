#!/bin/sh
# Builds the benchmark `baseline` four ways (codegen-units 1 and 4, plain and for this processor) and prints nanoseconds a run of every program in every
# build. Only the benchmark itself, so the programs by hand, is built so: the library in it, so the engine, is the plain one in all four. The builds play
# in turns, so that none has a quiet machine to itself.
#
# usage: benches/builds.sh [ROUNDS]
set -eu
cd "$(dirname "$0")/.."
rounds=${1:-3}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
target=${CARGO_TARGET_DIR:-target}

for units in 1 4; do
    for processor in plain native; do
        echo "building: codegen-units $units, $processor" >&2
        cpu=""
        [ "$processor" = plain ] || cpu="-C target-cpu=native"
        # shellcheck disable=SC2086
        cargo rustc --quiet --locked --profile bench --bench baseline -- -C codegen-units=$units $cpu
        # shellcheck disable=SC2012
        program=$(ls -t "$target/release/deps/"baseline-* | grep -v '\.' | head -n 1)
        cp "$program" "$folder/$units-$processor"
    done
done

round=1
while [ "$round" -le "$rounds" ]; do
    for build in 1-plain 1-native 4-plain 4-native; do
        "$folder/$build" --tsv | sed "s/^/$build	/" >> "$folder/results"
    done
    round=$((round + 1))
done

awk -F '\t' '
    { key = $2 "\t" $1; values[key] = values[key] " " $3 }
    function median(list,    n, parts, i, j, t) {
        n = split(list, parts, " ")
        for (i = 2; i <= n; i++)
            for (j = i; j > 1 && parts[j - 1] + 0 > parts[j] + 0; j--) { t = parts[j]; parts[j] = parts[j - 1]; parts[j - 1] = t }
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
    }' "$folder/results"
