// A chart as a file of its own, in the colours of paper: what the page's style gives is written into it.
const STYLES = ["fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-dasharray", "stroke-linecap", "font-family", "font-size", "font-weight", "font-variant", "text-anchor", "opacity"];
function alone(figure) {
  const drawn = figure.querySelector(".drawing svg");
  if (!drawn) return null;
  const copy = drawn.cloneNode(true);
  const from = [drawn, ...drawn.querySelectorAll("*")], to = [copy, ...copy.querySelectorAll("*")];
  root.classList.add("paper");
  from.forEach((element, at) => {
    const style = getComputedStyle(element);
    for (const name of STYLES) to[at].setAttribute(name, style.getPropertyValue(name));
    to[at].removeAttribute("class");
  });
  root.classList.remove("paper");
  // Out of the page an address leads nowhere.
  for (const a of copy.querySelectorAll("a")) a.replaceWith(...a.childNodes);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const wide = Number(drawn.getAttribute("width")), high = Number(drawn.getAttribute("height"));
  return { wide, high, file: new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" }) };
}
function save(file, name) {
  const address = URL.createObjectURL(file);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
function saveVector(figure) {
  const copy = alone(figure);
  if (copy) save(copy.file, figure.dataset.name + ".svg");
}
function savePixels(figure) {
  const copy = alone(figure);
  if (!copy) return;
  const address = URL.createObjectURL(copy.file), image = new Image();
  image.addEventListener("load", () => {
    const canvas = make("canvas", { width: copy.wide * 3, height: copy.high * 3 });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(address);
    canvas.toBlob((file) => { if (file) save(file, figure.dataset.name + ".png"); }, "image/png");
  });
  image.src = address;
}
