// One passage: its words with the hits marked, its themes, and each score opened down to its patterns.
function badge(stance) {
  return make("span", { class: "badge " + stance }, make("span", { "aria-hidden": "true" }, SIGNS[stance] + " "), stance);
}
const clipped = (text) => [...text].length > 60 ? [...text].slice(0, 60).join("") + "…" : text;
// The words that a pattern met in a passage, what it is believed, and itself.
function patternLine(at, passage) {
  const [text, weight] = data.patterns[at];
  const met = passage.hits.flatMap((hit, turn) => hit[1] === at && !hit[3] ? [passage.text[2 * turn + 1]] : []);
  return make("li", {}, met.length ? "“" + [...new Set(met)].join("”, “") + "” " : null, "believed " + weight + ", by ",
    make("a", { href: "#find?p=" + at, title: text }, make("code", {}, clipped(text))));
}
function themeLine([theme, value, hasTheme, stance, patterns], passage) {
  const known = data.themes[theme];
  const factors = patterns.map((at) => "(1 − " + data.patterns[at][1] + ")").join(" × ");
  return make("div", { class: hasTheme ? "line" : "line muted" },
    make("a", { href: "#theme-" + known.id, class: "to-theme" }, known.label), " ", badge(stance),
    make("details", { class: "sum" }, make("summary", {}, "score " + score(value) + (hasTheme ? "" : ", below the threshold")),
      make("p", { class: "formula" }, patterns.length ? "1 − " + factors + " = " + value.toFixed(3) : "Every hit is denied: nothing counts."),
      make("ul", {}, patterns.map((at) => patternLine(at, passage)))));
}
function markedWords(passage) {
  return passage.text.map((text, turn) => {
    if (turn % 2 === 0) return text;
    const [theme, pattern, stance, denied] = passage.hits[(turn - 1) / 2];
    const label = data.themes[theme].label + ": " + data.patterns[pattern][0] + (denied ? ", denied: not counted" : ", " + stance);
    return make("mark", { title: label, class: denied ? "denied" : null }, text);
  });
}
function placeOf(passage) {
  return [passage.page ? "page " + passage.page : null, passage.section ? "under “" + passage.section + "”" : null].filter(Boolean).join(", ");
}
// A passage away from its document, which is named.
function quoted([at, passage]) {
  const known = documents[at], place = placeOf(passage);
  return make("figure", { class: "quote" },
    make("blockquote", {}, make("p", {}, markedWords(passage))),
    make("figcaption", {},
      make("span", { class: "source" }, make("a", { href: "#document-" + at + "-p" + passage.n }, make("cite", {}, titleOf(known)), yearOf(known)),
        ", passage " + passage.n + (place ? ", " + place : "")),
      passage.themes.map((found) => themeLine(found, passage))));
}
// A passage among the others of its document.
function inPlace(at, passage) {
  const place = placeOf(passage);
  return make("figure", { class: passage.themes.length ? "quote numbered" : "quote numbered plain", id: "passage-" + at + "-" + passage.n },
    make("span", { class: "number", "aria-label": "passage " + passage.n }, String(passage.n)),
    make("blockquote", {}, make("p", {}, markedWords(passage))),
    place || passage.themes.length
      ? make("figcaption", {}, place ? make("span", { class: "source" }, place) : null, passage.themes.map((found) => themeLine(found, passage))) : null);
}
// Items of which so many are shown at a time.
function paged(items, atATime, draw) {
  const list = make("div", {});
  const more = make("button", { type: "button", class: "more" });
  let shown = 0;
  const grow = () => {
    list.append(...items.slice(shown, shown + atATime).map(draw));
    shown = Math.min(items.length, shown + atATime);
    more.hidden = shown === items.length;
    more.textContent = "Show " + Math.min(atATime, items.length - shown) + " more of " + (items.length - shown);
  };
  more.addEventListener("click", grow);
  grow();
  return [list, more];
}
