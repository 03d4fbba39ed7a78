#!/usr/bin/env python3
"""Whether candidate themes are themes that were withheld, through the commands that people use.

    python3 benches/candidates.py --program target/release/throughline --themes THEMES.json FILE.jsonl

FILE.jsonl holds `id`, `text` and, where there are some, `title`; THEMES.json is {"theme": ["pattern", ...]}. Small studies are
drawn: `--documents` of them, each a stretch of `--cut` characters, with `--known` of the themes as their lexicon and the others
withheld. A study that has all themes says which passages have the withheld ones. Printed for each study and on average:
the share of the withheld themes (those in three documents or more; at most ten, as there are candidates at most) that a candidate
shares more passages with than chance gives once in a thousand (G² from 10.83), the mean overlap (Jaccard) of their
passages, and the share of ten candidates that are such a theme in three of ten of their passages.

With `--grow` all themes are known, each by every second of its patterns, and what is printed is how well the passages that
are listed as said without the words (`without_words.csv`) are those that the other patterns meet: precision and recall.
"""
import argparse, csv, json, math, os, random, subprocess, tempfile
from collections import defaultdict


def g2(both, size, marked, n):
    def cell(observed, expected):
        return observed * math.log(observed / expected) if observed > 0 and expected > 0 else 0.0

    if size in (0, n) or both / size <= (marked - both) / (n - size):
        return 0.0
    rate = marked / n
    inside = cell(both, size * rate) + cell(size - both, size * (1 - rate))
    outside = cell(marked - both, (n - size) * rate) + cell(n - size - marked + both, (n - size) * (1 - rate))
    return 2 * (inside + outside)


def study(arguments, folder, rows, themes):
    """Runs the program on a study; gives the passages of each theme and of each candidate, and how many passages there are."""
    os.makedirs(f"{folder}/corpus")
    os.makedirs(f"{folder}/config/themes/s")
    with open(f"{folder}/corpus/documents.jsonl", "w", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)
    with open(f"{folder}/config/s.toml", "w", encoding="utf-8") as out:
        out.write('title = "s"\n[corpus]\npaths = ["corpus"]\n[lexicon]\nthemes = ["config/themes/s"]\n')
    for theme, patterns in themes.items():
        with open(f"{folder}/config/themes/s/{theme}.toml", "w", encoding="utf-8") as out:
            name = json.dumps(theme)
            out.write(f"id = {name}\nlabel = {name}\ndefinition = {name}\npatterns = {json.dumps(patterns)}\n")
    subprocess.run([os.path.abspath(arguments.program), "run", "--quiet"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    run = f"{folder}/output/s/latest"
    table = lambda name: csv.DictReader(open(f"{run}/tables/{name}.csv", encoding="utf-8"))
    found = defaultdict(set)
    for row in table("passage_scores"):
        if row["has_theme"] == "true":
            found[row["theme"]].add((row["document"], int(row["passage"])))
    candidates = [row for row in table("candidates")]
    known = {one["id"]: one for one in json.load(open(f"{run}/run.json", encoding="utf-8"))["candidates"]}
    evidence = []
    for row in candidates:
        places = known[row["candidate"]]["trace"]["evidence"]
        evidence.append({(document, int(p)) for document, here in places.items() for p in here.split()})
    return found, evidence, [row["label"] for row in candidates], sum(1 for _ in table("passages"))


def draw(arguments, rows, chance):
    drawn = []
    for row in chance.sample(rows, min(arguments.documents, len(rows))):
        start = chance.randrange(max(1, len(row["text"]) - arguments.cut))
        text = row["text"][start : start + arguments.cut].replace("\n", " ").split(". ", 1)[-1]
        drawn.append({"id": f"d{len(drawn):03}", "title": row.get("title") or "", "text": text})
    return drawn


def compare(arguments, rows, themes, seed):
    chance = random.Random(seed)
    drawn = draw(arguments, rows, chance)
    names = sorted(themes)
    chance.shuffle(names)
    known = {name: themes[name] for name in names[: arguments.known]}
    with tempfile.TemporaryDirectory() as folder:
        every, _, _, n = study(arguments, f"{folder}/all", drawn, themes)
        _, evidence, labels, _ = study(arguments, f"{folder}/known", drawn, known)
    n_found, overlaps, good = 0, [], set()
    withheld = {t: every[t] for t in names[arguments.known :] if len({document for document, _ in every[t]}) >= 3}
    for theme, marked in withheld.items():
        scored = [(g2(len(marked & has), len(has), len(marked), n), i) for i, has in enumerate(evidence)]
        best, i = max(scored, default=(0.0, 0), key=lambda one: (one[0], -one[1]))
        n_found += best >= 10.83
        overlaps.append(len(marked & evidence[i]) / len(marked | evidence[i]) if best > 0 else 0.0)
        good |= {i for score, i in scored if score >= 10.83 and len(marked & evidence[i]) >= 0.3 * len(evidence[i])}
    if arguments.show:
        print("\n".join(f"#   {label}" for label in labels))
    most = max(1, min(len(withheld), 10))
    return n_found / most, sum(overlaps) / max(1, len(overlaps)), len(good) / 10


def grow(arguments, rows, themes, seed):
    """Precision and recall of the passages that are given a theme without the patterns that it is known by."""
    drawn = draw(arguments, rows, random.Random(seed))
    halves = {name: patterns[::2] for name, patterns in themes.items() if len(patterns) > 1}
    with tempfile.TemporaryDirectory() as folder:
        every, _, _, _ = study(arguments, f"{folder}/all", drawn, {name: themes[name] for name in halves})
        known, _, _, _ = study(arguments, f"{folder}/half", drawn, halves)
        listed = defaultdict(set)
        for row in csv.DictReader(open(f"{folder}/half/output/s/latest/tables/without_words.csv", encoding="utf-8")):
            listed[row["theme"]].add((row["document"], int(row["passage"])))
    wanted = {name: every[name] - known[name] for name in halves}
    right = sum(len(listed[name] & wanted[name]) for name in halves)
    n_listed, n_wanted = (sum(map(len, sets.values())) for sets in (listed, wanted))
    return right / max(1, n_listed), right / max(1, n_wanted), n_listed / max(1, n_wanted)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--themes", required=True)
    parser.add_argument("--program", default="target/release/throughline")
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--cut", type=int, default=1500)
    parser.add_argument("--known", type=int, default=5)
    parser.add_argument("--runs", type=int, default=8)
    parser.add_argument("--first", type=int, default=1, help="seed of the first study")
    parser.add_argument("--grow", action="store_true", help="passages without the words instead of candidates")
    parser.add_argument("--show", action="store_true", help="also the labels of the candidates")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in open(arguments.file, encoding="utf-8")]
    rows = [row for row in rows if len(row["text"]) >= 2 * arguments.cut]
    themes = json.load(open(arguments.themes, encoding="utf-8"))
    print("study," + ("precision,recall,listed over wanted" if arguments.grow else "share found,mean overlap,share of ten candidates"))
    one = grow if arguments.grow else compare
    results = [one(arguments, rows, themes, seed) for seed in range(arguments.first, arguments.first + arguments.runs)]
    for number, result in enumerate(results, arguments.first):
        print(f"{number}," + ",".join(f"{value:.3f}" for value in result))
    print("mean," + ",".join(f"{sum(column) / len(column):.3f}" for column in zip(*results)))


if __name__ == "__main__":
    main()
