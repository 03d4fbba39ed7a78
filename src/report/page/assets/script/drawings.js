// One drawing for each kind of chart, named as in the figure's `data-chart`. Each gives back an SVG element.

// Shares with their intervals, one row each; a row opens what it stands for.
function shares(width, found, below, show = percent) {
  const labels = found.map((row) => row.label), margin = marginFor(labels, width);
  const height = Math.max(34, 15 * nLines(labels, lineWidthOf(margin) * 1.8) + 6);
  return plot({
    width, height: 40 + height * found.length, marginLeft: margin, marginRight: 52, marginTop: 8, marginBottom: 30,
    x: { domain: [0, 1] }, y: { domain: found.map((_, at) => at), padding: 0.3 },
    marks: [
      gridShare(), axisShare({ tickFormat: show }), axisRows(labels, margin),
      Plot.ruleY(found, { y: (_, at) => at, x1: (row) => row.low ?? row.value, x2: (row) => row.high ?? row.value, stroke: ACCENT, strokeWidth: 6, strokeOpacity: 0.28, strokeLinecap: "round" }),
      Plot.dot(below || [], { y: (_, at) => at, x: (value) => value, r: 4.5, fill: GROUND, stroke: ACCENT, strokeWidth: 1.5 }),
      Plot.dot(found, { y: (_, at) => at, x: "value", r: 6, fill: ACCENT }),
      Plot.text(found, { y: (_, at) => at, x: () => 1, text: (row) => show(row.value), textAnchor: "start", dx: 10, fontSize: SIZE, fontWeight: 600, fill: INK }),
      Plot.barX(found, { y: (_, at) => at, x1: () => 0, x2: () => 1, insetTop: -4, insetBottom: -4, fill: "transparent", href: "href", title: "title" }),
    ],
  });
}
const byRank = () => data.themes.map((theme, at) => ({ ...theme, at })).sort((a, b) => b.n - a.n || a.at - b.at);

// Counts of stances astride a middle line: what hinders to the left, what helps to the right, what does both on either side.
function astride(width, found) {
  const labels = found.map((row) => row.label), margin = marginFor(labels, width);
  const parts = [], most = Math.max(1, ...found.map(({ stances: [hinders, helps, both] }) => Math.max(hinders, helps) + both / 2));
  found.forEach((row, at) => {
    const [hinders, helps, both] = row.stances;
    for (const [stance, n, x1] of [["barrier", hinders, -both / 2 - hinders], ["both", both, -both / 2], ["facilitator", helps, both / 2]]) {
      if (n > 0) parts.push({ at, stance, n, x1, x2: x1 + n, href: row.href && row.href + "&s=" + stance, title: row.label + ", " + stance + ": " + counted(n, "document") });
    }
  });
  const legend = [["barrier", "hinders"], ["both", "does both"], ["facilitator", "helps"]];
  const top = legendHeight(legend, width);
  const drawn = plot({
    width, height: top + 34 * found.length + 10, marginLeft: margin, marginRight: 84, marginTop: top, marginBottom: 8,
    x: { domain: [-most, most], axis: null }, y: { domain: found.map((_, at) => at), padding: 0.34 },
    marks: [
      axisRows(labels, margin),
      Plot.barX(parts, { y: "at", x1: "x1", x2: "x2", fill: (part) => colour(part.stance), rx: 1, href: "href", title: "title" }),
      Plot.text(parts.filter((part) => part.n / most > 0.09), { y: "at", x: (part) => (part.x1 + part.x2) / 2, text: (part) => String(part.n), fill: colour("on-part"), fontSize: 11.5, fontWeight: 600, pointerEvents: "none" }),
      Plot.ruleX([0], { stroke: INK, strokeWidth: 1 }),
      Plot.text(found.filter((row) => row.stances[3] > 0).map((row) => ({ row, at: found.indexOf(row) })), {
        y: "at", x: () => most, dx: 10, textAnchor: "start", text: ({ row }) => row.stances[3] + " mention", fill: SOFT, fontSize: 11.5,
        href: ({ row }) => row.href && row.href + "&s=mention", title: ({ row }) => row.label + ", mention: " + counted(row.stances[3], "document") }),
    ],
  });
  addLegend(drawn, legend, width);
  return drawn;
}

