// The panel: the sentences behind a figure. An address opens it: #find?t=1&s=barrier, #cell-0-1-2, #source-4, #outcome-2-1,
// #name-0-3, #proposed-1.
// What a list leaves out where the page does not hold all, and the table that has it.
const short = (shown, n, table) => n > shown ? " The first " + shown + " of " + counted(n, "sentence") + "; all are in tables/" + table + ".csv." : "";
const panel = byId("panel"), panelTitle = byId("panel-title"), panelBody = byId("panel-body");
let cameFrom = null;
function openPanel(heading, note, places, strongestFirst) {
  // Where a figure is of documents alone, they are what there is to open.
  if (places.every((place) => place.length === 1)) return showPanel(heading, note, places, ([at]) => make("p", { class: "quote" },
    make("a", { href: "#document-" + at }, titleOf(documents[at])), yearOf(documents[at]) + (documents[at].authors ? ", " + documents[at].authors : "")));
  const held = places.map(([at, n]) => [at, passagesOf(at).find((passage) => passage.n === n)]).filter((pair) => pair[1]);
  if (strongestFirst) held.sort((a, b) => strongestFirst(b[1]) - strongestFirst(a[1]));
  showPanel(heading, note, held, quoted);
}
function showPanel(heading, note, items, drawItem) {
  panelTitle.textContent = heading;
  panelBody.replaceChildren(make("p", { class: "muted" }, note), ...paged(items, 20, drawItem));
  if (items.length === 0) panelBody.append(make("p", { class: "muted" }, "No sentence is held for this figure; the tables have them all."));
  if (!panel.open) { cameFrom = document.activeElement; panel.showModal(); }
  panelBody.scrollTop = 0;
  panelTitle.focus({ preventScroll: true });
}
function closePanel() { if (panel.open) panel.close(); }
panel.addEventListener("close", () => {
  if (isOfPanel(location.hash)) history.replaceState(null, "", "#" + current);
  if (cameFrom && cameFrom.isConnected) cameFrom.focus({ preventScroll: true });
  cameFrom = null;
});
byId("panel-close").addEventListener("click", closePanel);
panel.addEventListener("click", (event) => { if (event.target === panel) closePanel(); });

const isOfPanel = (address) => /^#(find\?|(cell|source|outcome|name|proposed)-\d)/.test(address);
// Whether a document as a whole is of this name on a side of a map.
function isOn(side, name, known) {
  if (side === "kind") return known.kind === name;
  const [first, last] = name.split("–").map(Number);
  return known.year !== null && known.year >= first && known.year <= (last === undefined ? first : last);
}
const lists = {
  cell([map, row, column]) {
    const drawn = data.maps[map];
    const cell = drawn && drawn.cells.find((cell) => cell[0] === row && cell[1] === column);
    if (!cell) return null;
    const both = counted(cell[2], "document has both.", "documents have both.");
    const ofDocuments = cell[4].length ? cell[4] : documents.map((known, at) => [at]).filter(([at]) => !documents[at].excluded
      && isOn(drawn.sides[0], drawn.rows[row], documents[at]) && isOn(drawn.sides[1], drawn.columns[column], documents[at]));
    return [drawn.rows[row] + " × " + drawn.columns[column], both + (cell[4].length ? " Sentences that have both come first." + short(cell[4].length, cell[5], "passage_scores") : ""), ofDocuments];
  },
  source([at, theme]) {
    const source = data.sources[at];
    if (!source) return null;
    const all = short(source[1].length, source[2], "citations");
    if (theme === undefined) return [source[0], "Passages that cite it." + all, source[1]];
    const has = ([at, n]) => passagesOf(at).some((passage) => passage.n === n && passage.themes.some((found) => found[0] === theme && found[2]));
    return [source[0] + " × " + data.themes[theme].label, "Passages that cite it and have the theme." + all, source[1].filter(has)];
  },
  outcome([at, status]) {
    const outcome = data.outcomes[at];
    if (!outcome) return null;
    const said = new Map();
    for (const [at, , status] of outcome.passages) said.set(at, (said.get(at) || new Set()).add(status));
    // The strongest thing that a document says: found (mixed where it finds both), before lacking, before anticipated.
    const strongest = (found) => found.has(0) && found.has(2) ? 1 : [0, 2, 3, 4, 5].find((status) => found.has(status));
    const speaks = { 1: [0, 2] }[status] || [status];
    const asked = outcome.passages.filter(([at, , own]) => status === undefined || (strongest(said.get(at)) === status && speaks.includes(own)));
    return [outcome.label, status === undefined ? "Sentences that speak of it." : "Documents that say: " + STATUSES[status][1]
      + ". A document counts once, with the strongest thing that it says.", asked];
  },
  name([concept, variant]) {
    const name = data.names[concept] && data.names[concept].variants[variant];
    return name && [name.name, counted(name.n, "document uses it, ", "documents use it, ") + counted(name.n_hits, "time.", "times in all.")
      + (name.cut ? " The first " + name.passages.length + " sentences, one of each document before any has a second." : ""), name.passages];
  },
  proposed([at]) {
    const candidate = data.candidates[at];
    return candidate && [candidate.label, "Passages that speak for this candidate, the surest of each document."
      + (candidate.n > candidate.passages.length ? " The first " + candidate.passages.length + " of " + candidate.n + "; all are in tables/candidates.csv." : ""), candidate.passages];
  },
};

