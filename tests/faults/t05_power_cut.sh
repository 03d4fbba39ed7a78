id=T05 title="power cut: only synced bytes and names are left"
lacks strace
lacks python3
expect 0
state 0
rm -rf "$place/output"
tl run --quiet > /dev/null
cp -a "$place/output" "$ROOM/saved"
state 1
(cd "$place" && strace -f -qq -y -xx -s 100000000 -o "$ROOM/log" \
    -e trace=openat,write,pwrite64,ftruncate,lseek,copy_file_range,sendfile,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,symlink,symlinkat,close \
    "$THROUGHLINE" run --quiet --threads 1 > "$ROOM/said" 2>&1) || failed "the run: $(cat "$ROOM/said")"
n_cuts=$(python3 "$HERE/power_cut.py" "$ROOM/log" "$place" "$ROOM/saved" count)
cuts=$(quick_or_long 12 500)
[ "$cuts" -lt "$n_cuts" ] || cuts=$n_cuts
for ((cut = 0; cut < cuts; cut++)); do
    at=$((n_cuts * (cut + 1) / cuts))
    rm -rf "$place/output"
    python3 "$HERE/power_cut.py" "$ROOM/log" "$place" "$ROOM/saved" $at "$place/output" || failed "the model at $at"
    trials=$((trials + 1))
    check_recovery "${expected[0]}" "${expected[1]}" "power cut after call $at of $n_cuts"
done
verdict "of a run with $n_cuts calls that write; a model of the disk, played from the log"
