id=T08 title="folders that cannot be written to"
expect 2
as=()
if [ "$(id -u)" -eq 0 ]; then
    lacks setpriv
    as=(setpriv --reuid 65534 --regid 65534 --clear-groups)
    chmod 755 "$ROOM"; chmod -R a+rX "$place"
fi
user() { (cd "$place" && exec "${as[@]}" "$THROUGHLINE" "$@"); }
"${as[@]}" test -x "$THROUGHLINE" || { cp "$THROUGHLINE" "$ROOM/throughline"; chmod 755 "$ROOM/throughline"; THROUGHLINE=$ROOM/throughline; }
state 0
# Before anything was published, after it, and with a run's folder alone shut.
for case in none published; do
    trials=$((trials + 1))
    rm -rf "$place/output"
    if [ $case = none ]; then mkdir "$place/output"; else tl run --quiet > /dev/null; fi
    chmod -R a-w "$place/output"; chmod -R a+rX "$place/output"
    [ $case = none ] || state 1
    began=$(date +%s%N)
    user run --quiet > "$ROOM/said" 2> "$ROOM/errors"
    code=$? took=$((($(date +%s%N) - began) / 1000000))
    [ $code -eq 1 ] || failed "$case: ends with $code"
    [ $took -lt 1000 ] || failed "$case: took $took ms"
    check_message "$ROOM/errors" "$case" "output/partnership"
    chmod -R u+w "$place/output"
done
# T09: searching where nothing may be written.
for args in "kwic trust" "search trust" "runs" "diff" "candidate list" "verify"; do
    trials=$((trials + 1))
    rm -rf "$place/output"
    state 0; tl run --quiet > /dev/null
    chmod -R a-w "$place/output"; chmod -R a+rX "$place/output"
    user $args > "$ROOM/said" 2> "$ROOM/errors"
    code=$?
    [ $code -eq 0 ] || check_message "$ROOM/errors" "$args, read only" "writ"
    ! grep -qi "another writer\|another run" "$ROOM/errors" || failed "$args, read only, speaks of another writer: $(cat "$ROOM/errors")"
    chmod -R u+w "$place/output"
done
verdict "T09 as well"
