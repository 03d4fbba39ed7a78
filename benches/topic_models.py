#!/usr/bin/env python3
"""Topics and seed words side by side with other packages, on data of your own.

    python3 -m pip install numpy scipy scikit-learn tomotopy corextopic six gensim
    python3 benches/topic_models.py topics   --program target/release/throughline --topics 20 FILE.jsonl
    python3 benches/topic_models.py seeded   --program target/release/throughline --topics 20 --seeds SEEDS.json FILE.jsonl
    python3 benches/topic_models.py classify --program target/release/throughline --seeds SEEDS.json FILE.jsonl
    python3 benches/topic_models.py rate     --program target/release/throughline --topics 20 FILE.jsonl
    python3 benches/topic_models.py linear   --program target/release/throughline --topics 20 FILE.jsonl

FILE.jsonl holds `id`, `text` and, where there are some, `title` and `label`; SEEDS.json is {"label": ["word", ...]}.
`--cut 2000` cuts texts into documents of so many characters first; `--held-out` keeps every second document from the
models and counts coherence over those. Every model gets the same documents; the peers get their words with
scikit-learn's English stop words taken out, in at least `--min-df` documents and in at most half. NPMI is over
documents, c_v over windows of 110 words (gensim), both for the ten best words of a topic; diversity is the share of
distinct words among these. CPU-seconds are those of the whole program for ours, and of fitting alone for the peers.
With `--same-words` ours reads the very words that the peers get and nothing else: the same preprocessing for all.
`seeded` gives the first topics the words of SEEDS.json and leaves the others free: ours against seeded LDA and anchored CorEx.
`rate` gives ours, the whole command, beside tomotopy's fitting at several numbers of passes over the same words, in turns.
"""
import argparse, csv, json, math, os, re, resource, subprocess, sys, tempfile, time
from collections import Counter, defaultdict
from itertools import combinations

import numpy as np
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS
from sklearn.metrics import f1_score, normalized_mutual_info_score

WORD = re.compile(r"[^\W\d_][\w']*")


class Documents:
    """Texts with ids, labels and words; `fitted` is what the models see, `reference` what coherence is counted over."""

    def __init__(self, arguments):
        self.rows = []
        for line in open(arguments.file, encoding="utf-8"):
            row = json.loads(line)
            text = ((row.get("title") or "") + "\n" + row["text"]).strip()
            step = arguments.cut or max(len(text), 1)
            for at in range(0, len(text), step):
                number = f"{row['id']}#{at // step}" if arguments.cut else row["id"]
                self.rows.append({"id": number, "text": text[at : at + step], "label": row.get("label")})
        every = self.rows
        self.rows = every[: arguments.most] if arguments.most else every
        held_out = self.rows[1::2] if arguments.held_out else self.rows
        self.rows = self.rows[0::2] if arguments.held_out else self.rows
        self.reference = [WORD.findall(row["text"].lower()) for row in held_out]
        self.ids = [row["id"] for row in self.rows]
        self.labels = [row["label"] for row in self.rows]
        words = [WORD.findall(row["text"].lower()) for row in self.rows]
        within = Counter(word for document in words for word in set(document))
        self.words = words
        keep = {w for w, n in within.items() if arguments.min_df <= n <= len(words) / 2 and len(w) > 1}
        keep -= ENGLISH_STOP_WORDS
        self.kept = [[word for word in document if word in keep] for document in words]
        if arguments.same_words:
            have = [place for place, kept in enumerate(self.kept) if kept]
            self.kept = [self.kept[place] for place in have]
            self.rows = [{**self.rows[place], "text": " ".join(kept)} for place, kept in zip(have, self.kept)]
            self.ids, self.labels = [row["id"] for row in self.rows], [row["label"] for row in self.rows]

    def file(self, folder):
        path = os.path.join(folder, "documents.jsonl")
        with open(path, "w", encoding="utf-8") as out:
            for row in self.rows:
                out.write(json.dumps({"id": row["id"], "text": row["text"]}) + "\n")
        return path


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


def c_v(topics, documents):
    from gensim.corpora import Dictionary
    from gensim.models.coherencemodel import CoherenceModel

    known = {word for words in documents for word in words}
    topics = [[word for word in topic if word in known] for topic in topics]
    dictionary = Dictionary(documents)
    return CoherenceModel(topics=topics, texts=documents, dictionary=dictionary, coherence="c_v", processes=1).get_coherence()


