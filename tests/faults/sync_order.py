"""Reads the calls of a run and says where a name was made to count before what it names was on the disk.

Rules: a file that is renamed has been synced after its last write; so has every file of a folder that is renamed; and
before the run is published, and before the program ends, the folder of every renamed file has been synced.
"""

import re
import sys

log, out = sys.argv[1], sys.argv[2]
calls = re.compile(r"^(\d+)\s+(\w+)\((.*)\)\s+= (-?\d+)")
unfinished = re.compile(r"^(\d+)\s+(\w+)\((.*) <unfinished \.\.\.>")
resumed = re.compile(r"^(\d+)\s+<\.\.\. (\w+) resumed>(.*)\)\s+= (-?\d+)")
fd = re.compile(r"\d+<([^>]*)>")
quoted = re.compile(r'"([^"]*)"')
written, synced, owed, open_calls, broken, n_renames = {}, {}, {}, {}, [], 0


def full(path):
    return path if path.startswith("/") else out[: out.rindex("/output")] + "/" + path.removeprefix("./")


def lines():
    for line in open(log, errors="replace"):
        if m := unfinished.match(line):
            open_calls[m[1]] = (m[2], m[3])
        elif m := resumed.match(line):
            name, args = open_calls.pop(m[1], (m[2], ""))
            yield name, args + m[3], int(m[4])
        elif m := calls.match(line):
            yield m[2], m[3], int(m[4])


for at, (name, args, result) in enumerate(lines()):
    if result < 0:
        continue
    if name in ("write", "pwrite64", "ftruncate", "sendfile"):
        written[fd.search(args)[1]] = at
    elif name == "copy_file_range":
        written[fd.findall(args)[1]] = at
    elif name in ("fsync", "fdatasync"):
        path = fd.search(args)[1]
        synced[path] = at
        owed.pop(path, None)
    elif name.startswith("rename"):
        old, new = [full(path) for path in quoted.findall(args)][:2]
        if not new.startswith(out):
            continue
        n_renames += 1
        for path, when in written.items():
            if (path == old or path.startswith(old + "/")) and synced.get(path, -1) < when:
                broken.append(f"{path} is renamed and was not synced after it was written")
        if old.rsplit("/", 1)[1].startswith(".staging-") and not old.endswith(".staging-latest"):
            broken += [f"{folder} is owed a sync for {what}, and the run is published" for folder, what in owed.items()]
        for table in (written, synced):
            for path in [path for path in table if path == old or path.startswith(old + "/")]:
                table[new + path[len(old):]] = table.pop(path)
        owed[new.rsplit("/", 1)[0]] = new
broken += [f"{folder} is owed a sync for {what}, and the program has ended" for folder, what in owed.items()]
print("\n".join(broken) if broken else f"{n_renames} renames in the last run")
sys.exit(bool(broken))
