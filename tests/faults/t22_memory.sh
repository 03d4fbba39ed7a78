id=T22 title="a corpus larger than --memory"
# Megabytes of literature, and of memory.
read -r size memory <<< "$(quick_or_long "12 64" "300 256")"
new_place
rm -rf "$place/corpus/partnership/"*; mkdir -p "$place/corpus/partnership"
echo "coder,document,theme,stance" > "$place/corpus/partnership/codings.csv"
# Words are drawn anew for every document, so that none repeats another; the last line says how many there are.
n_documents=$(awk -v bytes=$((size << 20)) -v folder="$place/corpus/partnership" 'BEGIN {
    srand(1); split("lack of funding hindered trust between partners shared training pooled budgets information sharing needs time", w, " "); n = length(w)
    while (sum < bytes) {
        text = "" # Of sentences, each with a capital, so that they are passages.
        while (length(text) < 6000) { s = "So "; k = 6 + rand() * 14; for (i = 0; i < k; i++) s = s (rand() < 0.15 ? w[1 + int(rand() * n)] : "word" int(exp(rand() * 11))) " "; text = text s ". " }
        d++; line = "{\"id\":\"d" d "\",\"title\":\"Document " d "\",\"year\":" (1990 + d % 30) ",\"text\":\"" text "\"}"; sum += length(line)
        print line > sprintf("%s/part%03d.jsonl", folder, d % 40)
    }
    print d }')
trials=1
tl run --memory "${memory}M" --log-format json --quiet > "$ROOM/said" 2> "$ROOM/errors" || failed "$(tail -c 400 "$ROOM/errors")"
peak=$(grep '"stage":"end"' "$ROOM/errors" | grep -o '"peak_bytes":[0-9]*' | cut -d: -f2)
[ "${peak:-0}" -gt 0 ] && [ "$peak" -le $((memory << 20)) ] || failed "the peak is $((${peak:-0} >> 20)) MB of $memory MB"
# A peak says nothing where the corpus was not read.
n_read=$(grep '"stage":"end"' "$ROOM/errors" | grep -o '"n_documents":[0-9]*' | cut -d: -f2)
[ "${n_read:-0}" -eq "$n_documents" ] || failed "${n_read:-0} of $n_documents documents were read"
verdict "$size MB of text, bound $memory MB, peak $((${peak:-0} >> 20)) MB"
