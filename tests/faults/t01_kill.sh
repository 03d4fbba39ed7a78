id=T01 title="killed at a random moment of a run"
wanted=$(quick_or_long 12 300)
expect 4
span=$((milliseconds * 11 / 10))
n_killed=0 which=0 old=none
rm -rf "$place/output"
state 0
while [ $n_killed -lt "$wanted" ] && [ $trials -lt $((wanted * 4)) ]; do
    trials=$((trials + 1))
    (cd "$place" && exec "$THROUGHLINE" run --quiet > /dev/null 2>&1) &
    process=$!
    sleep "$(printf '%d.%03d' $((RANDOM % span / 1000)) $((RANDOM % span % 1000)))"
    kill -9 $process 2> /dev/null
    wait $process 2> /dev/null
    [ $? -eq 137 ] && n_killed=$((n_killed + 1))
    check_recovery "$old" "${expected[$which]}" "kill $trials"
    old=${expected[$which]}
    which=$((1 - which))
    state $which
    # Every fourth run begins from nothing.
    if [ $((trials % 4)) -eq 0 ]; then rm -rf "$place/output" && old=none; fi
done
verdict "$n_killed killed before they ended, over $span ms"
