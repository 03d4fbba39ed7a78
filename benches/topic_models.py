#!/usr/bin/env python3
"""Topics and seed words side by side with tomotopy: coherence, diversity, NMI, purity, stability, macro-F1, CPU-seconds.

    python3 -m pip install numpy scikit-learn tomotopy
    python3 benches/topic_models.py topics   --program target/release/throughline --topics 20 FILE.jsonl
    python3 benches/topic_models.py classify --program target/release/throughline --seeds SEEDS.json FILE.jsonl

FILE.jsonl holds `id`, `text` and, where there are some, `label`; SEEDS.json is {"label": ["word", ...]}.
Every model gets the same documents; tomotopy gets their words with scikit-learn's English stop words taken out, in at
least three documents and in at most half. NPMI is over the documents themselves, ten words a topic.
"""
import argparse, csv, json, math, os, re, resource, subprocess, sys, tempfile
from collections import Counter, defaultdict
from itertools import combinations

import numpy as np
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS
from sklearn.metrics import f1_score, normalized_mutual_info_score

WORD = re.compile(r"[^\W\d_][\w']*")


def read(path):
    rows = [json.loads(line) for line in open(path, encoding="utf-8")]
    texts = [((row.get("title") or "") + "\n" + row["text"]).lower() for row in rows]
    return [row["id"] for row in rows], [WORD.findall(text) for text in texts], [row.get("label") for row in rows]


def npmi(topics, documents):
    wanted, where = {word for topic in topics for word in topic}, defaultdict(set)
    for number, words in enumerate(documents):
        for word in wanted.intersection(words):
            where[word].add(number)
    n, values = len(documents), []
    for topic in topics:
        for a, b in combinations(topic, 2):
            both = len(where[a] & where[b]) / n
            chance = len(where[a]) * len(where[b]) / n**2
            values.append(-1.0 if both == 0 else 1.0 if both == 1 else math.log(both / chance) / -math.log(both))
    return float(np.mean(values))


def diversity(topics):
    return len({word for topic in topics for word in topic}) / sum(map(len, topics))


def purity(found, labels):
    groups = defaultdict(Counter)
    for group, label in zip(found, labels):
        groups[group][label] += 1
    return sum(max(group.values()) for group in groups.values()) / len(labels)


