// Writes a study of many small documents: node large.js FOLDER [N]. Then: throughline run, in that folder, with --study large.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const [folder, asked] = process.argv.slice(2);
const n = Number(asked || 5000);
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
fs.mkdirSync(path.join(folder, "corpus/large"), { recursive: true });
fs.mkdirSync(path.join(folder, "config"), { recursive: true });
const shipped = fs.readFileSync(path.join(root, "config/integrated-childrens-services.toml"), "utf8");
const start = shipped.indexOf("[synthesis]"), end = shipped.indexOf("# The review of 2006");
fs.writeFileSync(path.join(folder, "config/large.toml"), "title = \"A large study\"\n[corpus]\npaths = [\"corpus/large\"]\n[lexicon]\nthemes = [\"config/themes/integrated-childrens-services\"]\n" + shipped.slice(start, end).replace(', "basis"', ""));
fs.cpSync(path.join(root, "config/themes"), path.join(folder, "config/themes"), { recursive: true });
// Sentences of the shipped notes, dealt out by a counter: the same study every time.
const notes = path.join(root, "corpus/integrated-childrens-services");
const sentences = fs.readdirSync(notes).filter((name) => name.endsWith(".md") && name !== "README.md").sort()
  .flatMap((name) => fs.readFileSync(path.join(notes, name), "utf8").split("---").pop().split(/(?<=[.?!])\s+/)).map((text) => text.trim()).filter((text) => text.length > 40);
let state = 12345;
const next = (below) => { state = (state * 1103515245 + 12345) % 2147483648; return Math.floor(state / 2147483648 * below); };
const kinds = ["evaluation", "review", "policy", "discussion"];
const records = Array.from({ length: n }, (_, at) => JSON.stringify({
  id: "d" + at, title: "Document " + at + " on " + sentences[next(sentences.length)].slice(0, 50), year: 1990 + next(34), kind: kinds[next(4)], authors: "Author " + next(2000),
  text: Array.from({ length: 8 }, () => sentences[next(sentences.length)]).join(" "),
}));
fs.writeFileSync(path.join(folder, "corpus/large/records.jsonl"), records.join("\n"));
