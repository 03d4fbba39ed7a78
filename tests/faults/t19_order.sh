id=T19 title="order, threads, folder, locale"
expect 2
state 0
cp -a "$place/corpus" "$ROOM/corpus"
for ((n = 0; n < $(quick_or_long 4 20); n++)); do
    trials=$((trials + 1))
    other=$ROOM/other-$n/a\ folder
    mkdir -p "$other"
    cp -r "$place/config" "$other"
    # Files made in another order, so that the system lists them in another.
    (cd "$ROOM" && find corpus -type f | shuf --random-source=<(yes $n) | while read -r file; do
        mkdir -p "$other/$(dirname "$file")" && cp "$file" "$other/$file"
    done)
    locale=$(printf '%s\n' C C.UTF-8 tr_TR.UTF-8 de_DE.UTF-8 | sed -n "$((n % 4 + 1))p")
    (cd "$other" && LC_ALL=$locale TZ=Asia/Kathmandu HOME=/nonexistent "$THROUGHLINE" run --quiet --threads $((n % 8 + 1)) > "$ROOM/said" 2>&1) || failed "$(cat "$ROOM/said")"
    [ "$(digest "$other/output/partnership")" = "${expected[0]}" ] || failed "shuffle $n gives $(digest "$other/output/partnership")"
    rm -rf "$ROOM/other-$n"
done
verdict
