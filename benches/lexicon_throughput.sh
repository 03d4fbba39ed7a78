#!/usr/bin/env bash
# What a lexicon costs, in CPU-seconds (user + system) of whole processes; anybody can run it.
#
#   benches/lexicon_throughput.sh [FILE.jsonl] [N_PASSAGES]
#
# Scores texts with no lexicon to speak of (one word that is never met: what reading and cutting cost), with the shipped
# themes, with a dictionary of 5,000 entries (a sentiment lexicon in size), and compiles a theme of 10,000 patterns. Without
# FILE, N_PASSAGES sentences (default: a million) are made of the shipped notes, each with words of its own. Each is run
# three times and the median shown. Needs bash, awk, GNU time (/usr/bin/time) and the release build.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
program=${THROUGHLINE:-$here/target/release/throughline}
[ -x "$program" ] || { echo "build first: cargo build --release" >&2; exit 1; }
[ -x /usr/bin/time ] || { echo "GNU time is missing (Debian: apt-get install time)" >&2; exit 1; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
texts=${1:-}
if [ -z "$texts" ]; then
  texts=$work/made.jsonl
  cat "$here"/corpus/integrated-childrens-services/*.md | awk -v wanted="${2:-1000000}" '
    /^(---|#|$)/ || /^[a-z_]+:/ { next }
    { n = split($0, parts, /[.] +/); for (i = 1; i <= n; i++) if (length(parts[i]) > 30) { gsub(/["\\\t]/, " ", parts[i]); line[++lines] = parts[i] } }
    END { for (at = 0; at < wanted; at += 500) { printf "{\"id\": \"%d\", \"text\": \"", at
        for (i = 0; i < 500 && at + i < wanted; i++) printf "In case %s %s. ", "n" (at + i) % 9973, line[(at * 7 + i * 13) % lines + 1]
        print "\"}" } }' >"$texts"
fi
mkdir -p "$work/none" "$work/large" "$work/huge"
printf 'patterns = ["=qqzzqq"]\n' >"$work/none/none.toml"
# Words as they stand in the texts, from the frequent to the rare, every third as a beginning.
words() { head -c 20000000 "$texts" | tr -cs 'A-Za-z' '\n' | tr 'A-Z' 'a-z' | awk 'length($0) > 3' | sort | uniq -c | sort -k1,1nr -k2 | awk '{print $2}'; }
words >"$work/words"
awk -v skip=200 'NR > skip && n < 5000 { n++; printf "%s%s\n", $1, n % 3 ? "" : "*" }' "$work/words" >"$work/entries"
{ echo 'patterns = ['; sed 's/.*/  "&",/' "$work/entries"; echo ']'; } >"$work/large/large.toml"
{ echo 'patterns = ['
  awk '{ word[NR] = $1 } END { for (n = 0; n < 10000; n++) { a = word[n % NR + 1]; b = word[(n * 7) % NR + 1]; c = word[(n * 3) % NR + 1]
    if (n % 4 == 0) printf "  \"%s\",\n", a; else if (n % 4 == 1) printf "  \"%s %s\",\n", a, b
    else if (n % 4 == 2) printf "  \"%s NEAR/4 %s\",\n", a, b; else printf "  \"(%s|%s) (the)? %s*\",\n", a, c, b } }' "$work/words"
  echo ']'; } >"$work/huge/huge.toml"
cd "$work"

cpu() { # command...: median CPU-seconds of three runs, and peak memory
  for _ in 1 2 3; do /usr/bin/time -a -f '%U %S %M' -o times "$@" >/dev/null 2>err || { code=$?; [ $code -eq 3 ] || { cat err >&2; exit $code; }; }; done
  awk '/^[0-9]/ {print $1 + $2, $3 / 1024}' times | sort -n | sed -n 2p; rm times
}
n_bytes=$(wc -c <"$texts")
n_passages=$("$program" score --themes none --all --unit sentence "$texts" | tail -n +2 | wc -l)
printf '%.1f MB, %d passages\n' "$(echo "$n_bytes" | awk '{print $1 / 1e6}')" "$n_passages"
show() { awk -v name="$1" -v n="$n_bytes" '{ printf "%-42s %7.2f CPU-s %7.1f MB/CPU-s %6.0f MB peak\n", name, $1, n / 1e6 / ($1 > 0 ? $1 : 0.01), $2 }'; }
cpu "$program" score --threads 1 --themes none "$texts" | show "reading and cutting alone"
cpu "$program" score --threads 1 --themes "$here/config/themes/integrated-childrens-services" "$texts" | tee five | show "the shipped themes"
cpu "$program" score --threads 1 --themes large "$texts" | tee many | show "a dictionary of 5,000 entries"
awk 'NR == 1 { five = $1 } NR == 2 { printf "%-42s %7.2f times the shipped themes (at most 3)\n", "", $1 / five }' five many
echo "One sentence." >nothing.txt
cpu "$program" score --threads 1 --themes huge nothing.txt | awk '{ printf "%-42s %7.2f CPU-s, start of the program included (at most 1)\n", "a theme of 10,000 patterns, compiled", $1 }'
