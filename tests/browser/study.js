// Studies to look at: the shipped one, and one whose every text would run, load or break out if it were taken for markup.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const program = process.env.THROUGHLINE || path.join(root, "target/release/throughline");
const made = fs.mkdtempSync(path.join(os.tmpdir(), "throughline-page-"));
process.on("exit", () => fs.rmSync(made, { recursive: true, force: true }));

function run(folder, study, day) {
  const env = { ...process.env, SOURCE_DATE_EPOCH: String(day * 86400) };
  execFileSync(program, ["run", "--study", study, "--quiet-skips"], { cwd: folder, stdio: ["ignore", "ignore", "pipe"], env });
  return path.join(folder, "output", study, "latest");
}

// The shipped study, run twice: the second time without two of its documents. Gives back both runs.
export function shipped() {
  const folder = path.join(made, "shipped"), study = "integrated-childrens-services";
  for (const part of ["config", "corpus"]) fs.cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
  const whole = path.join(folder, "whole");
  fs.renameSync(fs.realpathSync(run(folder, study, 1)), whole);
  fs.rmSync(path.join(folder, "output"), { recursive: true });
  run(folder, study, 1);
  const notes = path.join(folder, "corpus", study);
  for (const note of fs.readdirSync(notes).filter((name) => /^0(08|11)-/.test(name))) fs.rmSync(path.join(notes, note));
  return { report: path.join(whole, "report.html"), changes: path.join(run(folder, study, 2), "changes.html") };
}

export const PAYLOADS = [
  "<script>alert(1)</script>", "</script><script>alert(1)</script>", "<!--<script>", "</style><script>alert(1)</script>", "</title><img src=x onerror=alert(1)>",
  "<img src=x onerror=alert(1)>", "\"><img src=x onerror=alert(1)>", "'><svg onload=alert(1)>", "\" onmouseover=\"alert(1)", "<iframe srcdoc=\"<script>alert(1)</script>\">",
  "<svg><script>alert(1)</script></svg>", "</svg></text><script>alert(1)</script>", "<a href=\"javascript:alert(1)\">x</a>", "javascript:alert(1)", "<base href=\"https://evil.example/\">",
  "<meta http-equiv=refresh content=\"0;url=https://evil.example\">", "<details open ontoggle=alert(1)>", "<input autofocus onfocus=alert(1)>", "<template><script>alert(1)</script></template>", "{{constructor.constructor('alert(1)')()}}",
  "</textarea><script>alert(1)</script>", "<link rel=stylesheet href=https://evil.example/a.css>", "<object data=\"javascript:alert(1)\"></object>", "<math><mi xlink:href=\"javascript:alert(1)\">x</mi></math>", "&lt;script&gt;alert(1)&lt;/script&gt;",
];

// A study whose titles, authors, kinds, links, file names, passages, themes, patterns' labels, outcomes and concepts are payloads.
export function hostile() {
  const folder = path.join(made, "hostile"), word = (n) => PAYLOADS[n % PAYLOADS.length];
  const write = (name, text) => {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  };
  const quoted = (text) => JSON.stringify(text);
  const records = PAYLOADS.map((payload, n) => JSON.stringify({
    id: payload + n, title: word(n), year: 2001 + (n % 6), authors: word(n + 1), kind: word(n % 3), doi: word(n + 2), url: word(n + 3), publication: word(n + 4),
    text: "Funding was short (Smith 2001). " + word(n + 5) + " stood in the way of leadership. Leadership " + word(n + 6) + " helped attainment. Nothing else.",
  }));
  write("corpus/hostile/records.jsonl", records.join("\n"));
  PAYLOADS.forEach((payload, n) => write("corpus/hostile/" + n + " " + payload.replaceAll("/", "∕") + ".txt", "Funding, and " + payload + " too."));
  write("config/themes/hostile/a.toml", "id = " + quoted("funding") + "\nlabel = " + quoted(word(0)) + "\ndefinition = " + quoted(word(1)) + "\npatterns = [\"funding\"]\n");
  write("config/themes/hostile/b.toml", "id = " + quoted("leadership") + "\nlabel = " + quoted(word(7)) + "\ndefinition = " + quoted(word(10)) + "\npatterns = [\"leadership\"]\n");
  write("config/hostile.toml", "title = " + quoted(word(4)) + "\nquestion = " + quoted(word(5)) + "\n[corpus]\npaths = [\"corpus/hostile\"]\n[lexicon]\nthemes = [\"config/themes/hostile\"]\n"
    + "[[synthesis.outcomes]]\nid = \"attainment\"\nlabel = " + quoted(word(11)) + "\npatterns = [\"attainment\"]\n[[synthesis.concepts]]\nid = \"names\"\nlabel = " + quoted(word(9)) + "\n[synthesis.concepts.variants]\n" + quoted(word(2)) + " = [\"funding\"]\n" + quoted(word(12)) + " = [\"leadership\"]\n");
  return path.join(run(folder, "hostile", 1), "report.html");
}