def diversity(topics):
    return len({word for topic in topics for word in topic}) / sum(map(len, topics))


def purity(found, labels):
    groups = defaultdict(Counter)
    for group, label in zip(found, labels):
        groups[group][label] += 1
    return sum(max(group.values()) for group in groups.values()) / len(labels)


def run(command):
    """What a program printed, its CPU-seconds, and the most memory it held, in megabytes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return output, seconds, after.ru_maxrss / 1024


def throughline(arguments, documents, seed, seeds=None):
    with tempfile.TemporaryDirectory() as folder:
        command = [arguments.program, "discover", "--topics", str(arguments.topics), documents.file(folder)]
        if seeds:
            command += ["--seeds", seed_file(folder, seeds)]
        _, seconds, _ = run(command + ["--output", folder, "--seed", str(seed)])
        topics, best = defaultdict(list), {}
        for row in csv.DictReader(open(os.path.join(folder, "topics.csv"), encoding="utf-8")):
            topics[row["topic"]].append((int(row["rank"]), row["feature"]))
        for row in csv.DictReader(open(os.path.join(folder, "assignments.csv"), encoding="utf-8")):
            best[row["document"]] = max(best.get(row["document"], (-1.0, "")), (float(row["probability"]), row["topic"]))
    return [[f for _, f in sorted(t)[:10]] for t in topics.values()], [best[i][1] for i in documents.ids], seconds


def seed_file(folder, seeds):
    path = os.path.join(folder, "seeds.toml")
    with open(path, "w", encoding="utf-8") as file:
        for name, words in seeds.items():
            file.write(f"{json.dumps(name)} = {json.dumps(words)}\n")
    return path


def lda(arguments, documents, seed, seeds=None):
    import tomotopy

    model, placed = tomotopy.LDAModel(k=arguments.topics, alpha=0.1, eta=0.01, seed=seed), []
    for theme, words in enumerate((seeds or {}).values()):
        for word in words:
            model.set_word_prior(word, [1.0 if k == theme else 0.001 for k in range(arguments.topics)])
    place(model, documents, placed)
    before = time.process_time()
    model.train(arguments.passes, workers=1)
    seconds = time.process_time() - before
    topics = [[word for word, _ in model.get_topic_words(k, 10)] for k in range(arguments.topics)]
    shares = [document.get_topic_dist() for document in model.docs]
    return topics, [-1 if p is None else int(np.argmax(shares[p])) for p in placed], seconds


def place(model, documents, placed):
    """Adds the documents that have words; notes where each went."""
    n_added = 0
    for words in documents.kept:
        placed.append(n_added if words else None)
        if words:
            model.add_doc(words)
            n_added += 1


def counts(documents, weigh):
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

    vectorizer = (TfidfVectorizer if weigh else CountVectorizer)(analyzer=lambda words: words)
    return vectorizer.fit_transform(documents.kept), list(vectorizer.get_feature_names_out())


def corex(arguments, documents, seed, seeds=None):
    from corextopic import corextopic

    matrix, names = counts(documents, False)
    before = time.process_time()
    model = corextopic.Corex(n_hidden=arguments.topics, max_iter=30, seed=seed)
    known = set(names)
    anchors = [[word for word in words if word in known] for words in (seeds or {}).values()]
    model.fit((matrix > 0).astype(float), words=names, anchors=anchors or None, anchor_strength=3)
    seconds = time.process_time() - before
    topics = [[row[0] for row in model.get_topics(topic=k, n_words=10)] for k in range(arguments.topics)]
    return [topic for topic in topics if len(topic) > 1], list(np.argmax(model.log_p_y_given_x, axis=1)), seconds


def kmeans(arguments, documents, seed):
    """tf-idf, 100 directions, k-means: a clustering, so its words are those nearest to the centers."""
    from sklearn.cluster import KMeans
    from sklearn.decomposition import TruncatedSVD
    from sklearn.preprocessing import normalize

    matrix, names = counts(documents, True)
    before = time.process_time()
    points = normalize(TruncatedSVD(min(100, len(names) - 1), random_state=seed).fit_transform(matrix))
    found = KMeans(arguments.topics, n_init=10, random_state=seed).fit_predict(points)
    seconds = time.process_time() - before
    centers = [np.asarray(matrix[found == k].mean(axis=0)).ravel() for k in range(arguments.topics)]
    return [[names[i] for i in np.argsort(-center)[:10]] for center in centers], list(found), seconds


def nmf(arguments, documents, seed):
    from sklearn.decomposition import NMF

    matrix, names = counts(documents, True)
    before = time.process_time()
    model = NMF(arguments.topics, random_state=seed, init="nndsvda", max_iter=200)
    found = np.argmax(model.fit_transform(matrix), axis=1)
    seconds = time.process_time() - before
    return [[names[i] for i in np.argsort(-row)[:10]] for row in model.components_], list(found), seconds


MODELS = {"throughline": throughline, "lda": lda, "corex": corex, "kmeans": kmeans, "nmf": nmf}


def compare_topics(arguments):
    documents = Documents(arguments)
    n_tokens = sum(map(len, documents.kept))
    print(f"# {len(documents.ids)} documents, {n_tokens} tokens for the peers, coherence over {len(documents.reference)}")
    print("model,seed,cpu_seconds,npmi,c_v,diversity,nmi,purity", flush=True)
    for name in arguments.models.split(","):
        runs, rows = [], []
        for seed in range(1, arguments.runs + 1):
            topics, found, seconds = MODELS[name](arguments, documents, seed)
            runs.append(list(map(str, found)))
            known = all(label is not None for label in documents.labels)
            row = [seconds, npmi(topics, documents.reference), c_v(topics, documents.reference) if arguments.c_v else math.nan]
            row += [diversity(topics)]
            row += [normalized_mutual_info_score(documents.labels, runs[-1]) if known else math.nan]
            row += [purity(runs[-1], documents.labels) if known else math.nan]
            rows.append(row)
            if arguments.show and seed == 1:
                print("\n".join("#   " + " ".join(topic) for topic in topics))
        mean, spread = np.mean(rows, axis=0), np.std(rows, axis=0)
        print(f"{name},mean," + ",".join(f"{value:.4f}" for value in mean))
        print(f"{name},sd," + ",".join(f"{value:.4f}" for value in spread))
        same = [normalized_mutual_info_score(a, b) for a, b in combinations(runs, 2)]
        print(f"{name},stability (NMI between seeds),{np.mean(same) if same else math.nan:.4f}", flush=True)


def compare_seeded(arguments):
    """The first topics are told by seeds, the others are free: coherence of both."""
    documents = Documents(arguments)
    seeds = json.load(open(arguments.seeds, encoding="utf-8"))
    print(f"# {len(documents.ids)} documents, {sum(map(len, documents.kept))} tokens for the peers, coherence over {len(documents.reference)}")
    print("model,seed,cpu_seconds,npmi_seeded,npmi_all,diversity", flush=True)
    for name in [model for model in arguments.models.split(",") if model in ("throughline", "lda", "corex")]:
        rows = []
        for seed in range(1, arguments.runs + 1):
            topics, _, seconds = MODELS[name](arguments, documents, seed, seeds)
            first = topics[: len(seeds)]
            rows.append([seconds, npmi(first, documents.reference), npmi(topics, documents.reference), diversity(topics)])
            if arguments.show and seed == 1:
                print("\n".join("#   " + " ".join(topic) for topic in topics))
        print(f"{name},mean," + ",".join(f"{value:.4f}" for value in np.mean(rows, axis=0)))
        print(f"{name},sd," + ",".join(f"{value:.4f}" for value in np.std(rows, axis=0)), flush=True)


def compare_classify(arguments):
    documents = Documents(arguments)
    labels = documents.labels
    seeds = json.load(open(arguments.seeds, encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        command = [arguments.program, "classify", "--seeds", seed_file(folder, seeds), documents.file(folder)]
        output, seconds, _ = run(command)
    best = {}
    for row in csv.DictReader(output.splitlines()):
        best[row["document"]] = max(best.get(row["document"], (-1.0, "")), (float(row["probability"]), row["theme"]))
    counted = [{name: sum(words.count(w) for w in seeds[name]) for name in seeds} for words in documents.words]
    plain = [max(seeds, key=lambda name: count[name]) for count in counted]
    found = [best[i][1] for i in documents.ids]
    score = lambda guesses: f"{f1_score(labels, guesses, average='macro'):.4f},{np.mean([a == b for a, b in zip(labels, guesses)]):.4f}"
    print("method,cpu_seconds,macro_f1,accuracy")
    print(f"throughline,{seconds:.2f},{score(found)}")
    print(f"counting seed words,,{score(plain)}")
    if not arguments.quick:
        for seed in range(1, arguments.runs + 1):
            print(f"seeded LDA (tomotopy) {seed},,{score(seeded_lda(seeds, documents, seed))}")
    if arguments.show:
        for label in seeds:
            print("#", label, Counter(f for f, l in zip(found, labels) if l == label).most_common())


def seeded_lda(seeds, documents, seed):
    import tomotopy

    names = list(seeds)
    model, placed = tomotopy.LDAModel(k=len(names), alpha=0.1, eta=0.01, seed=seed), []
    for theme, name in enumerate(names):
        for word in seeds[name]:
            model.set_word_prior(word, [1.0 if k == theme else 0.001 for k in range(len(names))])
    place(model, documents, placed)
    model.train(500, workers=1)
    shares = [document.get_topic_dist() for document in model.docs]
    return [names[0 if p is None else int(np.argmax(shares[p]))] for p in placed]


def compare_rate(arguments):
    """What ours costs beside tomotopy's passes, and what either comes to; interleaved, since other work shares the machine."""
    documents = Documents(arguments)
    n_tokens = sum(map(len, documents.kept))
    print(f"# {len(documents.ids)} documents, {n_tokens} tokens, coherence over {len(documents.reference)}")
    print("model,passes,cpu_seconds,million_token_passes_a_cpu_second,npmi,diversity,times_ours", flush=True)
    passes, rows = [int(n) for n in arguments.rate_passes.split(",")], defaultdict(list)
    for seed in range(1, arguments.runs + 1):
        for n in [0] + passes:
            arguments.passes = n
            topics, _, seconds = (lda if n else throughline)(arguments, documents, seed)
            rows[n].append([seconds, npmi(topics, documents.reference), diversity(topics)])
    ours = np.mean(rows[0], axis=0)[0]
    for n in [0] + passes:
        seconds, coherence, distinct = np.mean(rows[n], axis=0)
        rate = f"{n * n_tokens / seconds / 1e6:.1f}" if n else ""
        name = f"tomotopy,{n}" if n else "throughline,"
        print(f"{name},{seconds:.2f},{rate},{coherence:.4f},{distinct:.2f},{seconds / ours:.2f}", flush=True)