// Documents by theme, second theme, stance, group and pattern, and the sentences that made them so.
function find(asked) {
  const number = (key) => asked.has(key) ? Number(asked.get(key)) : null;
  const theme = number("t"), second = number("u"), pattern = number("p"), stance = asked.get("s");
  const [column, group] = (asked.get("g") || "").split(".").map(Number);
  const inGroup = asked.has("g");
  const has = (known, theme) => known.scores[theme] && known.scores[theme][1];
  const fits = (known) => !known.excluded && (theme === null || has(known, theme)) && (second === null || has(known, second))
    && (!stance || (theme !== null && known.scores[theme][1] === stance)) && (!inGroup || known.groups[column] === group);
  const of = (passage, theme) => theme !== null && passage.themes.find((found) => found[0] === theme && found[2]);
  const speaks = (passage) => pattern === null ? of(passage, theme) || of(passage, second)
    : passage.themes.some((found) => found[4].includes(pattern));
  const places = [];
  let n = 0;
  documents.forEach((known, at) => {
    if (!fits(known)) return;
    const found = passagesOf(at).filter(speaks);
    if (pattern === null || found.length) n += 1;
    for (const passage of found) places.push([at, passage.n]);
  });
  const names = [theme, second].filter((at) => at !== null && data.themes[at]).map((at) => data.themes[at].label);
  const heading = pattern === null ? names.join(" × ") : data.patterns[pattern] ? "By the pattern " + clipped(data.patterns[pattern][0]) : "";
  const about = [stance, inGroup && data.columns[column] ? data.columns[column].groups[group].value : null].filter(Boolean).join(", ");
  const weight = (passage) => {
    const [a, b] = [of(passage, theme), of(passage, second)];
    return (a && b ? 4 : 0) + (a && stance && a[3] === stance ? 2 : 0) + (a ? a[1] : b ? b[1] : 0);
  };
  return [heading + (about ? ": " + about : ""), counted(n, "document") + ", " + counted(places.length, "sentence") + " held in this page.", places, weight];
}
function routePanel(address) {
  const list = /^#(cell|source|outcome|name|proposed)-(\d+)(?:-(\d+))?(?:-(\d+))?$/.exec(address);
  const shown = list ? lists[list[1]](list.slice(2).filter((part) => part !== undefined).map(Number))
    : find(new URLSearchParams(address.slice("#find?".length)));
  if (shown) openPanel(...shown); else closePanel();
}
