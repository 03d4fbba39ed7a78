id=T21 title="an index and a run of an older program"
expect 0
state 0
# Output folders as released programs left them; one is added with each release.
for older in "$ROOT"/tests/fixtures/older/*.tar.gz; do
    release=$(basename "$older" .tar.gz)
    for layout in theirs unknown; do
        trials=$((trials + 1))
        what="$release, layout $layout"
        rm -rf "$place/output"
        mkdir "$place/output"
        tar xzf "$older" -C "$place/output"
        # A first line that no program of today has written.
        [ $layout = theirs ] || sed -i '1s/^throughline ledger [0-9]*/throughline ledger 0/' "$out/state/index/ledger"
        tl verify > "$ROOM/said" 2>&1
        code=$?
        [ $layout = unknown ] || [ $code -eq 0 ] || failed "$what: verify ends with $code: $(head -c 300 "$ROOM/said")"
        tl run > "$ROOM/said" 2>&1 || failed "$what: the run ends with $?: $(head -c 300 "$ROOM/said")"
        grep -q 'anew' "$ROOM/said" || failed "$what: does not say that the index was made anew: $(head -c 300 "$ROOM/said")"
        [ "$(digest)" = "${expected[0]}" ] || failed "$what: gives $(digest), not ${expected[0]}"
        tl verify > "$ROOM/said" 2>&1 || failed "$what: verify after it: $(head -c 300 "$ROOM/said")"
        tl runs > "$ROOM/said" 2>&1 || failed "$what: runs ends with $?"
        [ "$(grep -o '^[0-9]*T[0-9]*Z' "$ROOM/said" | sort -u | wc -l)" -eq 2 ] || failed "$what: runs does not list both: $(cat "$ROOM/said")"
        tl diff > "$ROOM/said" 2>&1 || failed "$what: diff ends with $?: $(head -c 300 "$ROOM/said")"
    done
done
verdict
