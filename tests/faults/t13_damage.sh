id=T13 title="damage to every kind of file (T14 as well)"
expect 2
rm -rf "$place/output"
state 1; tl run --quiet > /dev/null
state 0; tl run --quiet > /dev/null
rm -rf "$ROOM/saved"; cp -a "$place/output" "$ROOM/saved"
restore() { rm -rf "$place/output"; cp -a "$ROOM/saved" "$place/output"; }

flip() { # FILE BYTE
    local byte
    byte=$(od -An -tu1 -j "$2" -N1 "$1" | tr -d ' ')
    printf "$(printf '\\%03o' $((byte ^ (1 << (RANDOM % 8)))))" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}
harm() { # KIND FILE
    local size
    size=$(stat -c %s "$2")
    case $1 in
        flip) flip "$2" $(((RANDOM * 32768 + RANDOM) % size)) ;;
        halve) truncate -s $((size / 2)) "$2" ;;
        zero) head -c "$size" /dev/zero > "$ROOM/zeros" && cat "$ROOM/zeros" > "$2" ;;
        delete) rm "$2" ;;
    esac
}
# What verify must find, and then what a run must make of it.
check_found() { # WHAT FILE...
    local what=$1 file code
    shift
    tl verify > "$ROOM/said" 2> "$ROOM/errors"
    code=$?
    [ $code -eq 4 ] || failed "$what: verify ends with $code"
    for file in "$@"; do
        grep -qF "${file#"$place"/}" "$ROOM/errors" || failed "$what: ${file#"$place"/} is not named in: $(head -c 500 "$ROOM/errors")"
    done
}
# A run over a damaged index gives what it should or refuses; it never answers short.
check_run() { # WHAT
    state 1
    tl run --quiet > "$ROOM/said" 2> "$ROOM/errors"
    local code=$?
    if [ $code -eq 0 ]; then
        [ "$(digest)" = "${expected[1]}" ] || failed "$1: a run gives $(digest), not ${expected[1]}"
    else
        [ $code -eq 1 ] || failed "$1: a run ends with $code: $(head -c 300 "$ROOM/errors")"
        check_message "$ROOM/errors" "$1"
    fi
    state 0
}

# No false alarm.
for ((n = 0; n < 20; n++)); do
    trials=$((trials + 1))
    restore
    [ $((n % 2)) = 0 ] || find "$place/output" -exec touch -d 2001-01-01 {} +
    tl verify > "$ROOM/said" 2>&1 || failed "a clean copy raises an alarm: $(head -c 300 "$ROOM/said")"
done

restore
# One file of every kind: our own of the index, tantivy's by their endings, and those of a run.
mapfile -t kinds < <(find "$place/output" -type f -size +0 ! -name lock ! -name .lock ! -name '.tantivy*' |
    awk -F/ '{ name = $NF; kind = name; if (name ~ /^[0-9a-f]{32}\./) { sub(/^[0-9a-f]+/, "", kind) } if (!seen[kind]++) print }')
every=$(quick_or_long 6 1)
for ((n = 0; n < ${#kinds[@]}; n += every)); do
    for kind in flip halve zero delete; do
        file=${kinds[$n]}
        name=$(basename "$file")
        # tantivy's list of files to clear away holds nothing that is read: T14 below.
        [ "$name" != .managed.json ] || continue
        trials=$((trials + 1))
        restore
        harm $kind "$file"
        if [ $kind = delete ] && [[ $file == */answers/* ]]; then
            # Kept to save time alone: one that is gone is asked for again, so nothing is lost and nothing is damage.
            tl verify > "$ROOM/said" 2>&1 || failed "$kind $name: an alarm over what is asked for again"
        else
            check_found "$kind $name" "$file"
        fi
        [[ $file != */state/* ]] || check_run "$kind $name"
    done
done

# Random bits anywhere, one at a time; then ten files at once, all of which must be named.
restore
mapfile -t all < <(find "$place/output" -type f -size +0 ! -name lock ! -name .lock ! -name '.tantivy*' ! -name .managed.json)
for ((n = 0; n < $(quick_or_long 6 200); n++)); do
    trials=$((trials + 1))
    restore
    file=${all[$((RANDOM % ${#all[@]}))]}
    harm flip "$file"
    check_found "a flipped bit in $(basename "$file")" "$file"
done
for ((n = 0; n < $(quick_or_long 2 10); n++)); do
    trials=$((trials + 1))
    restore
    # The record and the ledger vouch for the other files, so that these are left whole here; answers may be gone.
    mapfile -t ten < <(printf '%s\n' "${all[@]}" | grep -v 'run.json\|/ledger\|/files$\|meta.json\|/answers/' | shuf -n 10 --random-source=<(yes $((n + RANDOM_SEED))))
    for file in "${ten[@]}"; do harm "$(shuf -n 1 -e flip halve zero delete --random-source=<(yes $n))" "$file"; done
    check_found "ten at once" "${ten[@]}"
done

# T14: what tantivy's own check does not see.
segments=$place/output/partnership/state/index/segments
trials=$((trials + 3))
restore
store=$(ls "$segments"/*.store | head -1)
rm "$segments/.managed.json"; harm flip "$store"
check_found "flipped without .managed.json" "$store"
check_run "flipped without .managed.json"
restore
if command -v python3 > /dev/null; then
    python3 - "$segments/meta.json" <<'PYTHON'
import json, sys
meta = json.load(open(sys.argv[1]))
meta["segments"] = meta["segments"][1:]
json.dump(meta, open(sys.argv[1], "w"))
PYTHON
    check_found "a segment dropped from meta.json" "$segments/meta.json"
    check_run "a segment dropped from meta.json"
fi
restore
: > "$place/output/partnership/state/index/ledger"
check_found "an empty ledger" "$place/output/partnership/state/index/ledger"
check_run "an empty ledger"
verdict "${#kinds[@]} kinds of file"
