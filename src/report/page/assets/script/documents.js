// Documents: the map of documents and themes, page by page, and the page of one document.
const N_ROWS = 25;
const rows = byId("document-rows");
const asked = byId("document-search"), withTheme = byId("document-theme"), ofKind = byId("document-kind"), order = byId("document-order");
let page = 0;
const kinds = [...new Set(documents.map((known) => known.kind).filter(Boolean))].sort();
for (const kind of kinds) ofKind.append(make("option", { value: kind }, kind));
const words = documents.map((known) => [known.id, known.title, known.authors, known.year, known.kind].join(" ").toLowerCase());
const nThemes = (known) => known.scores.filter((found) => found[1]).length;
const orders = {
  id: (a, b) => a - b,
  year: (a, b) => (documents[b].year || -1e9) - (documents[a].year || -1e9) || a - b,
  themes: (a, b) => nThemes(documents[b]) - nThemes(documents[a]) || a - b,
  hit: (a, b) => documents[b].hit - documents[a].hit || a - b,
};
function chosen() {
  const terms = asked.value.toLowerCase().split(/\s+/).filter(Boolean);
  const theme = withTheme.value;
  return documents.map((_, at) => at).filter((at) => {
    const known = documents[at];
    return terms.every((word) => words[at].includes(word)) && (!ofKind.value || known.kind === ofKind.value)
      && (theme === "" || known.scores[theme][1]);
  }).sort(orders[order.value] || orders.id);
}
function heatCell(at, [hundredths, stance], theme) {
  const level = stance ? Math.min(5, Math.max(1, Math.floor(hundredths / 10) - 4)) : 0;
  const cell = make("td", { class: "n heat-" + level });
  if (hundredths === 0) cell.append(make("span", { class: "muted" }, "·"));
  else {
    const figure = score(hundredths / 100);
    cell.append(make("a", { href: "#document-" + at + "-t" + theme }, stance ? make("strong", {}, figure) : figure));
  }
  return cell;
}
function heatRow(at) {
  const known = documents[at];
  return make("tr", {},
    make("th", { scope: "row" }, make("a", { href: "#document-" + at }, titleOf(known)),
      make("span", { class: "sub" }, known.id + (known.excluded ? " · not included" : ""))),
    make("td", { class: "n" }, known.year === null ? "" : String(known.year)),
    known.scores.map((found, theme) => heatCell(at, found, theme)));
}
let shownDocuments = [];
function showDocuments() {
  const found = chosen();
  const nPages = Math.max(1, Math.ceil(found.length / N_ROWS));
  page = Math.min(Math.max(page, 0), nPages - 1);
  shownDocuments = found.slice(page * N_ROWS, (page + 1) * N_ROWS);
  rows.replaceChildren(...shownDocuments.map(heatRow));
  byId("page-state").textContent = counted(found.length, "document") + " of " + documents.length.toLocaleString("en") + ", page " + (page + 1) + " of " + nPages;
  byId("previous-page").disabled = page === 0;
  byId("next-page").disabled = page === nPages - 1;
  redraw(byId("documents").querySelector("figure.chart"));
}
for (const control of [asked, withTheme, ofKind, order]) {
  control.addEventListener("input", () => { page = 0; showDocuments(); });
}
byId("document-controls").addEventListener("submit", (event) => event.preventDefault());
byId("previous-page").addEventListener("click", () => { page -= 1; showDocuments(); });
byId("next-page").addEventListener("click", () => { page += 1; showDocuments(); });

// Only addresses of the web become links.
function link(address) {
  return /^https?:\/\//i.test(address) ? make("a", { href: address, rel: "noreferrer noopener" }, address) : address;
}
function facts(at) {
  const known = documents[at];
  const address = known.doi ? link("https://doi.org/" + known.doi) : known.url ? link(known.url) : null;
  const neighbour = (other, text) => documents[other] ? make("a", { href: "#document-" + other }, text) : null;
  return [
    make("p", { class: "kicker" }, "Document " + (at + 1) + " of " + documents.length),
    make("h2", { tabindex: "-1" }, titleOf(known)),
    make("div", { class: "about" },
      make("p", {}, [known.authors, known.year, known.publication, known.kind].filter(Boolean).join(" · ")),
      make("p", { class: "path" }, address, address ? make("br") : null, known.source),
      known.excluded ? make("p", { class: "notice" }, "Not included: " + known.excluded) : null,
      make("p", { class: "turn" }, neighbour(at - 1, "← previous"), make("a", { href: "#documents" }, "all documents"), neighbour(at + 1, "next →"))),
    make("ul", { class: "chips" }, known.scores.map(([hundredths, stance], theme) => [theme, hundredths, stance]).filter(([, hundredths]) => hundredths > 0)
      .map(([theme, hundredths, stance]) => make("li", { class: stance ? "has" : null },
        make("a", { href: "#document-" + at + "-t" + theme }, data.themes[theme].label + " " + score(hundredths / 100)), stance ? badge(stance) : null))),
  ];
}
function showDocument(at, theme, wanted) {
  const held = passagesOf(at), known = documents[at];
  const choice = make("select", {}, make("option", { value: "" }, "every passage"), make("option", { value: "hit" }, "passages with a hit"),
    data.themes.map((known, of) => make("option", { value: of }, known.label)));
  choice.value = theme === undefined ? "" : theme;
  const place = make("div", { class: "passages" });
  const fits = (passage) => choice.value === "" || (choice.value === "hit" ? passage.themes.length > 0
    : passage.themes.some((found) => found[0] === Number(choice.value)));
  const draw = () => {
    const items = held.filter(fits);
    place.replaceChildren(...paged(items, 100, (passage) => inPlace(at, passage)));
    if (items.length === 0) place.append(make("p", { class: "muted" }, "No passage of this document is so."));
  };
  choice.addEventListener("input", draw);
  draw();
  const short = held.length < known.passages ? " The strongest " + held.length + " are held in this page; all are in tables/passages.csv and tables/hits.csv." : "";
  byId("document").replaceChildren(...facts(at),
    make("p", { class: "muted" }, known.hit + " of " + known.passages + " passages have a hit." + short),
    make("label", { class: "controls" }, make("span", {}, "Show"), choice), place);
  return wanted === undefined ? null : toPassage(at, wanted, place);
}
function toPassage(at, wanted, place) {
  const more = place.querySelector("button.more");
  let found = byId("passage-" + at + "-" + wanted);
  while (!found && more && !more.hidden) { more.click(); found = byId("passage-" + at + "-" + wanted); }
  if (found) found.classList.add("wanted");
  return found;
}