def run(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return output, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ours(arguments, ids, seed):
    with tempfile.TemporaryDirectory() as folder:
        command = [arguments.program, "discover", "--topics", str(arguments.topics), arguments.file, "--output", folder]
        _, seconds = run(command + ["--seed", str(seed)])
        topics, best = defaultdict(list), {}
        for row in csv.DictReader(open(os.path.join(folder, "topics.csv"), encoding="utf-8")):
            topics[row["topic"]].append((int(row["rank"]), row["feature"]))
        for row in csv.DictReader(open(os.path.join(folder, "assignments.csv"), encoding="utf-8")):
            best[row["document"]] = max(best.get(row["document"], (-1.0, "")), (float(row["probability"]), row["topic"]))
    return [[f for _, f in sorted(t)[:10]] for t in topics.values()], [best[i][1] for i in ids], seconds


def lda(arguments, documents, seed):
    import time

    import tomotopy

    in_documents = Counter(word for words in documents for word in set(words))
    most = len(documents) / 2
    keep = {w for w, n in in_documents.items() if 3 <= n <= most and w not in ENGLISH_STOP_WORDS and len(w) > 1}
    model, placed = tomotopy.LDAModel(k=arguments.topics, alpha=0.1, eta=0.01, seed=seed), []
    n_added = 0
    for words in documents:
        kept = [word for word in words if word in keep]
        placed.append(n_added if kept else None)
        if kept:
            model.add_doc(kept)
            n_added += 1
    before = time.process_time()
    model.train(100, workers=1)
    seconds = time.process_time() - before
    topics = [[word for word, _ in model.get_topic_words(k, 10)] for k in range(arguments.topics)]
    shares = [document.get_topic_dist() for document in model.docs]
    found = [-1 if p is None else int(np.argmax(shares[p])) for p in placed]
    return topics, found, seconds


def compare_topics(arguments):
    ids, documents, labels = read(arguments.file)
    print("model,seed,cpu_seconds,npmi,diversity,nmi,purity")
    for name, model in (("throughline", lambda s: ours(arguments, ids, s)), ("tomotopy", lambda s: lda(arguments, documents, s))):
        runs = []
        for seed in range(1, arguments.runs + 1):
            topics, found, seconds = model(seed)
            runs.append(list(map(str, found)))
            known = all(label is not None for label in labels)
            nmi = normalized_mutual_info_score(labels, runs[-1]) if known else math.nan
            pure = purity(runs[-1], labels) if known else math.nan
            print(f"{name},{seed},{seconds:.2f},{npmi(topics, documents):.4f},{diversity(topics):.3f},{nmi:.4f},{pure:.4f}")
        same = [normalized_mutual_info_score(a, b) for a, b in combinations(runs, 2)]
        print(f"{name},stability (NMI between seeds),{np.mean(same) if same else math.nan:.4f}")


def compare_classify(arguments):
    ids, documents, labels = read(arguments.file)
    seeds = json.load(open(arguments.seeds, encoding="utf-8"))
    with tempfile.NamedTemporaryFile("w", suffix=".toml", delete=False) as file:
        for name, words in seeds.items():
            file.write(f"{json.dumps(name)} = {json.dumps(words)}\n")
    output, seconds = run([arguments.program, "classify", "--seeds", file.name, arguments.file])
    best = {}
    for row in csv.DictReader(output.splitlines()):
        best[row["document"]] = max(best.get(row["document"], (-1.0, "")), (float(row["probability"]), row["theme"]))
    counts = [{name: sum(words.count(w) for w in seeds[name]) for name in seeds} for words in documents]
    plain = [max(seeds, key=lambda name: count[name]) for count in counts]
    print("method,cpu_seconds,macro_f1")
    print(f"throughline,{seconds:.2f},{f1_score(labels, [best[i][1] for i in ids], average='macro'):.4f}")
    print(f"counting seed words,,{f1_score(labels, plain, average='macro'):.4f}")
    print(f"seeded LDA (tomotopy),,{seeded_lda(seeds, documents, labels):.4f}")


def seeded_lda(seeds, documents, labels):
    import tomotopy

    in_documents = Counter(word for words in documents for word in set(words))
    keep = {w for w, n in in_documents.items() if 3 <= n <= len(documents) / 2 and w not in ENGLISH_STOP_WORDS}
    names = list(seeds)
    model, placed = tomotopy.LDAModel(k=len(names), alpha=0.1, eta=0.01, seed=1), []
    n_added = 0
    for theme, name in enumerate(names):
        for word in seeds[name]:
            model.set_word_prior(word, [1.0 if k == theme else 0.001 for k in range(len(names))])
    for words in documents:
        kept = [word for word in words if word in keep]
        placed.append(n_added if kept else None)
        if kept:
            model.add_doc(kept)
            n_added += 1
    model.train(500, workers=1)
    shares = [document.get_topic_dist() for document in model.docs]
    found = [names[0 if p is None else int(np.argmax(shares[p]))] for p in placed]
    return f1_score(labels, found, average="macro")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["topics", "classify"])
    parser.add_argument("file")
    parser.add_argument("--program", default="target/release/throughline")
    parser.add_argument("--topics", type=int, default=20)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seeds")
    arguments = parser.parse_args()
    if arguments.what == "classify" and not arguments.seeds:
        sys.exit("classify needs --seeds")
    compare_topics(arguments) if arguments.what == "topics" else compare_classify(arguments)


if __name__ == "__main__":
    main()
