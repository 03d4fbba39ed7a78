// One section at a time: the others wait, found by the browser's search and printed all the same.
const sections = [...document.querySelectorAll("main > section")];
const links = [...document.querySelectorAll("nav a[href^='#']")];
const viewOf = (section) => section.dataset.with || section.id;
const heading = document.title;
let current = "overview";
function showView(section, place) {
  const view = viewOf(section);
  for (const other of sections) {
    if (viewOf(other) === view) other.removeAttribute("hidden"); else other.setAttribute("hidden", "until-found");
  }
  current = section.id;
  root.classList.add("routed");
  root.classList.toggle("inner", view !== "overview");
  const title = section.querySelector("h2");
  document.title = view === "overview" || !title ? heading : title.textContent + " – " + heading;
  for (const a of links) {
    const at = decoded(a.getAttribute("href"));
    if (at === section.id || (at === "documents" && section.id === "document")) {
      a.setAttribute("aria-current", "page");
      const strip = a.closest("nav");
      if (strip.scrollWidth > strip.clientWidth) strip.scrollLeft = a.offsetLeft - 20;
    } else a.removeAttribute("aria-current");
  }
  sections.filter((other) => !other.hidden).forEach(drawChartsOf);
  if (place) place.scrollIntoView({ block: place === section ? "start" : "center" });
}
function decoded(address) {
  try { return decodeURIComponent(address.slice(1)); } catch { return address.slice(1); }
}
function route(event) {
  const address = location.hash;
  if (isOfPanel(address)) {
    if (!root.classList.contains("routed")) showView(byId("overview"));
    return routePanel(address);
  }
  closePanel();
  const at = /^#document-(\d+)(?:-t(\d+))?(?:-p(\d+))?$/.exec(address);
  if (at && documents[at[1]]) {
    const number = (text) => text === undefined ? undefined : Number(text);
    const section = byId("document");
    const wanted = showDocument(Number(at[1]), number(at[2]), number(at[3]));
    showView(section, wanted || section);
    current = address.slice(1);
    if (event) section.querySelector("h2").focus({ preventScroll: true });
    return;
  }
  const target = byId(decoded(address)) || byId("overview");
  const section = target.closest("main > section") || byId("overview");
  if (section.id === "document" && !section.firstChild) return showView(byId("documents"));
  if (target.tagName === "DETAILS") target.open = true;
  const isPlace = target !== section && section.contains(target);
  showView(section, event || isPlace ? (isPlace ? target : section) : null);
  const title = section.querySelector("h2");
  if (event && title) { title.tabIndex = -1; title.focus({ preventScroll: true }); }
}
for (const section of sections) {
  section.addEventListener("beforematch", () => { showView(section); history.replaceState(null, "", "#" + section.id); });
}

// On paper everything is there, and open.
let folded = [];
window.addEventListener("beforeprint", () => {
  sections.forEach(drawChartsOf);
  folded = [...document.querySelectorAll("main details:not([open])")].filter((part) => !part.classList.contains("sum"));
  folded.forEach((part) => { part.open = true; });
});
window.addEventListener("afterprint", () => { folded.forEach((part) => { part.open = false; }); });

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

prepareCharts();
showDocuments();
window.addEventListener("hashchange", route);
route();