// A theme's share over the groups of a column: joined points with their intervals; open where a group is small.
function overTime(width, column, themes) {
  const groups = data.columns[column].groups, labels = groups.map((group) => group.value);
  const points = themes.flatMap((theme) => groups.map((group, at) => {
    const [n, value, low, high] = group.themes[theme];
    return { theme, at, value, low, high, few: group.n < 5, href: n > 0 ? "#find?t=" + theme + "&g=" + column + "." + at : null,
      title: data.themes[theme].label + ", " + group.value + ": " + estimate([value, low, high]) + ", " + n + " of " + counted(group.n, "document") };
  }));
  const one = themes.length === 1, each = one ? 170 : 112, step = (width - 52) / groups.length;
  const every = Math.ceil((Math.max(...labels.map((label) => label.length)) * 7 + 8) / step);
  return plot({
    width, height: each * themes.length + 56, marginLeft: 44, marginRight: 8, marginTop: one ? 14 : 28, marginBottom: 42,
    x: { domain: [-0.5, groups.length - 0.5] }, y: { domain: [0, 1] }, fy: { domain: themes, padding: one ? 0 : 0.36, axis: null },
    marks: [
      Plot.gridY({ ticks: [0, 0.5, 1], stroke: LINE, strokeOpacity: 1 }),
      Plot.axisY({ label: null, tickSize: 0, fontSize: 11.5, color: SOFT, ticks: [0, 0.5, 1], tickFormat: percent }),
      Plot.axisX({ label: null, tickSize: 0, fontSize: 11.5, ticks: labels.map((_, at) => at).filter((at) => at % every === 0), tickFormat: (at) => labels[at] + "\nn = " + groups[at].n, lineHeight: 1.25, color: SOFT }),
      one ? null : Plot.text(themes, { fy: (theme) => theme, frameAnchor: "top-left", dy: -26, dx: -2, text: (theme) => data.themes[theme].label, fontSize: SIZE, fontWeight: 600, fill: INK }),
      Plot.line(points, { fy: "theme", x: "at", y: "value", stroke: ACCENT, strokeWidth: 1.6, strokeOpacity: 0.55 }),
      Plot.ruleX(points.filter((point) => point.low !== null), { fy: "theme", x: "at", y1: "low", y2: "high", stroke: ACCENT, strokeWidth: 5, strokeOpacity: 0.28, strokeLinecap: "round" }),
      Plot.dot(points, { fy: "theme", x: "at", y: "value", r: 5, fill: (point) => point.few ? GROUND : ACCENT, stroke: ACCENT, strokeWidth: 1.8 }),
      Plot.rect(points, { fy: "theme", x1: (point) => point.at - 0.5, x2: (point) => point.at + 0.5, y1: () => 0, y2: () => 1, fill: "transparent", href: "href", title: "title" }),
    ],
  });
}

// Figures in a grid of rows and columns, shaded by how great they are.
function grid(width, rowLabels, columnLabels, cells, { rowHeight = 34, most = 0.36, shade = 0.45 } = {}) {
  const margin = marginFor(rowLabels, width, most), step = (width - margin) / columnLabels.length;
  const top = heightOfColumns(columnLabels, step), side = overhang(columnLabels, step);
  return plot({
    width, height: top + rowHeight * rowLabels.length + 4, marginLeft: margin, marginRight: side, marginTop: top, marginBottom: 2,
    x: { domain: columnLabels.map((_, at) => at), padding: 0.04 }, y: { domain: rowLabels.map((_, at) => at), padding: 0.08 },
    marks: [
      axisColumns(columnLabels, step), axisRows(rowLabels, margin),
      Plot.cell(cells, { x: "x", y: "y", rx: 3, fill: ACCENT, fillOpacity: (cell) => 0.05 + shade * cell.shade }),
      Plot.text(cells, { x: "x", y: "y", text: "text", dy: (cells[0] || {}).below ? -7 : 0, fontSize: 12, fontWeight: 600, fill: INK }),
      Plot.text(cells.filter((cell) => cell.below), { x: "x", y: "y", text: "below", dy: 9, fontSize: 11, fill: INK }),
      Plot.cell(cells.filter((cell) => cell.href), { x: "x", y: "y", fill: "transparent", href: "href", title: "title" }),
    ],
    opacity: { type: "identity" },
  });
}

