id=T16 title="SIGINT, SIGTERM, SIGHUP, a second one, stop and go on"
expect 6
span=$((milliseconds + 1))
which=0 n_stopped=0 old=none
rm -rf "$place/output"; state 0; tl run --quiet > /dev/null; old=${expected[0]}
for ((n = 0; n < $(quick_or_long 9 120); n++)); do
    trials=$((trials + 1))
    which=$((1 - which)); state $which
    [ $((n % 3)) -ne 0 ] || rm -rf "$out/state"
    case $((n % 4)) in 0) signal=INT code=130 ;; 1) signal=TERM code=143 ;; 2) signal=HUP code=129 ;; 3) signal=INT code=130 ;; esac
    # Set in a shell that would have them ignored in the background.
    (cd "$place" && exec env --default-signal=INT,TERM,HUP "$THROUGHLINE" run --quiet > "$ROOM/said" 2>&1) &
    process=$!
    sleep "$(printf '%d.%03d' $((RANDOM % span / 1000)) $((RANDOM % span % 1000)))"
    if [ $((n % 5)) = 4 ]; then kill -STOP $process 2> /dev/null; sleep 0.05; kill -CONT $process 2> /dev/null; fi
    began=$(date +%s%N)
    kill -$signal $process 2> /dev/null
    [ $((n % 4)) -ne 3 ] || kill -$signal $process 2> /dev/null
    wait $process 2> /dev/null
    got=$? took=$((($(date +%s%N) - began) / 1000000))
    [ $got -ne $code ] || n_stopped=$((n_stopped + 1))
    # Before the program has come as far as to listen, the system itself ends it, with the same code.
    [ $got -eq $code ] || [ $got -eq 0 ] || failed "SIG$signal: ends with $got: $(head -c 300 "$ROOM/said")"
    [ $took -lt 5000 ] || failed "SIG$signal: took $took ms"
    [ -z "$(find "$out" -maxdepth 1 -name '.staging*' 2> /dev/null)" ] || [ $got -eq 0 ] || left=$((${left:-0} + 1))
    check_recovery "$old" "${expected[$which]}" "SIG$signal"
    old=${expected[$which]}
done
[ "${left:-0}" -le 1 ] || failed "a staged folder was left behind ${left} times"
verdict "$n_stopped stopped by the signal, over $span ms; ${left:-0} left a folder for the next run to clear"
