#!/usr/bin/env python3
"""Measures the text of PDFs against poppler's pdftotext: python3 tests/quality/pdf_against_poppler.py FOLDER...

Prints a line a file and a summary a folder:
  token F1    tokens in common as bags of words, 0-1
  3-gram F1   runs of three tokens in common, which tells the order of reading, 0-1
  pages/s     pages per second of processor time, start of the process included, for both
  quiet loss  files of which poppler gives more than 200 bytes and we, without a fault, less than a tenth of its text

Means are over the files of which poppler gives more than 200 bytes. Needs pdftotext (poppler-utils) and a release build.
"""
import argparse
import collections
import json
import os
import pathlib
import re
import resource
import subprocess
import unicodedata


def timed(command, given=b""):
    """Output of a command, and the processor seconds that it took; None where it ran for two minutes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        output = subprocess.run(command, input=given, capture_output=True, timeout=120).stdout
    except subprocess.TimeoutExpired:
        return None, 120.0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return output, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ours(program, file):
    """Text, faults and seconds of one file, read as the program has its children read it."""
    order = {"path": file.name, "file": list(os.fsencode(str(file.resolve()))), "n_bytes": file.stat().st_size}
    # The child ends with its orders, so the orders end only when the answer is there.
    command = [program, "__read", "60", str(1 << 30)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    text, faults = [], None
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        child.stdin.write(json.dumps(order).encode() + b"\n")
        child.stdin.flush()
        for line in child.stdout:
            answer = json.loads(line)
            if "done" in answer:
                faults = [fault["what"] for fault in answer["done"]]
                break
            text.append(answer["document"]["text"])
        child.stdin.close()
        child.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return "\n".join(text), ["the child died"] if faults is None else faults, seconds


def tokens(text):
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).lower())


def f1(one, other):
    one, other = collections.Counter(one), collections.Counter(other)
    n = sum(one.values()) + sum(other.values())
    return 2 * sum((one & other).values()) / n if n else 1.0


def grams(words):
    return list(zip(words, words[1:], words[2:]))


def measure(program, folder):
    token, gram, n_pages, seconds, quiet, failed, n = [], [], 0, [0.0, 0.0], 0, 0, 0
    for file in sorted(pathlib.Path(folder).rglob("*.pdf")):
        theirs, their_seconds = timed(["pdftotext", "-q", str(file), "-"])
        text, faults, our_seconds = ours(program, file)
        theirs = (theirs or b"").decode("utf-8", "replace")
        n, n_pages = n + 1, n_pages + theirs.count("\f")
        seconds = [seconds[0] + our_seconds, seconds[1] + their_seconds]
        failed += not text
        mark = " ".join(faults)
        a, b = tokens(text), tokens(theirs)
        if len(theirs.strip()) > 200:
            token.append(f1(a, b))
            gram.append(f1(grams(a), grams(b)))
            if len(text) * 10 < len(theirs) and not faults:
                quiet, mark = quiet + 1, "QUIET LOSS"
        print(f"{f1(a, b):.3f} {f1(grams(a), grams(b)):.3f} {len(a):7} {len(b):7}  {file.name}  {mark}")
    mean = lambda values: sum(values) / max(1, len(values))
    print(
        f"{folder}: {n} files, {len(token)} with text; token F1 {mean(token):.3f}, 3-gram F1 {mean(gram):.3f}; "
        f"pages/s {n_pages / max(seconds[0], 1e-9):.0f}, pdftotext {n_pages / max(seconds[1], 1e-9):.0f}; "
        f"no text from {failed}; quiet loss {quiet}"
    )


def main():
    parser = argparse.ArgumentParser(description="measures the text of PDFs against poppler's pdftotext")
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--program", default="target/release/throughline")
    arguments = parser.parse_args()
    for folder in arguments.folders:
        measure(arguments.program, folder)


main()