// Where the evidence lies: a square for each pair, its area by documents, its parts by what is said.
function evidenceMap(width, figure) {
  const which = Number(figure.dataset.map), map = data.maps[which], turned = figure.classList.contains("turned");
  const [rowLabels, columnLabels] = turned ? [map.columns, map.rows] : [map.rows, map.columns];
  const margin = marginFor(rowLabels, width, 0.3), step = Math.max(46, (width - margin - 4) / columnLabels.length);
  const right = overhang(columnLabels, step) + 2, whole = margin + step * columnLabels.length + right, rowHeight = Math.min(78, Math.max(58, step * 0.9));
  const most = Math.max(1, ...map.cells.map((cell) => cell[2])), side = Math.min(step, rowHeight - 16) * 0.88;
  const hasStatus = map.sides.includes("outcome");
  const legend = hasStatus ? STATUSES : [];
  const parts = [], cells = [], full = new Set();
  for (const [row, column, n, status] of map.cells) {
    const [x, y] = turned ? [row, column] : [column, row];
    full.add(x + "," + y);
    const wide = Math.max(10, side * Math.sqrt(n / most)) / step / 2, high = Math.max(10, side * Math.sqrt(n / most)) / rowHeight / 2;
    let from = x + 0.5 - wide;
    const said = hasStatus ? status : [0, 0, 0, 0, 0, n], total = said.reduce((sum, n) => sum + n, 0) || 1;
    said.forEach((m, kind) => {
      if (m === 0) return;
      const to = from + (2 * wide * m) / total;
      parts.push({ x1: from, x2: to, y1: y + 0.42 - high, y2: y + 0.42 + high, kind: hasStatus ? STATUSES[kind][0] : "accent" });
      from = to;
    });
    const words = hasStatus ? ": " + STATUSES.map(([, words], kind) => status[kind] ? status[kind] + " " + words : null).filter(Boolean).join(", ") : "";
    cells.push({ x, y, n, under: y + 0.42 + high, title: map.rows[row] + " × " + map.columns[column] + ": " + counted(n, "document") + words, href: "#cell-" + which + "-" + row + "-" + column });
  }
  const gaps = rowLabels.flatMap((_, y) => columnLabels.map((_, x) => ({ x, y }))).filter(({ x, y }) => !full.has(x + "," + y));
  const legendTop = legend.length ? legendHeight(legend, Math.min(whole, width)) : 4, top = legendTop + heightOfColumns(columnLabels, step);
  const drawn = plot({
    width: whole, height: top + rowHeight * rowLabels.length + 4, marginLeft: margin, marginRight: right, marginTop: top, marginBottom: 4,
    x: { domain: [0, columnLabels.length] }, y: { domain: [0, rowLabels.length], reverse: true },
    marks: [
      Plot.ruleY(rowLabels.map((_, at) => at), { stroke: LINE, insetLeft: -margin }),
      axisColumns(columnLabels, step, columnLabels.map((_, at) => at + 0.5)),
      Plot.axisY(rowLabels.map((_, at) => at + 0.5), { label: null, tickSize: 0, tickPadding: 10, fontSize: SIZE, lineWidth: lineWidthOf(margin), tickFormat: (y) => rowLabels[Math.floor(y)] }),
      Plot.rect(parts, { x1: "x1", x2: "x2", y1: "y1", y2: "y2", fill: (part) => colour(part.kind) }),
      Plot.text(cells, { x: (cell) => cell.x + 0.5, y: "under", dy: 9, text: (cell) => String(cell.n), fontSize: 11.5, fontWeight: 600, fill: INK }),
      Plot.rect(gaps, { x1: (gap) => gap.x + 0.32, x2: (gap) => gap.x + 0.68, y1: (gap) => gap.y + 0.3, y2: (gap) => gap.y + 0.7, fill: "none", stroke: SOFT, strokeOpacity: 0.55, strokeDasharray: "2 3", rx: 3 }),
      Plot.text(gaps, { x: (gap) => gap.x + 0.5, y: (gap) => gap.y + 0.5, text: () => "gap", fontSize: 10.5, fill: SOFT }),
      Plot.rect(cells, { x1: (cell) => cell.x + 0.04, x2: (cell) => cell.x + 0.96, y1: (cell) => cell.y + 0.04, y2: (cell) => cell.y + 0.96, fill: "transparent", href: "href", title: "title" }),
    ],
  });
  if (legend.length) addLegend(drawn, legend, Math.min(whole, width));
  return drawn;
}

