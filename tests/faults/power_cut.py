"""Plays the calls of a run on a model of a disk and says what a power cut after call N would leave of `output/`.

The model is as unkind as the rules allow: of a file only the bytes that were synced are left, of a folder only the names
that it had when the folder itself was synced.

    power_cut.py LOG PLACE SAVED count            how many calls change anything
    power_cut.py LOG PLACE SAVED N TARGET         writes what is left after N of them to TARGET
"""

import os
import re
import sys

log, place, saved, wanted = sys.argv[1:5]
calls = re.compile(r"^(\d+)\s+(\w+)\((.*)\)\s+= (-?\d+)(?:<(.*)>)?")
unfinished = re.compile(r"^(\d+)\s+(\w+)\((.*) <unfinished \.\.\.>")
resumed = re.compile(r"^(\d+)\s+<\.\.\. (\w+) resumed>(.*)\)\s+= (-?\d+)(?:<(.*)>)?")
quoted = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
number = re.compile(r"(\d+)<((?:\\x[0-9a-f]{2})*|[^>]*)>")


def plain(text):
    return bytes.fromhex(text.replace("\\x", "")) if text.startswith("\\x") else text.encode()


def path_of(text):
    return plain(text).decode()


class File:
    def __init__(self, data=b"", synced=b""):
        self.data, self.synced = bytearray(data), bytes(synced)


class Link:
    def __init__(self, to):
        self.to = to


class Folder:
    def __init__(self):
        self.names, self.synced = {}, {}


def load(path):
    if os.path.islink(path):
        return Link(os.readlink(path))
    if os.path.isfile(path):
        data = open(path, "rb").read()
        return File(data, data)
    folder = Folder()
    folder.names = {name: load(os.path.join(path, name)) for name in os.listdir(path)}
    folder.synced = dict(folder.names)
    return folder


root = load(saved)
top = os.path.join(place, "output")


def below(path):
    path = os.path.normpath(os.path.join(place, path))
    if path == top:
        return []
    return path[len(top) + 1 :].split("/") if path.startswith(top + "/") else None


def find(parts):
    at = root
    for place, part in enumerate(parts):
        if part not in getattr(at, "names", {}):
            return None
        at = at.names[part]
        if isinstance(at, Link) and place + 1 < len(parts):
            at = find(parts[:place] + at.to.split("/"))
    return at


def parent(path):
    parts = below(path)
    if not parts:
        return None, None
    folder = find(parts[:-1])
    if isinstance(folder, Link):
        folder = find(parts[:-2] + folder.to.split("/"))
    return folder, parts[-1]


handles = {}
n_done = 0


def play(name, args, result, shown):
    """Does one call to the model; whether it changed anything."""
    if name == "openat":
        text = quoted.search(args)
        folder, last = parent(path_of(text[1]))
        if folder is None:
            return False
        fresh = "O_CREAT" in args and last not in folder.names
        if fresh:
            folder.names[last] = File()
        one = folder.names.get(last)
        if isinstance(one, File):
            handles[result] = [one, 0]
            if "O_TRUNC" in args:
                del one.data[:]
            return fresh or "O_TRUNC" in args
        handles.pop(result, None)
        return False
    if name == "close":
        handles.pop(int(re.match(r"\d+", args)[0]), None)
        return False
    if name in ("rename", "renameat", "renameat2"):
        old, new = [path_of(text) for text in quoted.findall(args)][:2]
        (a, a_name), (b, b_name) = parent(old), parent(new)
        if a is None or b is None:
            return False
        b.names[b_name] = a.names.pop(a_name)
        return True
    if name in ("unlink", "unlinkat", "rmdir", "mkdir", "mkdirat", "symlink", "symlinkat"):
        texts = [path_of(text) for text in quoted.findall(args)]
        base = number.search(args) if name == "unlinkat" else None
        path = texts[-1]
        if base and not path.startswith("/"):
            path = os.path.join(path_of(base[2]), path)
        folder, last = parent(path)
        if folder is None:
            return False
        if name.startswith("mkdir"):
            folder.names[last] = Folder()
        elif name.startswith("symlink"):
            folder.names[last] = Link(texts[0])
        else:
            folder.names.pop(last, None)
        return True
    descriptors = [int(found[1]) for found in number.finditer(args)]
    if name in ("copy_file_range", "sendfile"):
        out, source = (descriptors[1], descriptors[0]) if name == "copy_file_range" else descriptors[:2]
        from_path = path_of([found for found in number.finditer(args) if int(found[1]) == source][0][2])
        if out in handles and result > 0:
            one, at = handles[out]
            one.data[at : at + result] = open(from_path, "rb").read()[at : at + result]
            handles[out][1] += result
            return True
        return False
    if not descriptors:
        return False
    if name in ("fsync", "fdatasync"):
        parts = below(path_of(number.search(args)[2]))
        one = find(parts) if parts is not None else None
        if isinstance(one, File):
            one.synced = bytes(one.data)
        elif isinstance(one, Folder):
            one.synced = dict(one.names)
        return one is not None
    if descriptors[0] not in handles:
        return False
    handle = handles[descriptors[0]]
    one = handle[0]
    if name == "lseek":
        handle[1] = result
        return False
    if name == "ftruncate":
        size = int(args.rsplit(",", 1)[1])
        del one.data[size:]
        one.data.extend(b"\0" * (size - len(one.data)))
        return True
    data = plain(quoted.search(args)[1])[:result]
    at = int(args.rsplit(",", 1)[1]) if name == "pwrite64" else handle[1]
    one.data[at : at + len(data)] = data
    if name == "write":
        handle[1] += len(data)
    return True


def left(one, target):
    if isinstance(one, Link):
        os.symlink(one.to, target)
    elif isinstance(one, File):
        open(target, "wb").write(one.synced)
    else:
        os.mkdir(target)
        for name, inner in one.synced.items():
            left(inner, os.path.join(target, name))


pending = {}
for line in open(log, errors="replace"):
    if m := unfinished.match(line):
        pending[m[1]] = m[3]
        continue
    if m := resumed.match(line):
        call = (m[2], pending.pop(m[1], "") + m[3], int(m[4]), m[5])
    elif m := calls.match(line):
        call = (m[2], m[3], int(m[4]), m[5])
    else:
        continue
    if call[2] < 0:
        continue
    n_done += play(*call)
    if wanted != "count" and n_done >= int(wanted):
        break
if wanted == "count":
    print(n_done)
else:
    left(root, sys.argv[5])
