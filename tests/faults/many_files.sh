#!/bin/bash
# Whether memory stays flat: a folder of many small files of every kind, and one file of many records, in two sizes.
#
#   tests/faults/many_files.sh [PROGRAM [N]]      N files (1,000 unless given), and 100 times as many records
set -eu
program=$(realpath "${1:-target/release/throughline}")
n=${2:-1000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 - "$folder" "$n" <<'P'
import os, random, sys
folder, n = sys.argv[1], int(sys.argv[2])
words = "joined services for children need money trust leaders aims roles schools clinics and the of to in that with".split()
random.seed(2006)
def text(n_words):
    return " ".join(random.choice(words) + random.choice(["", "", "", ".", ","]) for _ in range(n_words))
for part, share in (("half", n // 2), ("whole", n)):
    random.seed(2006)
    os.makedirs(f"{folder}/{part}")
    for i in range(share):
        body = text(3000)
        kind = ["txt", "md", "html", "xml", "ris"][i % 5]
        data = {
            "txt": body,
            "md": f"---\ntitle: Note {i}\nyear: {1990 + i % 30}\n---\n# Methods\n{body}",
            "html": f"<html><head><title>Page {i}</title></head><body><p>{body}</p></body></html>",
            "xml": f"<article><front><article-meta><title-group><article-title>Article {i}</article-title></title-group></article-meta></front><body><sec><title>Results</title><p>{body}</p></sec></body></article>",
            "ris": "".join(f"TY  - JOUR\nTI  - Record {i} {j} {text(6)}\nAB  - {text(150)}\nER  - \n" for j in range(20)),
        }[kind]
        with open(f"{folder}/{part}/{i:06}.{kind}", "w") as out:
            out.write(data)
    with open(f"{folder}/{part}.jsonl", "w") as out:
        for i in range(share * 100):
            out.write('{"id":"r%d","title":"Record %d","text":"%s"}\n' % (i, i, text(40)))
P
printf '%-28s %9s %8s %6s\n' input MB seconds 'peak MB'
for part in half whole; do
  for input in "$folder/$part" "$folder/$part.jsonl"; do
    size=$(du -sm --apparent-size "$input" | cut -f1)
    /usr/bin/time -f '%e %M' -o "$folder/time" "$program" ingest "$input" --output "$folder/out" 2>"$folder/said" || {
      code=$?
      [ $code -eq 3 ] || { cat "$folder/said"; exit $code; }
    }
    read -r seconds kilobytes < <(tail -1 "$folder/time")
    printf '%-28s %9s %8s %6s\n' "$(basename "$input")" "$size" "$seconds" $((kilobytes / 1000))
  done
done
