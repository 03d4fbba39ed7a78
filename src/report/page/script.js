"use strict";
// Shows what the page holds as JSON: documents page by page, a document's passages, the sentences behind a figure.
// Every text from a document is set as text, never as markup.
(() => {
  const N_ROWS = 25, N_PASSAGES = 20;
  const SIGNS = { barrier: "▼", facilitator: "▲", both: "◆", mention: "●" };
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("data").textContent);
  document.documentElement.classList.add("script");

  // An element with attributes and children; a child that is text stays text.
  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value);
    }
    element.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return element;
  }
  const score = (number) => number.toFixed(2);
  const titleOf = (known) => known.title || known.id;
  const parsed = new Map();
  function passagesOf(document) {
    if (!parsed.has(document)) {
      const held = byId("passages-" + document);
      parsed.set(document, held ? JSON.parse(held.textContent) : []);
    }
    return parsed.get(document);
  }

  // The map of documents.
  const rows = byId("document-rows");
  const find = byId("document-search"), withTheme = byId("document-theme");
  const ofKind = byId("document-kind"), order = byId("document-order");
  let page = 0;
  const kinds = [...new Set(data.documents.map((known) => known.kind).filter(Boolean))].sort();
  for (const kind of kinds) ofKind.append(make("option", { value: kind }, kind));
  const words = data.documents.map((known) =>
    [known.id, known.title, known.authors, known.year, known.kind].join(" ").toLowerCase());
  const nThemes = (known) => known.scores.filter((found) => found[1]).length;
  const orders = {
    id: (a, b) => a - b,
    year: (a, b) => (data.documents[b].year || -1e9) - (data.documents[a].year || -1e9) || a - b,
    themes: (a, b) => nThemes(data.documents[b]) - nThemes(data.documents[a]) || a - b,
    hit: (a, b) => data.documents[b].hit - data.documents[a].hit || a - b,
  };
  function chosen() {
    const asked = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const theme = withTheme.value;
    return data.documents.map((_, at) => at).filter((at) => {
      const known = data.documents[at];
      return asked.every((word) => words[at].includes(word)) && (!ofKind.value || known.kind === ofKind.value)
        && (theme === "" || known.scores[theme][1]);
    }).sort(orders[order.value] || orders.id);
  }
  function heatCell(at, found, theme) {
    const [hundredths, stance] = found;
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
    const known = data.documents[at];
    return make("tr", {},
      make("th", { scope: "row" }, make("a", { href: "#document-" + at }, titleOf(known)),
        make("span", { class: "sub" }, known.id + (known.excluded ? " · not included" : ""))),
      make("td", { class: "n" }, known.year === null ? "" : String(known.year)),
      known.scores.map((found, theme) => heatCell(at, found, theme)));
  }
  function showDocuments() {
    const found = chosen();
    const nPages = Math.max(1, Math.ceil(found.length / N_ROWS));
    page = Math.min(Math.max(page, 0), nPages - 1);
    rows.replaceChildren(...found.slice(page * N_ROWS, (page + 1) * N_ROWS).map(heatRow));
    byId("page-state").textContent = found.length + " of " + data.documents.length + " documents, page " + (page + 1) + " of " + nPages;
    byId("previous-page").disabled = page === 0;
    byId("next-page").disabled = page === nPages - 1;
  }
  for (const control of [find, withTheme, ofKind, order]) {
    control.addEventListener("input", () => { page = 0; showDocuments(); });
  }
  byId("document-controls").addEventListener("submit", (event) => event.preventDefault());
  byId("previous-page").addEventListener("click", () => { page -= 1; showDocuments(); });
  byId("next-page").addEventListener("click", () => { page += 1; showDocuments(); });
  showDocuments();

  // One passage: its words with the hits marked, its themes, and each score opened down to its patterns.
  function badge(stance) {
    return make("span", { class: "badge " + stance }, make("span", { "aria-hidden": "true" }, SIGNS[stance] + " "), stance);
  }
  function themeLine([theme, value, hasTheme, stance, patterns]) {
    const sum = patterns.map((at) => "(1 − " + data.patterns[at][1] + ")").join(" × ");
    return make("div", { class: hasTheme ? "line" : "line muted" },
      make("a", { href: "#" + themeIds[theme], class: "to-theme" }, data.themes[theme]), " ", badge(stance),
      make("details", { class: "sum" }, make("summary", {}, "score " + score(value) + (hasTheme ? "" : ", below the threshold")),
        make("p", { class: "formula" }, patterns.length ? "1 − " + sum + " = " + value.toFixed(3) : "Every hit is denied: nothing counts."),
        make("ul", {}, patterns.map((at) => make("li", {}, make("code", {}, data.patterns[at][0]), " believed " + data.patterns[at][1])))));
  }
  const themeIds = [...document.querySelectorAll("section.theme")].map((section) => section.id);
  function passageFigure(at, passage, withDocument) {
    const known = data.documents[at];
    const words = passage.text.map((text, turn) => {
      if (turn % 2 === 0) return text;
      const [theme, pattern, , negated] = passage.hits[(turn - 1) / 2];
      const label = data.themes[theme] + ": " + data.patterns[pattern][0] + (negated ? ", denied: not counted" : "");
      return make("mark", { title: label, class: negated ? "denied" : null }, text);
    });
    const place = [withDocument ? null : "passage " + passage.n, passage.page ? "page " + passage.page : null,
      passage.section ? "under “" + passage.section + "”" : null].filter(Boolean).join(", ");
    return make("figure", { class: "quote", id: "passage-" + at + "-" + passage.n },
      make("blockquote", {}, make("p", {}, words)),
      make("figcaption", {},
        make("span", { class: "source" },
          withDocument ? make("a", { href: "#document-" + at + "-p" + passage.n }, make("cite", {}, titleOf(known)),
            (known.year === null ? "" : " (" + known.year + ")") + ", passage " + passage.n) : null,
          withDocument && place ? ", " : null, place),
        passage.themes.map(themeLine)));
  }

  // The reader, a dialog that an address opens: #document-3, #document-3-t1, #document-3-p12, #cell-0-1-2, #source-4.
  const reader = byId("reader"), title = byId("reader-title"), body = byId("reader-body");
  let cameFrom = null;
  function open(heading, ...children) {
    title.textContent = heading;
    body.replaceChildren(...children.flat().filter(Boolean));
    if (!reader.open) { cameFrom = document.activeElement; reader.showModal(); }
    body.scrollTop = 0;
    title.focus({ preventScroll: true });
  }
  function paged(items, draw) {
    const list = make("div", {});
    const more = make("button", { type: "button", class: "more" });
    let shown = 0;
    const grow = () => {
      list.append(...items.slice(shown, shown + N_PASSAGES).map(draw));
      shown = Math.min(items.length, shown + N_PASSAGES);
      more.hidden = shown === items.length;
      more.textContent = "Show " + Math.min(N_PASSAGES, items.length - shown) + " more of " + (items.length - shown);
    };
    more.addEventListener("click", grow);
    grow();
    return [list, more];
  }
  function link(address) {
    // Only addresses of the web become links.
    return /^https?:\/\//i.test(address) ? make("a", { href: address, rel: "noreferrer noopener" }, address) : address;
  }
  function about(known) {
    const facts = [known.authors, known.year, known.publication, known.kind].filter(Boolean).join(" · ");
    const address = known.doi ? link("https://doi.org/" + known.doi) : known.url ? link(known.url) : null;
    return make("div", { class: "about" }, make("p", {}, facts), make("p", { class: "path" }, address, address ? make("br") : null, known.source),
      known.excluded ? make("p", { class: "notice" }, "Not included: " + known.excluded) : null);
  }
  function showDocument(at, theme, passage) {
    const known = data.documents[at];
    if (!known) return close();
    const held = passagesOf(at);
    const choice = make("select", {}, make("option", { value: "" }, "all themes"),
      data.themes.map((label, of) => make("option", { value: of }, label)));
    choice.value = theme === undefined ? "" : theme;
    const place = make("div", {});
    const draw = () => {
      const asked = choice.value === "" ? null : Number(choice.value);
      const items = held.filter((held) => asked === null || held.themes.some((found) => found[0] === asked));
      const [list, more] = paged(items, (item) => passageFigure(at, item, false));
      place.replaceChildren(list, more);
      if (items.length === 0) place.append(make("p", { class: "muted" }, "No passage has a hit here."));
    };
    choice.addEventListener("input", draw);
    draw();
    const short = held.length < known.hit ? " The strongest are held in this page; all are in tables/hits.csv." : "";
    open(titleOf(known), about(known),
      make("p", { class: "muted" }, known.hit + " of " + known.passages + " passages have a hit." + short),
      make("label", { class: "controls" }, "Show ", choice), place);
    if (passage !== undefined) showPassage(at, passage, place);
  }
  function showPassage(at, passage, place) {
    const more = place.querySelector("button.more");
    let wanted = byId("passage-" + at + "-" + passage);
    while (!wanted && more && !more.hidden) { more.click(); wanted = byId("passage-" + at + "-" + passage); }
    if (wanted) { wanted.classList.add("wanted"); wanted.scrollIntoView({ block: "center" }); }
  }
  function showPassages(heading, note, places) {
    const found = places.map(([at, n]) => [at, passagesOf(at).find((held) => held.n === n)]).filter((pair) => pair[1]);
    open(heading, make("p", { class: "muted" }, note), paged(found, ([at, passage]) => passageFigure(at, passage, true)));
  }
  function showCell(map, row, column) {
    const drawn = data.maps[map];
    const cell = drawn && drawn.cells.find((cell) => cell[0] === row && cell[1] === column);
    if (!cell) return close();
    showPassages(drawn.rows[row] + " × " + drawn.columns[column], cell[2] + (cell[2] === 1 ? " document" : " documents") + " have both. Sentences that have both come first.", cell[3]);
  }
  function showSource(at) {
    const source = data.sources[at];
    if (!source) return close();
    showPassages(source[0], "Passages that cite it.", source[1]);
  }
  function close() { if (reader.open) reader.close(); }
  function route() {
    const at = /^#document-(\d+)(?:-t(\d+))?(?:-p(\d+))?$/.exec(location.hash);
    const cell = /^#cell-(\d+)-(\d+)-(\d+)$/.exec(location.hash);
    const source = /^#source-(\d+)$/.exec(location.hash);
    const number = (text) => text === undefined ? undefined : Number(text);
    if (at) showDocument(Number(at[1]), number(at[2]), number(at[3]));
    else if (cell) showCell(Number(cell[1]), Number(cell[2]), Number(cell[3]));
    else if (source) showSource(Number(source[1]));
    else close();
  }
  reader.addEventListener("close", () => {
    if (/^#(document|cell|source)-\d/.test(location.hash)) history.replaceState(null, "", location.pathname + location.search);
    if (cameFrom && cameFrom.isConnected) cameFrom.focus({ preventScroll: true });
    cameFrom = null;
  });
  byId("reader-close").addEventListener("click", close);
  reader.addEventListener("click", (event) => { if (event.target === reader) close(); });
  window.addEventListener("hashchange", route);
  route();

  // A figure as a file of its own: styles that the page gives are written into it.
  const STYLES = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "font-family", "font-size", "font-weight", "text-anchor"];
  function save(figure) {
    const drawn = figure.querySelector("svg");
    const copy = drawn.cloneNode(true);
    const from = [drawn, ...drawn.querySelectorAll("*")], to = [copy, ...copy.querySelectorAll("*")];
    from.forEach((element, at) => {
      const style = getComputedStyle(element);
      for (const name of STYLES) to[at].setAttribute(name, style.getPropertyValue(name));
    });
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    const file = new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
    const address = URL.createObjectURL(file);
    make("a", { href: address, download: figure.dataset.name + ".svg" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }
  for (const figure of document.querySelectorAll("figure.chart")) {
    const button = make("button", { type: "button" }, "Save as SVG");
    button.addEventListener("click", () => save(figure));
    figure.querySelector("figcaption").append(" ", button);
  }
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.addEventListener("click", () => {
      const range = document.createRange();
      range.selectNodeContents(byId(button.dataset.copy));
      const selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      // From a file the clipboard may be closed to us; the text is selected all the same.
      if (navigator.clipboard) navigator.clipboard.writeText(selection.toString()).then(() => { button.textContent = "Copied"; }, () => {});
    });
  }

  // Folded parts are opened for print, and folded again.
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("main details:not([open])")].filter((part) => !part.classList.contains("sum"));
    folded.forEach((part) => { part.open = true; });
  });
  window.addEventListener("afterprint", () => { folded.forEach((part) => { part.open = false; }); });

  // The section being read is marked in the navigation.
  const links = new Map([...document.querySelectorAll("nav a")].map((a) => [a.getAttribute("href").slice(1), a]));
  const watcher = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) {
      if (!isIntersecting) continue;
      for (const a of links.values()) a.removeAttribute("aria-current");
      const current = links.get(target.id);
      if (current) current.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-10% 0px -80% 0px" });
  document.querySelectorAll("main > section").forEach((section) => watcher.observe(section));
})();
