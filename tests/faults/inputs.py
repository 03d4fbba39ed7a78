"""Writes the bad inputs of tests/faults/inputs.sh into a folder: one folder a case, each with a good file beside.

    python3 tests/faults/inputs.py FOLDER [CASE...]
"""

import gzip
import io
import json
import os
import struct
import sys
import zipfile
import zlib

GOOD = "Money was short, and partners said that trust takes years.\n"
WORDS = "joined services for children need money and trust "
MB = 1_000_000


def big(n_bytes, unit=WORDS):
    return (unit * (n_bytes // len(unit) + 1))[:n_bytes]


def zipped(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def docx(body):
    types = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    head = b'<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    return zipped([("[Content_Types].xml", types), ("word/document.xml", head + body + b"</w:body></w:document>")])


def overlapping():
    """One deflated kernel that a thousand names point at (after D. Fifield, 2019, without the quoting)."""
    kernel = zlib.compress(b" " * 50 * MB, 9)[2:-4]
    crc = zlib.crc32(b" " * 50 * MB)
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0, crc, len(kernel), 50 * MB, 1, 0) + b"a" + kernel
    central = b"".join(
        struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 0, crc, len(kernel), 50 * MB, 8, 0, 0, 0, 0, 0, 0)
        + b"%04d.txt" % n
        for n in range(1000)
    )
    return local + central + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1000, 1000, len(central), len(local), 0)


def false_sizes():
    whole = bytearray(zipped([("a.txt", b"word " * 10 * MB)]))
    at = whole.rindex(b"PK\x01\x02")
    whole[at + 24 : at + 28] = struct.pack("<I", 10)
    whole[22:26] = struct.pack("<I", 10)
    return bytes(whole)


def encrypted():
    whole = bytearray(zipped([("a.txt", GOOD)], zipfile.ZIP_STORED))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = whole.index(mark)
        whole[at + offset] |= 1
    return bytes(whole)


def nested(depth):
    data = zipped([("a.txt", GOOD)])
    for _ in range(depth):
        data = zipped([("inner.zip", data)])
    return data


JATS = b"<article><front><article-meta><title-group><article-title>%s</article-title></title-group></article-meta></front><body><p>%s</p></body></article>"


def jats(prolog, text=b"Words."):
    return b'<?xml version="1.0"?>' + prolog + JATS % (b"T", text)


def laughs():
    lines = [b'<!ENTITY a0 "ha ha ha ha ">'] + [b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)]
    return jats(b"<!DOCTYPE article [" + b"".join(lines) + b"]>", b"&a9;")


CASES = {
    "T24 one line of text": lambda: {"a.txt": big(100 * MB)},
    "T24 one field of CSV": lambda: {"a.csv": 'id,text\nx,"' + big(100 * MB) + '"\n'},
    "T24 one line of JSONL": lambda: {"a.jsonl": json.dumps({"id": "x", "text": big(100 * MB)}) + "\n"},
    "T24 one text of XML": lambda: {"a.xml": jats(b"", big(100 * MB).encode())},
    "T24 one line of HTML": lambda: {"a.html": "<html><body><p>" + big(100 * MB) + "</p></body></html>"},
    "T24 one word": lambda: {"a.txt": "x" * 100 * MB},
    "T25 nothing, a byte, a mark": lambda: {"a.txt": b"", "b.txt": b"x", "c.txt": b"\xef\xbb\xbf", "d.pdf": GOOD, "e.docx": GOOD},
    "T26 flat bomb in docx": lambda: {"a.docx": docx(b"<w:p><w:r><w:t>" + b" " * 900 * MB + b"</w:t></w:r></w:p>")},
    "T26 flat bomb in zip": lambda: {"a.zip": zipped([("a.txt", b" " * 900 * MB)])},
    "T26 flat bomb in gzip": lambda: {"a.txt.gz": gzip.compress(b" " * 900 * MB)},
    "T26 nested six deep": lambda: {"a.zip": nested(6)},
    "T26 overlapping entries": lambda: {"a.zip": overlapping()},
    "T26 false sizes": lambda: {"a.zip": false_sizes()},
    "T26 65,536 entries": lambda: {"a.zip": zipped([(f"{n}.txt", "x") for n in range(65_536)], zipfile.ZIP_STORED)},
    "T26 the same name twice": lambda: {"a.zip": zipped([("a.txt", GOOD), ("a.txt", "Another text.")])},
    "T26 encrypted": lambda: {"a.zip": encrypted()},
    "T27 names that lead out": lambda: {
        "a.zip": zipped(
            [("../../escaped.txt", GOOD), ("/tmp/escaped.txt", GOOD), ("C:\\escaped.txt", GOOD), ("a\0b.txt", GOOD)]
        )
    },
    "T28 billion laughs": lambda: {"a.xml": laughs()},
    "T28 quadratic growth": lambda: {
        "a.xml": jats(b'<!DOCTYPE article [<!ENTITY a "' + b"x" * MB + b'">]>', b"&a;" * 10_000)
    },
    "T28 external file": lambda: {
        "a.xml": jats(b'<!DOCTYPE article [<!ENTITY e SYSTEM "file:///etc/hostname"><!ENTITY h SYSTEM "http://127.0.0.1:9/x">]>', b"&e;&h;")
    },
    "T28 parameter entity": lambda: {
        "a.xml": jats(b'<!DOCTYPE article [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]>')
    },
    "T28 a real DOCTYPE": lambda: {
        "a.xml": jats(
            b'<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.2 20190208//EN" "JATS-journalpublishing1.dtd">'
        )
    },
    "T30 800,000 attributes": lambda: {
        "a.xml": b"<article " + b" ".join(b'a%d="1"' % n for n in range(800_000)) + b"><body><p>Words.</p></body></article>"
    },
    "T30 100,000 namespaces": lambda: {
        "a.xml": b"<article " + b" ".join(b'xmlns:n%d="u"' % n for n in range(100_000)) + b"><body><p>Words.</p></body></article>"
    },
    "T30 XML a million deep": lambda: {"a.xml": b"<article>" + b"<sec>" * MB},
    "T31 HTML 100,000 deep": lambda: {"a.html": "<html><body>" + "<div>" * 100_000 + "Words."},
    "T31 10 MB of open tags": lambda: {"a.html": "<html><body>" + "<b>" * (10 * MB // 3) + "Words."},
    "T36 ragged rows": lambda: {"a.csv": "id,text\n" + "x,one\ny\n" * 10_000},
    "T37 100,000 brackets": lambda: {"a.jsonl": '{"text":"t","x":' + "[" * 100_000 + "\n" + '{"text":"good"}\n', "b.json": "[" * 100_000},
}


def main(folder, wanted):
    for name, make in CASES.items():
        if wanted and not any(name.startswith(prefix) for prefix in wanted):
            continue
        place = os.path.join(folder, name)
        os.makedirs(place, exist_ok=True)
        for file, data in make().items() | {"good.txt": GOOD}.items():
            with open(os.path.join(place, file), "wb") as out:
                out.write(data.encode() if isinstance(data, str) else data)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
