id=T06 title="disk full at 5 to 95 % of what a run needs"
lacks unshare
unshare -Urm true 2> /dev/null || { verdict_line "not tried: no user namespaces here"; exit 0; }
expect 2
state 0
rm -rf "$place/output"
tl run --quiet > /dev/null
before=$(du -sk "$place/output" | cut -f1)
cp -a "$place/output" "$ROOM/saved"
state 1
tl run --quiet > /dev/null
need=$(($(du -sk "$place/output" | cut -f1) - before))
rm -rf "$place/output"
steps=$(quick_or_long 4 20)
export place out before need steps
for ((n = 1; n <= steps; n++)); do
    trials=$((trials + 1))
    share=$((5 + 90 * (n - 1) / (steps > 1 ? steps - 1 : 1)))
    size=$((before + need * share / 100 + 16))
    mkdir -p "$place/output"
    export share size
    unshare -Urm bash -c '
        . "$HERE/place.sh"
        mount -t tmpfs -o size=${size}k none "$place/output" && cp -a "$ROOM/saved/." "$place/output" || exit 99
        tl run --quiet > "$ROOM/said" 2> "$ROOM/errors"
        code=$?
        if [ $code -eq 0 ]; then exit 77; fi
        [ $code -eq 1 ] || failed "$share %: ends with $code"
        check_message "$ROOM/errors" "$share %" "space\|full"
        [ "$(digest)" = "'"${expected[0]}"'" ] || failed "$share %: the old report is not as it was"
        tl kwic trust > "$ROOM/said" 2>&1 || grep -qi "space\|full" "$ROOM/said" || failed "$share %: kwic: $(head -c 300 "$ROOM/said")"
        mount -o remount,size=$((size + 4 * need + 20000))k "$place/output"
        check_recovery "'"${expected[0]}" "${expected[1]}"'" "$share %, then with room"
        exit $failures' 2> "$ROOM/unshared"
    code=$?
    cat "$ROOM/unshared" >&2
    case $code in
        0) ;;
        77) fitted=$((${fitted:-0} + 1)) ;;
        *) failures=$((failures + 1)) ;;
    esac
done
verdict "a run needs $need kB beside $before kB; ${fitted:-0} fitted all the same"