const drawings = {
  prevalence: (width) => shares(width, byRank().filter((theme) => theme.prevalence).map((theme) => ({
    label: theme.label, value: theme.prevalence[0], low: theme.prevalence[1], high: theme.prevalence[2],
    href: "#find?t=" + theme.at, title: theme.label + ": " + estimate(theme.prevalence) + ", " + counted(theme.n, "document"),
  }))),
  stances: (width) => astride(width, byRank().map((theme) => ({ ...theme, href: "#find?t=" + theme.at }))),
  trend: (width, figure) => overTime(width, Number(figure.dataset.column), [Number(figure.dataset.theme)]),
  trends: (width, figure) => overTime(width, Number(figure.dataset.column), data.themes.map((_, at) => at)),
  breakdown(width, figure) {
    const column = Number(figure.dataset.column), groups = data.columns[column].groups;
    const cells = groups.flatMap((group, y) => group.themes.map(([n, value, low, high], x) => ({
      x, y, shade: value, text: percent(value), href: n > 0 ? "#find?t=" + x + "&g=" + column + "." + y : null,
      title: data.themes[x].label + ", " + group.value + ": " + estimate([value, low, high]) + ", " + n + " of " + counted(group.n, "document"),
    })));
    return grid(width, groups.map((group) => group.value + " (" + group.n + ")"), data.themes.map((theme) => theme.label), cells);
  },
  pairs(width) {
    const most = Math.max(1, ...data.pairs.map((pair) => pair[2])), labels = data.themes.map((theme) => theme.label);
    const cells = data.pairs.map(([a, b, n, nPassages, lift]) => ({
      x: a, y: b - 1, shade: n / most, text: String(n), below: lift ? "lift " + score(lift[0]) : "–", href: n > 0 ? "#find?t=" + a + "&u=" + b : null,
      title: labels[a] + " and " + labels[b] + ": " + counted(n, "document") + ", " + counted(nPassages, "passage") + " with both",
    }));
    return grid(width, labels.slice(1), labels.slice(0, -1), cells, { rowHeight: 50 });
  },
  outcomes(width) {
    const labels = data.outcomes.map((outcome) => outcome.label), margin = marginFor(labels, width), parts = [];
    data.outcomes.forEach((outcome, at) => {
      let from = 0;
      outcome.status.forEach((n, kind) => {
        if (n > 0) parts.push({ at, x1: from, x2: from + n, n, kind, title: outcome.label + ", " + STATUSES[kind][1] + ": " + counted(n, "document"), href: "#outcome-" + at + "-" + kind });
        from += n;
      });
    });
    const top = legendHeight(STATUSES, width);
    const drawn = plot({
      width, height: top + 34 * labels.length + 30, marginLeft: margin, marginRight: 40, marginTop: top, marginBottom: 28,
      x: { domain: [0, Math.max(1, ...data.outcomes.map((outcome) => outcome.n))] }, y: { domain: labels.map((_, at) => at), padding: 0.34 },
      marks: [
        Plot.gridX({ stroke: LINE, strokeOpacity: 1, ticks: 5 }), Plot.axisX({ label: null, tickSize: 0, fontSize: 11.5, color: SOFT, ticks: 5 }), axisRows(labels, margin),
        Plot.barX(parts, { y: "at", x1: "x1", x2: "x2", insetRight: 1, fill: (part) => colour(STATUSES[part.kind][0]), href: "href", title: "title" }),
        Plot.text(data.outcomes, { y: (_, at) => at, x: "n", text: (outcome) => String(outcome.n), dx: 8, textAnchor: "start", fontSize: SIZE, fontWeight: 600, fill: INK }),
      ],
    });
    addLegend(drawn, STATUSES, width);
    return drawn;
  },
  names(width, figure) {
    const concept = Number(figure.dataset.concept);
    const used = data.names[concept].variants.map((name, at) => ({ ...name, at })).sort((a, b) => b.n - a.n || a.at - b.at);
    const labels = used.map((name) => name.name), margin = marginFor(labels, width), most = Math.max(1, ...used.map((name) => name.n));
    return plot({
      width, height: 26 * used.length + 12, marginLeft: margin, marginRight: 46, marginTop: 6, marginBottom: 6,
      x: { domain: [0, most], axis: null }, y: { domain: used.map((_, at) => at), padding: 0.3 },
      marks: [
        axisRows(labels, margin),
        Plot.barX(used, { y: (_, at) => at, x: "n", fill: ACCENT, fillOpacity: 0.75, rx: 2, href: (name) => name.n > 0 ? "#name-" + concept + "-" + name.at : null, title: (name) => name.name + ": " + counted(name.n, "document") }),
        Plot.text(used, { y: (_, at) => at, x: "n", dx: 8, textAnchor: "start", text: (name) => String(name.n), fontSize: SIZE, fontWeight: 600, fill: INK }),
      ],
    });
  },
  candidates: (width) => shares(width, data.candidates.map((candidate, at) => ({
    label: candidate.label, value: candidate.prevalence[0], low: candidate.prevalence[1], high: candidate.prevalence[2],
    href: "#proposed-" + at, title: candidate.label + ": " + estimate(candidate.prevalence),
  }))),
  agreement: (width) => {
    const known = data.agreement.filter((row) => row.ours);
    const drawn = shares(width, known.map((row) => ({ label: row.label, value: row.ours[0], low: row.ours[1], high: row.ours[2], href: "#disagreements-" + row.theme, title: row.label + ": F1 " + score(row.ours[0]) + (row.coders ? "; the coders reach " + score(row.coders[0]) + " with each other" : "") })),
      known.map((row) => row.coders ? row.coders[0] : null), score);
    return drawn;
  },
  heat(width) {
    const labels = shownDocuments.map((at) => titleOf(documents[at]) + yearOf(documents[at]));
    const cells = shownDocuments.flatMap((at, y) => documents[at].scores.map(([hundredths, stance], x) => ({
      x, y, hundredths, has: stance !== null, href: hundredths > 0 ? "#document-" + at + "-t" + x : null,
      title: labels[y] + ", " + data.themes[x].label + ": " + score(hundredths / 100) + (stance ? ", " + stance : ""),
    })));
    const margin = Math.round(width * 0.42), step = (width - margin) / data.themes.length;
    const heads = data.themes.map((theme) => theme.label), top = heightOfColumns(heads, step), side = overhang(heads, step);
    const filled = cells.filter((cell) => cell.hundredths > 0), hasRoom = (width - margin - side) / heads.length > 28;
    return plot({
      width, height: top + 24 * Math.max(1, labels.length) + 4, marginLeft: margin, marginRight: side, marginTop: top, marginBottom: 2,
      x: { domain: heads.map((_, at) => at), padding: 0.04 }, y: { domain: labels.map((_, at) => at), padding: 0.1 }, opacity: { type: "identity" },
      marks: [
        axisColumns(heads, step), axisRows(labels, margin, { textOverflow: "ellipsis" }),
        Plot.cell(cells, { x: "x", y: "y", rx: 2, fill: colour("track"), fillOpacity: 0.45 }),
        Plot.cell(filled, { x: "x", y: "y", rx: 2, fill: ACCENT, fillOpacity: (cell) => cell.has ? 0.18 + 0.36 * Math.max(0, cell.hundredths - 50) / 50 : 0.1 }),
        Plot.text(filled.filter((cell) => cell.has && hasRoom), { x: "x", y: "y", text: (cell) => score(cell.hundredths / 100), fontSize: 11, fontWeight: 600, fill: INK }),
        Plot.cell(filled, { x: "x", y: "y", fill: "transparent", href: "href", title: "title" }),
      ],
    });
  },
  map: evidenceMap,
};

