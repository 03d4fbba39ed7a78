id=T18 title="run again with nothing new"
expect "$(quick_or_long 20 100)"
rm -rf "$place/output"; state 0
cpu() { ( TIMEFORMAT='%U %S'; time tl run --quiet > /dev/null ) 2>&1 | awk '{ print int(($1 + $2) * 1000) }'; }
first=$(cpu)
before=$(digest)
sum=0
for ((n = 0; n < 20; n++)); do
    trials=$((trials + 1))
    sum=$((sum + $(cpu)))
    [ "$(digest)" = "$before" ] && [ "$(find "$out" -name run.json | wc -l)" -eq 1 ] || failed "rerun $n published something"
done
if command -v strace > /dev/null; then
    # Files are looked at for their digests, but the index is not written and nothing is cut up again.
    (cd "$place" && strace -f -qq -o "$ROOM/log" -e trace=rename,renameat,renameat2,fsync,fdatasync "$THROUGHLINE" run --quiet > /dev/null)
    ! grep -q '(' "$ROOM/log" || failed "a rerun writes: $(head -1 "$ROOM/log")"
fi
verdict "$((sum / 20)) ms of CPU each, the first run $first ms"
