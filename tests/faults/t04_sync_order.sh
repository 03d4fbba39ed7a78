id=T04 title="sync before rename, folder after it"
lacks strace
lacks python3
expect 0
rm -rf "$place/output"
for which in 0 1; do
    state $which
    trials=$((trials + 1))
    (cd "$place" && strace -f -qq -y -s 0 -o "$ROOM/log" -e trace=openat,write,pwrite64,copy_file_range,sendfile,ftruncate,fsync,fdatasync,rename,renameat,renameat2 \
        "$THROUGHLINE" run --quiet > "$ROOM/said" 2>&1) || failed "the run: $(cat "$ROOM/said")"
    python3 "$HERE/sync_order.py" "$ROOM/log" "$out" > "$ROOM/said" || failed "$(cat "$ROOM/said")"
done
verdict "$(tail -1 "$ROOM/said")"
