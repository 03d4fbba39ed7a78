id=T10 title="pipes, sockets, links, files that come and go"
expect 2
as=()
if [ "$(id -u)" -eq 0 ] && command -v setpriv > /dev/null; then
    as=(setpriv --reuid 65534 --regid 65534 --clear-groups)
    chmod 755 "$ROOM"; chmod -R a+rwX "$place"
    "${as[@]}" test -x "$THROUGHLINE" || { cp "$THROUGHLINE" "$ROOM/throughline"; chmod 755 "$ROOM/throughline"; THROUGHLINE=$ROOM/throughline; }
fi
corpus=$place/corpus/partnership
rm -rf "$place/output"
mkfifo "$corpus/pipe.txt"
ln -s nowhere "$corpus/dangling.txt"
mkdir "$corpus/loop"; ln -s .. "$corpus/loop/up"
ln -s /dev/zero "$corpus/zero.txt"
mkdir "$corpus/a.pdf"; echo "Trust." > "$corpus/a.pdf/inside.txt"
echo "Trust me." > "$corpus/shut.txt"; chmod 000 "$corpus/shut.txt"
command -v python3 > /dev/null && python3 -c "import socket; socket.socket(socket.AF_UNIX).bind('$corpus/socket.txt')"
n_files=$(find "$corpus" -type f ! -name codings.csv ! -name shut.txt | wc -l)
(cd "$place" && timeout 20 "${as[@]}" "$THROUGHLINE" run --json > "$ROOM/said" 2> "$ROOM/errors")
code=$?
trials=$((trials + 1))
[ $code -eq 3 ] || failed "ends with $code: $(head -c 400 "$ROOM/errors")"
for name in pipe.txt dangling.txt loop/up zero.txt shut.txt; do
    trials=$((trials + 1))
    grep -q "$name" "$ROOM/errors" || failed "$name is not named"
done
[ ! -e "$corpus/socket.txt" ] || grep -q socket.txt "$ROOM/errors" || failed "socket.txt is not named"
grep -q "\"n_ok\":$n_files[,}]" "$ROOM/said" || failed "not all of the $n_files good files are in: $(grep -o '"counts":{[^}]*}' "$ROOM/said")"
ls "$place"/output/partnership/latest/tables/documents.csv > /dev/null || failed "nothing was published"
grep -q "inside" "$place"/output/partnership/latest/tables/documents.csv || failed "a folder named a.pdf was not gone into"
rm -rf "$corpus/pipe.txt" "$corpus/dangling.txt" "$corpus/loop" "$corpus/zero.txt" "$corpus/shut.txt" "$corpus/socket.txt"
# Files that come, go and grow while they are read: whatever a run made of them, the next one is as one from nothing.
for ((n = 0; n < $(quick_or_long 5 60); n++)); do
    trials=$((trials + 1))
    (cd "$place" && timeout 20 "$THROUGHLINE" run --quiet > /dev/null 2>&1) &
    process=$!
    while kill -0 $process 2> /dev/null; do
        echo "Trust number $RANDOM." >> "$corpus/grows.txt"
        echo "A lack of funding $RANDOM." > "$corpus/comes.txt"
        rm -f "$corpus/comes.txt"
    done
    wait $process
    code=$?
    [ $code -eq 0 ] || [ $code -eq 3 ] || failed "while files come and go: ends with $code"
    tl run --quiet > "$ROOM/said" 2>&1 || failed "after files came and went: $(head -c 300 "$ROOM/said")"
    tl verify --against-scratch > "$ROOM/said" 2>&1 || failed "after files came and went: $(head -c 300 "$ROOM/said")"
done
verdict
