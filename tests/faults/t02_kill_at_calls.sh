id=T02 title="killed at every sync, rename, write, unlink"
lacks strace
expect 0
state 0
rm -rf "$place/output"
tl run --quiet > /dev/null
saved=$ROOM/saved
mv "$place/output" "$saved"
state 1
step=$(quick_or_long 7 1)
n_proved=0
for calls in fsync,fdatasync rename,renameat,renameat2 symlink,symlinkat unlink,unlinkat,rmdir mkdir ftruncate write,pwrite64; do
    for ((k = 1; ; k += step)); do
        [ "$HOW" = quick ] && [ $k -gt 40 ] && break
        rm -rf "$place/output"
        cp -a "$saved" "$place/output"
        # Calls are counted for each thread by itself; with one worker most of them are the main thread's.
        { (cd "$place" && strace -f -qq -o "$ROOM/log" -e "trace=$calls" -e "inject=$calls:signal=KILL:when=$k" \
            "$THROUGHLINE" run --quiet --threads 1 > "$ROOM/said" 2>&1); } 2> /dev/null
        # Only a log that shows the kill proves that there was one.
        grep -q 'killed by SIGKILL' "$ROOM/log" || break
        n_proved=$((n_proved + 1)) trials=$((trials + 1))
        check_recovery "${expected[0]}" "${expected[1]}" "killed at $calls $k"
    done
done
verdict "$n_proved kills proved by the log"