def compare_linear(arguments):
    """Our time and memory on the first eighth, quarter, half and all of the documents, and on twice as many."""
    rows = Documents(arguments).rows
    print("documents,cpu_seconds,megabytes")
    for times in (0.125, 0.25, 0.5, 1, 2):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "documents.jsonl")
            n = int(len(rows) * times)
            with open(path, "w", encoding="utf-8") as out:
                for number in range(n):
                    out.write(json.dumps({"id": f"{number}", "text": rows[number % len(rows)]["text"]}) + "\n")
            command = [arguments.program, "discover", "--topics", str(arguments.topics), path, "--output", folder]
            _, seconds, megabytes = run(command)
            print(f"{n},{seconds:.2f},{megabytes:.0f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["topics", "seeded", "classify", "rate", "linear"])
    parser.add_argument("file")
    parser.add_argument("--program", default="target/release/throughline")
    parser.add_argument("--models", default=",".join(MODELS))
    parser.add_argument("--topics", type=int, default=20)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--passes", type=int, default=100, help="of tomotopy's sampler")
    parser.add_argument("--rate-passes", default="5,10,20,50,100,200", help="what `rate` gives it")
    parser.add_argument("--same-words", action="store_true", help="ours reads the peers' words")
    parser.add_argument("--min-df", type=int, default=3)
    parser.add_argument("--cut", type=int, default=0)
    parser.add_argument("--most", type=int, default=0, help="take the first so many documents")
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--c-v", action="store_true", help="also c_v, which takes minutes on long texts")
    parser.add_argument("--seeds")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--quick", action="store_true")
    arguments = parser.parse_args()
    if arguments.what in ("classify", "seeded") and not arguments.seeds:
        sys.exit(f"{arguments.what} needs --seeds")
    compare = {"topics": compare_topics, "seeded": compare_seeded, "classify": compare_classify, "rate": compare_rate}
    compare.get(arguments.what, compare_linear)(arguments)


if __name__ == "__main__":
    main()
