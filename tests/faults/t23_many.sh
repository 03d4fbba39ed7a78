id=T23 title="many small files; many records in one file"
read -r n_files n_records <<< "$(quick_or_long "1500 6000" "100000 1000000")"
peaks=()
for half in 1 2; do
    new_place
    corpus=$place/corpus/partnership
    rm -rf "${corpus:?}/"*
    echo "coder,document,theme,stance" > "$corpus/codings.csv"
    n=$((n_files / (3 - half)))
    seq $n | awk -v folder="$corpus" '{ d = folder "/" int($1 / 1000); if (!seen[d]++) system("mkdir " d); f = d "/" $1 ".txt"; print "Trust number " $1 " grew. Joint training was shared." > f; close(f) }'
    trials=$((trials + 1))
    tl run --memory 1G --log-format json --quiet > /dev/null 2> "$ROOM/errors" || failed "$n files: $(tail -c 400 "$ROOM/errors")"
    peaks+=("$n files $(($(grep '"stage":"end"' "$ROOM/errors" | grep -o '"peak_bytes":[0-9]*' | cut -d: -f2) >> 20)) MB")
    rm -rf "$place"
done
for half in 1 2; do
    new_place
    corpus=$place/corpus/partnership
    rm -rf "${corpus:?}/"*
    echo "coder,document,theme,stance" > "$corpus/codings.csv"
    n=$((n_records / (3 - half)))
    seq $n | awk '{ print "{\"id\":\"r" $1 "\",\"text\":\"A lack of funding hindered record " $1 ". Joint training was shared.\"}" }' > "$corpus/records.jsonl"
    trials=$((trials + 1))
    tl run --memory 1G --log-format json --quiet > /dev/null 2> "$ROOM/errors" || failed "$n records: $(tail -c 400 "$ROOM/errors")"
    read_peak=$(grep -o '"peak_bytes":[0-9]*' "$ROOM/errors" | tail -1 | cut -d: -f2)
    peaks+=("$n records $((read_peak >> 20)) MB")
    rm -rf "$place"
done
verdict "$(IFS=,; echo "${peaks[*]}")"
