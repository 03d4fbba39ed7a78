#!/usr/bin/env python3
"""What scoring as a filter costs, in CPU-seconds (user + system) of whole processes, beside ahocorasick_rs.

    benches/filter_throughput.py FILE.jsonl [ROUNDS]

FILE.jsonl has `id` and `text`. Makes five themes of thirty globs and fifteen phrases out of the words of the texts, and the
literals that these meet in them (which spares the other program stems and globs; that is not in its time). Runs every program
once a round and prints the median, the ratio to ahocorasick_rs (of the same round), and peak memory. The shipped themes are
run too, with the stance of every hit. OTHER=PROGRAM runs another build of throughline beside, and asks whether both write
the same bytes. Needs Python 3.11, ahocorasick_rs 1.0.3 (pip; `PYTHON` names the interpreter that has it) and the release build.
"""

import collections, concurrent.futures, hashlib, json, os, pathlib, re, statistics, subprocess, sys, tempfile

HERE = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("THROUGHLINE", str(HERE / "target/release/throughline"))
PYTHON = os.environ.get("PYTHON", sys.executable)
SHIPPED = str(HERE / "config/themes/integrated-childrens-services")

LITERALS = """
import json, sys, ahocorasick_rs
patterns = json.load(open(sys.argv[1]))
matcher = ahocorasick_rs.AhoCorasick([p for p, _ in patterns], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
theme = [t for _, t in patterns]
for line in open(sys.argv[2], encoding="utf8"):
    record = json.loads(line)
    text, counts = record["text"].lower(), [0] * 5
    for which, start, end in matcher.find_matches_as_indexes(text):
        if (start == 0 or not text[start - 1].isalnum()) and (end == len(text) or not text[end].isalnum()):
            counts[theme[which]] += 1
    print(record["id"], *counts, sep=",")
"""


def make_themes(file, folder):
    """Bytes of text; writes five themes of 30 globs and 15 phrases, from the frequent to the rare, and what they meet."""
    texts = [json.loads(line)["text"] for line in open(file, encoding="utf8")]
    words, pairs = collections.Counter(), collections.Counter()
    for text in texts:
        found = re.findall("[a-z]+", text.lower())
        words.update(found)
        pairs.update(zip(found, found[1:]))
    globs = [w for w, _ in words.most_common() if len(w) >= 5][150::10][:150]
    phrases = [p for p, _ in pairs.most_common(40_000) if len(p[0]) >= 4 and len(p[1]) >= 4][300::80][:75]
    literals = {}
    for theme in range(5):
        stems = [w[: max(5, len(w) - 2)] for w in globs[theme::5]]
        own = phrases[theme::5]
        patterns = list(dict.fromkeys([f"{s}*" for s in stems] + [f"={a} ={b}" for a, b in own]))
        (folder / f"t{theme}.toml").write_text("patterns = [\n" + "".join(f'  "{p}",\n' for p in patterns) + "]\n")
        for word in words:
            if word.startswith(tuple(stems)):
                literals.setdefault(word, theme)
        for pair in own:
            literals.setdefault(" ".join(pair), theme)
    (folder.parent / "literals.json").write_text(json.dumps(sorted(literals.items())))
    return sum(len(text.encode()) for text in texts)


def cost(command):
    """CPU-seconds, peak megabytes and a digest of what was written."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    digest = hashlib.sha256()
    while block := process.stdout.read(1 << 20):
        digest.update(block)
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        sys.exit(f"failed: {' '.join(command)}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, digest.hexdigest()


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    file, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        (work / "five").mkdir()
        (work / "none").mkdir()
        (work / "none/none.toml").write_text('patterns = ["=qqzzqq"]\n')
        # In a process of its own: a child's peak memory begins with what its parent holds.
        with concurrent.futures.ProcessPoolExecutor(1) as maker:
            n_bytes = maker.submit(make_themes, file, work / "five").result()
        (work / "literals.py").write_text(LITERALS)

        def ours(program, themes, unit):
            return [program, "score", "--threads", "1", "--themes", str(themes), "--unit", unit, file]

        settings = {
            "reading and cutting": (work / "none", "sentence"),
            "5 x 45, by sentence": (work / "five", "sentence"),
            "5 x 45, by document": (work / "five", "document"),
            "shipped, by sentence": (SHIPPED, "sentence"),
        }
        commands = {"ahocorasick_rs": [PYTHON, str(work / "literals.py"), str(work / "literals.json"), file]}
        for name, (themes, unit) in settings.items():
            commands[name] = ours(PROGRAM, themes, unit)
            if other := os.environ.get("OTHER"):
                commands[f"{name} (other)"] = ours(other, themes, unit)
        runs = collections.defaultdict(list)
        for _ in range(rounds):
            for name, command in commands.items():
                runs[name].append(cost(command))
        print(f"{n_bytes / 1e6:.1f} MB of text, {rounds} rounds")
        for name, measured in runs.items():
            seconds = statistics.median(run[0] for run in measured)
            ratio = statistics.median(run[0] / peer[0] for run, peer in zip(measured, runs["ahocorasick_rs"]))
            peak = max(run[1] for run in measured)
            same = ""
            if f"{name} (other)" in runs:
                others = runs[f"{name} (other)"]
                gain = statistics.median(run[0] / other[0] for run, other in zip(measured, others))
                same = f"  {gain:.2f} x other, {'same bytes' if measured[0][2] == others[0][2] else 'OTHER BYTES'}"
            print(f"{name:32} {seconds:6.2f} CPU-s {n_bytes / 1e6 / seconds:6.1f} MB/CPU-s {ratio:5.2f} x peer {peak:5.0f} MB{same}")


if __name__ == "__main__":
    main()
