// Charts: drawn by Observable Plot from the page's data when their section is first shown, and again when its width changes.
// Colours are the page's own, by name, so that they follow light and dark. Each chart stands beside its table.
const SIZE = 12.5;
const colour = (name) => "var(--" + name + ")";
const INK = colour("ink"), SOFT = colour("soft"), LINE = colour("line"), ACCENT = colour("accent"), GROUND = colour("ground");

// What every chart has in common. `height` and the margins are in pixels.
function plot(options) {
  const drawn = Plot.plot({ className: "plot", ...options });
  // Its own style sheet is not of this page's policy; ours says the same.
  drawn.querySelectorAll("style").forEach((style) => style.remove());
  for (const a of drawn.querySelectorAll("a")) {
    const address = a.getAttributeNS("http://www.w3.org/1999/xlink", "href");
    a.removeAttributeNS("http://www.w3.org/1999/xlink", "href");
    a.setAttribute("href", address);
    const title = a.querySelector("title");
    if (title) a.setAttribute("aria-label", title.textContent);
  }
  return drawn;
}
const marginFor = (labels, width, most = 0.36) =>
  Math.ceil(Math.min(width * most, 24 + Math.max(0, ...labels.map((label) => label.length)) * SIZE * 0.56));
const lineWidthOf = (margin) => (margin - 20) / SIZE * 0.94;
// Row labels that break between words; rows go by number, since two may have the same name.
function axisRows(labels, margin, extra) {
  return Plot.axisY({ label: null, tickSize: 0, tickPadding: 10, fontSize: SIZE, lineWidth: lineWidthOf(margin), tickFormat: (at) => labels[at], ...extra });
}
// Column heads that break between words, or lie aslant where a word is wider than its column; `places` are where they stand.
const longestWord = (labels) => Math.max(0, ...labels.flatMap((label) => label.split(" ").map((word) => word.length)));
const isAslant = (labels, step) => longestWord(labels) * 6.9 > step;
const shortened = (label) => label.length > 19 ? label.slice(0, 18).trimEnd() + "…" : label;
function axisColumns(labels, step, places) {
  const shared = { anchor: "top", label: null, tickSize: 0, fontSize: 12, ...(places ? { ticks: places } : {}) };
  const label = (at) => labels[Math.floor(at)];
  return isAslant(labels, step)
    ? Plot.axisX({ ...shared, tickRotate: -60, textAnchor: "start", tickFormat: (at) => shortened(label(at)) })
    : Plot.axisX({ ...shared, lineWidth: step / 12 * 0.84, lineHeight: 1.15, tickFormat: label });
}
// How far the last of slanting heads reaches past its column.
const overhang = (labels, step) => isAslant(labels, step) ? Math.max(2, 3.5 * shortened(labels[labels.length - 1] || "").length - step / 2 + 8) : 2;
function heightOfColumns(labels, step) {
  return isAslant(labels, step) ? 20 + 6 * Math.max(0, ...labels.map((label) => shortened(label).length)) : 16 + 14 * nLines(labels, step / 6.9);
}
const axisShare = (extra) => Plot.axisX({ label: null, tickSize: 0, fontSize: 11.5, color: SOFT, ticks: [0, 0.25, 0.5, 0.75, 1], tickFormat: percent, ...extra });
const gridShare = () => Plot.gridX({ ticks: [0, 0.25, 0.5, 0.75, 1], stroke: LINE, strokeOpacity: 1 });
// How many lines the longest of the labels takes.
function nLines(labels, width) {
  const lines = (label) => {
    let n = 1, used = 0;
    for (const word of label.split(" ")) {
      if (used > 0 && used + 1 + word.length > width) { n += 1; used = word.length; } else used += (used ? 1 : 0) + word.length;
    }
    return n;
  };
  return Math.max(1, ...labels.map(lines));
}
// What the colours mean, in the drawing itself, so that a saved one can be read alone. Gives back its height.
function addLegend(drawn, entries, width) {
  const space = "http://www.w3.org/2000/svg";
  const group = document.createElementNS(space, "g");
  group.setAttribute("class", "legend-in");
  let x = 0, y = 14;
  for (const [name, text] of entries) {
    const wide = 26 + text.length * 6.6;
    if (x > 0 && x + wide > width) { x = 0; y += 20; }
    const box = document.createElementNS(space, "rect");
    for (const [key, value] of Object.entries({ x, y: y - 10, width: 11, height: 11, rx: 2 })) box.setAttribute(key, value);
    box.setAttribute("class", "part " + name);
    const label = document.createElementNS(space, "text");
    label.setAttribute("x", x + 16);
    label.setAttribute("y", y);
    label.setAttribute("text-anchor", "start");
    label.textContent = text;
    group.append(box, label);
    x += wide;
  }
  drawn.append(group);
}
function legendHeight(entries, width) {
  let x = 0, height = 26;
  for (const [, text] of entries) {
    const wide = 26 + text.length * 6.6;
    if (x > 0 && x + wide > width) { x = 0; height += 20; }
    x += wide;
  }
  return height;
}

const onPage = new Map();
function prepareCharts() {
  for (const figure of document.querySelectorAll("figure.chart")) {
    const table = figure.querySelector(".chart-table");
    const bar = make("div", { class: "chart-bar" });
    const button = (text, does) => { const made = make("button", { type: "button" }, text); made.addEventListener("click", () => does(made)); bar.append(made); };
    if (table) {
      button("Table", (made) => {
        const shown = figure.classList.toggle("tabled");
        made.setAttribute("aria-expanded", String(shown));
      });
      bar.lastChild.setAttribute("aria-expanded", "false");
    }
    button("Save SVG", () => saveVector(figure));
    button("Save PNG", () => savePixels(figure));
    figure.querySelector("figcaption").after(bar);
    if (figure.dataset.chart) onPage.set(figure, 0);
  }
  prepareMaps();
  let waiting;
  window.addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => sections.filter((section) => !section.hidden).forEach(drawChartsOf), 120);
  });
}
function drawChartsOf(section) {
  for (const figure of section.querySelectorAll("figure.chart[data-chart]")) {
    const width = widthOf(figure);
    if (onPage.get(figure) !== width) draw(figure, width);
  }
}
function redraw(figure) {
  if (figure && onPage.get(figure)) draw(figure, widthOf(figure));
}
function widthOf(figure) {
  const place = figure.querySelector(".drawing");
  return Math.max(280, Math.min(820, place.clientWidth || 640));
}
function draw(figure, width) {
  const place = figure.querySelector(".drawing");
  try {
    const drawn = drawings[figure.dataset.chart](width, figure);
    const caption = figure.querySelector("figcaption").textContent;
    drawn.setAttribute("role", drawn.querySelector("a") ? "group" : "img");
    drawn.setAttribute("aria-label", caption);
    place.replaceChildren(drawn);
    onPage.set(figure, width);
  } catch (error) {
    // The table says the same.
    figure.classList.add("tabled");
    place.replaceChildren();
    throw error;
  }
}
