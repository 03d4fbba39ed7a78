#!/usr/bin/env bash
# Makes plot.js anew: the charting library of the page, Observable Plot with the parts of d3 that it needs, in one file.
# Wants node and npm. What it makes lies in the repository, so nobody who builds Throughline needs them.
set -euo pipefail
cd "$(dirname "$0")"
npm ci --ignore-scripts --silent
node node_modules/esbuild/install.js
node_modules/.bin/esbuild entry.js --bundle --minify --format=iife --global-name=Plot --target=es2020 --charset=ascii \
  --legal-comments=none --metafile=meta.json --outfile=plot.js
# The licences go with it, into the head of the file and so into every page: each text once, under the names of its packages.
node - <<'JS'
const fs = require("fs");
const inputs = Object.keys(JSON.parse(fs.readFileSync("meta.json", "utf8")).inputs);
const names = new Set(inputs.map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]).filter(Boolean));
const texts = new Map();
for (const name of [...names].sort()) {
  const folder = "node_modules/" + name + "/";
  const { version } = JSON.parse(fs.readFileSync(folder + "package.json", "utf8"));
  const file = fs.readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  if (!file) throw new Error(name + " has no licence file");
  const lines = fs.readFileSync(folder + file, "utf8").split("\n").map((line) => line.trim());
  const owners = lines.filter((line) => /^copyright (\(c\) )?\d/i.test(line));
  const text = lines.filter((line) => line && !owners.includes(line)).join(" ");
  if (!texts.has(text)) texts.set(text, []);
  texts.get(text).push(name + " " + version + ": " + owners.join(" "));
}
const notice = [...texts].map(([text, owners]) => owners.join("\n") + "\n" + text).join("\n\n");
if (notice.includes("*/")) throw new Error("a licence would end the comment");
fs.writeFileSync("plot.js", "/*!\nThis script holds parts of the following.\n\n" + notice + "\n*/\n" + fs.readFileSync("plot.js", "utf8"));
JS
rm meta.json
# Nothing that the page's policy would refuse, and nothing that could end the element it stands in.
if grep -nEo 'eval\(|new Function|</script|<!--' plot.js; then echo "plot.js: not fit for the page" >&2; exit 1; fi
wc -c plot.js
