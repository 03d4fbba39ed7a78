id=T07 title="standard output that fails or closes"
expect 0
for args in "run" "run --json" "runs" "diff" "kwic trust" "search trust" "score" "candidate list" "verify" "lexicon check" "discover" "schema study" "man"; do
    trials=$((trials + 2))
    rm -rf "$place/output"
    tl run --quiet > /dev/null
    [[ $args != run* ]] || state $((which = 1 - ${which:-0}))
    tl $args > /dev/full 2> "$ROOM/errors"
    code=$?
    [ $code -eq 1 ] || failed "$args > /dev/full ends with $code"
    [ $code -ne 1 ] || check_message "$ROOM/errors" "$args > /dev/full"
    tl $args 2> "$ROOM/errors" | head -1 > /dev/null
    code=${PIPESTATUS[0]}
    [ $code -eq 0 ] || [ $code -eq 141 ] || failed "$args | head -1 ends with $code: $(head -c 300 "$ROOM/errors")"
    [ ! -s "$ROOM/errors" ] || failed "$args | head -1 says: $(head -c 300 "$ROOM/errors")"
done
verdict
