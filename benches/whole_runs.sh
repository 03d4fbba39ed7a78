#!/usr/bin/env bash
# Times whole runs of the program on texts of your own, in CPU-seconds (user + system) of each process.
#
#   benches/whole_runs.sh FILE.jsonl|FOLDER [THEMES]
#
# Prints, for the texts given: scoring as a filter, a first run, a rerun with nothing new, a run after a theme was edited,
# and a run after one document in a hundred was added. Needs bash, GNU time (/usr/bin/time) and the release build.
set -euo pipefail
texts=$(realpath "${1:?name a JSONL file or a folder of texts}")
here=$(cd "$(dirname "$0")/.." && pwd)
themes=$(realpath "${2:-$here/config/themes/integrated-childrens-services}")
program=${THROUGHLINE:-$here/target/release/throughline}
[ -x "$program" ] || { echo "build first: cargo build --release" >&2; exit 1; }
[ -x /usr/bin/time ] || { echo "GNU time is missing (Debian: apt-get install time)" >&2; exit 1; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
mkdir -p "$work/config/themes/bench" "$work/corpus/bench"
cp "$themes"/*.toml "$work/config/themes/bench/"
printf 'title = "bench"\n[corpus]\npaths = ["corpus/bench"]\n[lexicon]\nthemes = ["config/themes/bench"]\n' >"$work/config/bench.toml"
cp -r "$texts" "$work/corpus/bench/"
n_bytes=$(du -sb "$work/corpus" | cut -f1)
cd "$work"

row() { # name, command...
  local name=$1; shift
  /usr/bin/time -f '%U %S %M %e' -o t "$@" >out 2>err || { local code=$?; [ $code -eq 3 ] || { cat err >&2; exit $code; }; }
  awk -v name="$name" -v n="$n_bytes" '{cpu=$1+$2; printf "%-34s %8.2f CPU-s %8.1f MB/CPU-s %7.0f MB peak %8.2f s wall\n", name, cpu, (cpu>0 ? n/1e6/cpu : 0), $3/1024, $4}' t
}
printf '%s: %.1f MB\n' "$texts" "$(echo "$n_bytes" | awk '{print $1/1e6}')"
find corpus -type f >files
row "score as a filter" xargs -d '\n' -a files "$program" score --themes config/themes/bench
row "first run" "$program" run --quiet
row "nothing new" "$program" run --quiet
first=$(ls config/themes/bench/*.toml | head -n 1)
sed -i '0,/^patterns = \[/s//patterns = [\n  "throughline benchmark",/' "$first"
row "after a theme was edited" "$program" run --quiet
if [ -f "$texts" ]; then
  n_lines=$(wc -l <"$texts")
  head -n $(( (n_lines + 99) / 100 )) "$texts" | sed 's/"id": *"/&new-/' >corpus/bench/new.jsonl
  row "after 1 % new documents" "$program" run --quiet
fi
