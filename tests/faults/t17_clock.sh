id=T17 title="clock back and forward, zones, times of files"
expect 0
corpus=$place/corpus/partnership
rm -rf "$place/output"
which=0
for now in 2030-01-01T00:00:00Z 2029-12-31T00:00:00Z 2040-06-01T00:00:00Z 1970-01-01T00:00:01Z 2030-01-01T00:00:00Z; do
    trials=$((trials + 1))
    state $which
    tl run --quiet --now $now > "$ROOM/said" 2>&1 || failed "at $now: $(cat "$ROOM/said")"
    [ "$(digest)" = "${expected[$which]}" ] || failed "at $now: gives $(digest)"
    tl run --quiet --now $now | grep -q "nothing new" || failed "at $now: a second run finds something new"
    tl verify > "$ROOM/said" 2>&1 || failed "at $now: $(cat "$ROOM/said")"
    tl diff > "$ROOM/said" 2>&1 || failed "at $now: diff: $(cat "$ROOM/said")"
    which=$((1 - which))
done
[ "$(find "$out" -name run.json | wc -l)" -eq 5 ] || failed "not all five runs are there"
for day in 1970-01-02 2001-01-01 2099-01-01; do
    trials=$((trials + 2))
    find "$corpus" -type f -exec touch -d "$day" {} +
    tl run --quiet | grep -q "nothing new" || failed "files of $day are taken for new"
    # New bytes of the same length with the old time, and back.
    stamp=$(stat -c %y "$corpus/10-maple.txt")
    sed -i 's/little/LITTLE/' "$corpus/10-maple.txt"; touch -d "$stamp" "$corpus/10-maple.txt"
    tl run --quiet > "$ROOM/said"
    grep -q "(1 new)" "$ROOM/said" || failed "new bytes with an old time are missed: $(cat "$ROOM/said")"
    sed -i 's/LITTLE/little/' "$corpus/10-maple.txt"; touch -d "$stamp" "$corpus/10-maple.txt"
    tl run --quiet > /dev/null
done
for zone in UTC Pacific/Auckland America/Los_Angeles; do
    trials=$((trials + 1))
    TZ=$zone tl run --quiet | grep -q "nothing new" || failed "in the zone $zone something is new"
done
verdict
