id=T11 title="few descriptors (T11), small files only (T12)"
lacks prlimit
expect 2
rm -rf "$place/output"
state 0; tl run --quiet > /dev/null
cp -a "$place/output" "$ROOM/saved"
state 1
try() { # WHAT LIMIT WORD
    trials=$((trials + 1))
    rm -rf "$place/output"; cp -a "$ROOM/saved" "$place/output"
    { (cd "$place" && prlimit "$2" "$THROUGHLINE" run --quiet > "$ROOM/said" 2> "$ROOM/errors"); } 2> /dev/null
    local code=$?
    case $code in
        0) ;;
        1 | 3) [ "$code" = 3 ] || check_message "$ROOM/errors" "$1" "$3" ;;
        *) failed "$1: ends with $code: $(head -c 300 "$ROOM/errors")" ;;
    esac
    [ $code -eq 3 ] || check_recovery "${expected[0]}" "${expected[1]}" "$1"
}
for n in 64 40 30 24 20 16 12; do try "$n descriptors" "--nofile=$n" "open files"; done
for n in 1000 4096 16384 65536 200000; do try "files of $n bytes" "--fsize=$n" "large\|size"; done
verdict