// Of the evidence maps one is shown, by the two sides that are asked for.
function prepareMaps() {
  const maps = [...document.querySelectorAll("article.map")];
  if (maps.length === 0) return;
  const figures = maps.map((map) => map.querySelector("figure.chart"));
  const sidesOf = (figure) => data.maps[figure.dataset.map].sides;
  const sides = [...new Set(figures.flatMap(sidesOf))];
  const choose = () => make("select", {}, sides.map((side) => make("option", { value: side }, side)));
  const down = choose(), across = choose();
  const pick = (changed) => {
    const other = changed === down ? across : down;
    const at = (rows, columns) => figures.findIndex((figure) => String(sidesOf(figure)) === String([rows, columns]));
    const found = () => [at(down.value, across.value), at(across.value, down.value)];
    if (found().every((place) => place < 0)) {
      const fitting = sides.find((side) => at(changed.value, side) >= 0 || at(side, changed.value) >= 0);
      if (fitting) other.value = fitting;
    }
    const [straight, turned] = found();
    figures.forEach((figure, place) => {
      maps[place].hidden = place !== (straight >= 0 ? straight : turned);
      if (!maps[place].hidden) { figure.classList.toggle("turned", straight < 0); if (onPage.get(figure)) redraw(figure); else drawChartsOf(maps[place]); }
    });
  };
  for (const select of [down, across]) select.addEventListener("input", () => pick(select));
  [down.value, across.value] = sidesOf(figures[0]);
  maps[0].before(make("form", { class: "controls" }, make("label", {}, make("span", {}, "Rows"), down), make("label", {}, make("span", {}, "Columns"), across)));
  maps.forEach((map, place) => { map.hidden = place > 0; });
}
