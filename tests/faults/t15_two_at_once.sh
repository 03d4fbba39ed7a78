id=T15 title="two runs at once, a stale lock, a stopped holder, readers"
expect 6
rm -rf "$place/output"
state 0; tl run --quiet > /dev/null
which=0 n_locked=0
# Ten readers who look at the newest run while it changes.
if [ "$HOW" = long ]; then n_readers=10; else n_readers=2; fi
touch "$ROOM/reading"
for ((r = 0; r < n_readers; r++)); do
    (while [ -e "$ROOM/reading" ]; do
        seen=$(digest 2> /dev/null)
        case $seen in "${expected[0]}" | "${expected[1]}") echo . >> "$ROOM/read" ;; *) echo "$seen" >> "$ROOM/mixed" ;; esac
    done) &
    readers+=($!)
done
for ((n = 0; n < $(quick_or_long 5 50); n++)); do
    trials=$((trials + 1))
    which=$((1 - which))
    state $which
    (cd "$place" && "$THROUGHLINE" run --quiet > "$ROOM/first" 2>&1; echo $? > "$ROOM/first.code") &
    a=$!
    (cd "$place"; began=$(date +%s%N); "$THROUGHLINE" run --quiet > "$ROOM/second" 2>&1; echo "$? $((($(date +%s%N) - began) / 1000000))" > "$ROOM/second.code") &
    b=$!
    wait $a $b
    first=$(cat "$ROOM/first.code"); read -r second took < "$ROOM/second.code"
    for code in "$first" "$second"; do
        case $code in 0) ;; 11) n_locked=$((n_locked + 1)) ;; *) failed "pair $n: $first and $second: $(cat "$ROOM/first" "$ROOM/second" | head -c 400)" ;; esac
    done
    [ "$first$second" != 1111 ] || failed "pair $n: both were turned away"
    [ "$second" != 11 ] || [ "$took" -lt 1000 ] || failed "pair $n: turned away after $took ms"
    [ "$second" != 11 ] || check_message "$ROOM/second" "pair $n" "process [0-9]* on"
    tl run --quiet > /dev/null 2>&1
    [ "$(digest)" = "${expected[$which]}" ] || failed "pair $n: gives $(digest)"
done
rm "$ROOM/reading"
wait "${readers[@]}"
[ ! -e "$ROOM/mixed" ] || failed "readers saw a mix: $(sort "$ROOM/mixed" | uniq -c | head -3)"
n_read=$(wc -l < "$ROOM/read")
# A holder that stands still keeps others out at once; one that died keeps out nobody.
for ((n = 0; n < $(quick_or_long 2 10); n++)); do
    trials=$((trials + 1))
    which=$((1 - which)); state $which
    rm -rf "$out/state"
    (cd "$place" && exec "$THROUGHLINE" run --quiet > /dev/null 2>&1) &
    holder=$!
    sleep 0.03
    kill -STOP $holder 2> /dev/null || continue
    began=$(date +%s%N)
    tl run --quiet > "$ROOM/said" 2>&1
    code=$? took=$((($(date +%s%N) - began) / 1000000))
    [ $code -eq 11 ] || [ $code -eq 0 ] || failed "beside a stopped holder: ends with $code"
    [ $code -ne 11 ] || [ $took -lt 1000 ] || failed "beside a stopped holder: took $took ms"
    if [ $((n % 2)) = 0 ]; then kill -CONT $holder; wait $holder; else kill -9 $holder; wait $holder 2> /dev/null; fi
    tl run --quiet > "$ROOM/said" 2>&1 || failed "after the holder: $(cat "$ROOM/said")"
    [ "$(digest)" = "${expected[$which]}" ] || failed "after the holder: gives $(digest)"
done
verdict "$n_locked turned away, $n_read reads"
