// What the page holds as JSON, and how elements are made of it. Every text from a document is set as text, never as markup.
const SIGNS = { barrier: "▼", facilitator: "▲", both: "◆", mention: "●" };
const STANCES = ["barrier", "facilitator", "both", "mention"];
const STATUSES = [["positive", "found, positive"], ["mixed", "found, mixed"], ["negative", "found none or negative"],
  ["lacking", "said to be lacking"], ["anticipated", "anticipated"], ["unstated", "spoken of"]];
const root = document.documentElement;
const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId("data").textContent);
const documents = data.documents;

// An element with attributes and children; a child that is text stays text.
function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}
const score = (number) => (Math.round(number * 100) / 100).toFixed(2);
const percent = (share) => share === null || share === undefined ? "–" : Math.round(share * 100) + " %";
const estimate = ([value, low, high]) => percent(value) + (low === null ? "" : " (" + Math.round(low * 100) + " to " + percent(high) + ")");
const counted = (n, one, many) => n.toLocaleString("en") + " " + (n === 1 ? one : many || one + "s");
const titleOf = (known) => known.title || known.id;
const yearOf = (known) => known.year === null ? "" : " (" + known.year + ")";

// The passages that the page holds of a document, read when they are first asked for.
const parsed = new Map();
function passagesOf(at) {
  if (!parsed.has(at)) {
    const held = byId("passages-" + at);
    parsed.set(at, held ? JSON.parse(held.textContent) : []);
  }
  return parsed.get(at);
}
