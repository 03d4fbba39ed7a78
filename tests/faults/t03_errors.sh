id=T03 title="EIO, ENOSPC, EMFILE, EINTR at call k"
lacks strace
expect 0
state 0
rm -rf "$place/output"
tl run --quiet > /dev/null
saved=$ROOM/saved
mv "$place/output" "$saved"
state 1
step=$(quick_or_long 11 1)
n_harmless=0
inject() { # CALLS ERROR TIMES
    local k code
    # The fifth read of a thread is one of a source.
    for ((k = $(quick_or_long 5 1); ; k += step)); do
        [ "$HOW" = quick ] && [ $k -gt 38 ] && break
        rm -rf "$place/output"
        cp -a "$saved" "$place/output"
        (cd "$place" && timeout 60 strace -f -qq -y -o "$ROOM/log" -e "trace=$1" -e "inject=$1:error=$2:when=$k$3" \
            "$THROUGHLINE" run --quiet --threads 1 > "$ROOM/said" 2> "$ROOM/errors")
        code=$?
        grep -q INJECTED "$ROOM/log" || break
        # What hits the loader or the terminal, and not the study, says nothing about us.
        ! grep -q 'while loading shared libraries' "$ROOM/errors" || continue
        grep INJECTED "$ROOM/log" | grep -q "$place\|\"\(output\|corpus\|config\|\./\)" || continue
        trials=$((trials + 1))
        local what="$1 $k$3 gives $2"
        case $code in
            0) n_harmless=$((n_harmless + 1)) ;;
            3) ;; # one input could not be read, and was listed
            1 | 2) [ "$2" != EINTR ] || failed "$what: ends with $code: $(head -c 300 "$ROOM/errors")"
               # Where standard error fails as well, the exit code is all that can be said.
               grep -q 'write(2<.*INJECTED' "$ROOM/log" || check_message "$ROOM/errors" "$what" ;;
            *) failed "$what: ends with $code: $(head -c 300 "$ROOM/errors")" ;;
        esac
        if [ $code -eq 3 ]; then
            [ -s "$ROOM/errors" ] || failed "$what: 3 and nothing said"
            tl verify > "$ROOM/said" 2>&1 || failed "$what: verify: $(head -c 300 "$ROOM/said")"
            tl run --quiet > "$ROOM/said" 2>&1
            [ "$(digest)" = "${expected[1]}" ] || failed "$what: after 3, the next run gives $(digest)"
        else
            check_recovery "${expected[0]}" "${expected[1]}" "$what"
        fi
    done
}
for times in "" "+"; do
    inject write,pwrite64 ENOSPC "$times"
    inject write,pwrite64 EIO "$times"
    inject fsync,fdatasync EIO "$times"
    inject rename,renameat,renameat2 EIO "$times"
    inject openat EMFILE "$times"
    inject openat EIO "$times"
    inject read,pread64 EIO "$times"
    inject mkdir,symlink ENOSPC "$times"
done
inject write,pwrite64 EINTR ""
inject read,pread64 EINTR ""
inject openat EINTR ""
inject fsync,fdatasync EINTR ""
verdict "each proved by the log; $n_harmless of them did no harm"
