# A study to do harm to, and what every trial needs. Sourced.
set -uo pipefail
RANDOM=$RANDOM_SEED
trials=0
failures=0
export LC_ALL=C

# A fresh study, in $place: the one of the tests, with enough copies of its reviews for a run to last a while.
new_place() { # [COPIES]
    place=$(mktemp -d "$ROOM/place-XXXXXX")
    out=$place/output/partnership
    cp -r "$ROOT/tests/fixtures/partnership/." "$place"
    local n
    for ((n = 1; n <= ${1:-0}; n++)); do
        mkdir "$place/corpus/partnership/more$n"
        cp "$place"/corpus/partnership/*.txt "$place"/corpus/partnership/*.md "$place/corpus/partnership/more$n"
        for file in "$place/corpus/partnership/more$n"/*; do echo " Number $n. Joint training number $n was shared." >> "$file"; done
    done
}

tl() { (cd "$place" && exec "$THROUGHLINE" "$@"); }

# Makes the corpus the first or the second of two states.
state() { # 0|1
    local corpus=$place/corpus/partnership
    if [ "$1" = 0 ]; then
        rm -f "$corpus/11-new.txt"
        cp "$ROOT/tests/fixtures/partnership/corpus/partnership/"{09-larch.txt,07-latin.txt} "$corpus"
    else
        echo "A shortage of money again. Trust us." > "$corpus/11-new.txt"
        echo "Pooled budgets are rare." > "$corpus/09-larch.txt"
        rm -f "$corpus/07-latin.txt"
    fi
}

# One digest over the tables and the page of the newest run; "none" where nothing has been published.
digest() { # [OUT]
    local run
    run=$(readlink "${1:-$out}/latest") || { echo none; return; }
    (cd "${1:-$out}/$run" && find . -type f ! -name run.json ! -name pinned ! -path './changes*' | sort | xargs sha256sum | sha256sum | cut -c1-16)
}

# What undisturbed runs give for both states, in ${expected[0]} and ${expected[1]}, and how long one takes, in $milliseconds.
expect() { # [COPIES]
    new_place "${1:-0}"
    local began
    for which in 0 1; do
        state $which
        rm -rf "$place/output"
        began=$(date +%s%N)
        tl run --quiet > "$ROOM/said" 2>&1 || { cat "$ROOM/said"; failed "an undisturbed run"; }
        milliseconds=$((($(date +%s%N) - began) / 1000000 + 1))
        expected[$which]=$(digest)
    done
    [ "${expected[0]}" != "${expected[1]}" ] || failed "both states give the same"
}

failed() {
    failures=$((failures + 1))
    echo "    failed: $*" >&2
}

# What must hold whatever has happened: no damage, the old run or the new one, and after a plain run the new one with
# nothing left over.
check_recovery() { # OLD NEW WHAT
    local now code
    now=$(digest)
    [ "$now" = "$1" ] || [ "$now" = "$2" ] || failed "$3: what is published is $now, neither $1 nor $2"
    tl verify > "$ROOM/said" 2>&1 || failed "$3: verify: $(head -c 600 "$ROOM/said")"
    tl run --quiet > "$ROOM/said" 2>&1
    code=$?
    [ $code -eq 0 ] || failed "$3: the run after it ends with $code: $(head -c 600 "$ROOM/said")"
    [ "$(digest)" = "$2" ] || failed "$3: the run after it gives $(digest), not $2"
    local left
    left=$(find "$out" -maxdepth 1 -name '.staging*'; find "$out/state" -name '*.new' -o -name '*.next' -o -name '.tmp*')
    [ -z "$left" ] || failed "$3: left over: $left"
    tl verify > "$ROOM/said" 2>&1 || failed "$3: verify after it: $(head -c 600 "$ROOM/said")"
}

# Reads a message that a person is to understand: it begins with "error:", names the file or folder, and is no panic.
check_message() { # FILE WHAT [WORD]
    grep -q '^error: ' "$1" || failed "$2: no error line: $(head -c 300 "$1")"
    ! grep -qi 'panicked\|backtrace' "$1" || failed "$2: $(grep -i -m1 panicked "$1")"
    [ $# -lt 3 ] || grep -q "$3" "$1" || failed "$2: \"$3\" is not named: $(head -c 300 "$1")"
}

lacks() { # TOOL
    command -v "$1" > /dev/null && return 1
    verdict_line "not tried: $1 is missing"
    exit 0
}

verdict_line() { printf '%-4s %-52s %s\n' "$id" "$title" "$1"; }

verdict() { # [NOTE]
    local word=ok
    [ $failures -eq 0 ] || word=FAILED
    verdict_line "$trials trials, $failures failures: $word${1:+ ($1)}"
    [ $failures -eq 0 ]
    exit $?
}

quick_or_long() { [ "$HOW" = quick ] && echo "$1" || echo "$2"; }
