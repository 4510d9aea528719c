"use strict";
(() => {
const root = document.documentElement, byId = id => document.getElementById(id);
const slides = [...document.querySelectorAll(".slide")];
const back = byId("back"), on = byId("on"), leave = byId("leave"), asked = byId("asked");
const sheet = byId("sheet"), title = byId("sheet-title"), body = byId("sheet-body"), stand = byId("sheet-stand");
const dark = byId("dark");
const embedded = parent !== window;
let at = 0, chosen = null, opened = null, typed = "";

// --- the stage: its ratio, and the largest type in which all of a slide can be seen; what is longer still scrolls ---
const SIZES = [1.3, 1.15, 1, 0.88, 0.78];
const flowing = () => matchMedia("(max-width:700px),(max-height:480px)").matches;
const tooHigh = box => box.scrollHeight > box.clientHeight + 1;
const tooWide = box => [...box.querySelectorAll(":scope > .scroll, :scope > .table > .scroll")].some(each => each.scrollWidth > each.clientWidth + 1);
function fit() {
  const wide = chosen === null ? innerWidth / innerHeight >= 1.54 : chosen, box = slides[at].querySelector(".body");
  root.classList.toggle("wide", wide);
  box.style.removeProperty("--k");
  for (const size of flowing() ? [] : SIZES) {
    box.style.setProperty("--k", size);
    if (!tooHigh(box) && !tooWide(box)) break;
  }
  const scrolls = !flowing() && tooHigh(box);
  for (const [name, value] of [["tabindex", "0"], ["role", "group"], ["aria-labelledby", "m" + (at + 1)]])
    if (scrolls) box.setAttribute(name, value); else box.removeAttribute(name);
}

// --- turning ---
function show(wanted, focus) {
  at = Math.max(0, Math.min(slides.length - 1, wanted));
  slides.forEach((slide, place) => slide.classList.toggle("on", place === at));
  back.disabled = at === 0;
  on.disabled = at === slides.length - 1;
  scrollTo(0, 0);
  slides[at].querySelector(".body").scrollTop = 0;
  fit();
  if (focus) slides[at].querySelector("h1,h2").focus({preventScroll: true});
  if (!embedded && placeOf(location.hash) !== at) try { history.replaceState(null, "", "#" + (at + 1)); } catch (refused) {}
}
const placeOf = hash => (parseInt(hash.slice(1), 10) || 1) - 1;
function turn(wanted) { if (sheet.open) sheet.close(); show(wanted, true); }
// Further down in what is longer than the stage; false at its end.
function further(box, way) {
  const before = box.scrollTop;
  box.scrollBy({top: way * box.clientHeight * 0.85, behavior: "instant"});
  return Math.abs(box.scrollTop - before) > 1;
}
const scrolled = () => flowing() ? document.scrollingElement : slides[at].querySelector(".body");
function go(way) { if (!further(scrolled(), way)) turn(at + way); }

// --- drill-down: what a summary holds, lifted into the one dialog ---
function open(details) {
  opened = details;
  const summary = details.querySelector("summary"), label = summary.getAttribute("aria-label");
  title.replaceChildren(...(label ? [label] : summary.cloneNode(true).childNodes));
  body.replaceChildren(...[...details.childNodes].filter(node => node !== summary));
  const name = details.dataset.beside;
  for (const beside of name ? [byId(name), byId(name + "b")] : []) {
    if (!beside) continue;
    const copy = beside.cloneNode(true);
    copy.removeAttribute("id");
    copy.className = "beside-it";
    body.append(copy);
  }
  stand.textContent = slides[at].querySelector(".stand > span").textContent;
  sheet.showModal();
  body.scrollTop = 0;
  body.querySelectorAll(".probe").forEach(probe);
  title.focus({preventScroll: true});
}
sheet.addEventListener("close", () => {
  body.querySelectorAll(".beside-it").forEach(copy => copy.remove());
  opened.append(...body.childNodes);
  opened.querySelector("summary").focus({preventScroll: true});
  opened = null;
});
byId("sheet-close").addEventListener("click", () => sheet.close());
sheet.addEventListener("click", event => { if (event.target === sheet) sheet.close(); });
document.addEventListener("click", event => {
  const link = event.target.closest("a[href^='#']"), summary = event.target.closest("summary");
  if (link) {
    event.preventDefault();
    turn(placeOf(link.getAttribute("href")));
  } else if (summary && !sheet.contains(summary)) {
    event.preventDefault();
    open(summary.parentElement);
  } else if (event.target.closest(".slide .chart")) {
    const row = event.target.closest(".way") || event.target.closest(".body");
    const found = row.querySelector("details.indicator, details.values");
    if (found) open(found);
  }
});

// --- a chart's points, one by one: with the pointer, or as a slider with the arrow keys ---
function probe(box) {
  const drawn = box.querySelector("svg"), told = box.parentElement.querySelector(".readout");
  const rows = [...box.parentElement.querySelectorAll(".points tbody tr")].reverse();
  const places = box.dataset.places.split(" ").map(place => place.split(",").map(Number));
  const mark = drawn.querySelector(".here") || drawn.appendChild(document.createElementNS(drawn.namespaceURI, "path"));
  mark.setAttribute("class", "here");
  const values = {tabindex: 0, role: "slider", "aria-label": drawn.getAttribute("aria-label"), "aria-valuemin": 1};
  for (const [name, value] of Object.entries(values)) box.setAttribute(name, value);
  box.setAttribute("aria-valuemax", rows.length);
  let point = rows.length - 1;
  function point_at(wanted) {
    point = Math.max(0, Math.min(rows.length - 1, wanted));
    rows.forEach((row, place) => row.classList.toggle("here", place === point));
    const said = [...rows[point].cells].map(cell => cell.textContent).filter(text => text && text !== "–").join(" · ");
    told.textContent = said;
    box.setAttribute("aria-valuenow", point + 1);
    box.setAttribute("aria-valuetext", said);
    const [x, y] = places[point], {top, bottom} = box.dataset;
    const ring = y === undefined ? "" : `M${x - 10} ${y}a10 10 0 1 0 20 0a10 10 0 1 0 -20 0`;
    mark.setAttribute("d", `M${x} ${top}V${y === undefined ? bottom : Math.max(top, y - 10)}` + ring);
  }
  if (!rows.length) return;
  point_at(point);
  const nearest = event => {
    const area = drawn.getBoundingClientRect(), x = (event.clientX - area.left) / area.width * drawn.viewBox.baseVal.width;
    const away = places.map(place => Math.abs(place[0] - x));
    point_at(away.indexOf(Math.min(...away)));
  };
  box.onpointermove = box.onpointerdown = nearest;
  box.onkeydown = event => {
    const steps = {ArrowLeft: point - 1, ArrowDown: point - 1, ArrowRight: point + 1, ArrowUp: point + 1, Home: 0, End: rows.length};
    if (event.ctrlKey || event.altKey || event.metaKey || !(event.key in steps)) return;
    event.preventDefault();
    event.stopPropagation();
    point_at(steps[event.key]);
  };
}

// --- the screen ---
function fill() {
  const done = document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen();
  done.catch(() => {});
}
function other_ratio() { chosen = !root.classList.contains("wide"); fit(); }
function end() { parent.postMessage("zukunftsplan:leave", origin); }

// --- keys: those of a presenter's remote are PageUp, PageDown, F5, Escape, and b or . ---
addEventListener("keydown", event => {
  const key = event.key, inside = event.target.closest?.("button,summary,a,[role=slider]");
  if (event.ctrlKey || event.altKey || event.metaKey || key === "Shift") return;
  if (dark.open) { event.preventDefault(); dark.close(); return; }
  const number = typed;
  typed = /^[0-9]$/.test(key) && !sheet.open ? (typed + key).slice(0, 3) : "";
  asked.textContent = typed;
  const always = {f: fill, F: fill, F5: fill, v: other_ratio, V: other_ratio, b: () => dark.showModal(), B: () => dark.showModal(), ".": () => dark.showModal()};
  let act = always[key];
  if (!act && sheet.open) {
    const way = {PageDown: 1, PageUp: -1}[key];
    if (way) act = () => { if (!further(body, way)) sheet.close(); };
  } else if (!act) {
    const turning = {
      ArrowRight: () => turn(at + 1), ArrowLeft: () => turn(at - 1), PageDown: () => go(1), PageUp: () => go(-1),
      Home: () => turn(0), End: () => turn(slides.length - 1), Escape: embedded ? end : undefined,
      Enter: number ? () => turn(parseInt(number, 10) - 1) : undefined,
    };
    if (!flowing()) Object.assign(turning, {ArrowDown: () => go(1), ArrowUp: () => go(-1)});
    if (key === " " && !inside) turning[" "] = () => go(event.shiftKey ? -1 : 1);
    const sideways = event.target.closest?.(".scroll");
    if (sideways && sideways.scrollWidth > sideways.clientWidth) delete turning[key.startsWith("Arrow") ? key : ""];
    act = turning[key];
  }
  if (act) { event.preventDefault(); act(); }
});
dark.addEventListener("click", () => dark.close());

// --- touch: a wipe to the side turns ---
let touched = null;
addEventListener("touchstart", event => {
  const one = event.touches.length === 1 && !sheet.open && !dark.open, box = event.target.closest(".scroll");
  touched = one && !(box && box.scrollWidth > box.clientWidth) ? event.touches[0] : null;
}, {passive: true});
addEventListener("touchend", event => {
  if (!touched) return;
  const across = event.changedTouches[0].clientX - touched.clientX, down = event.changedTouches[0].clientY - touched.clientY;
  touched = null;
  if (Math.abs(across) > 60 && Math.abs(across) > 2 * Math.abs(down)) turn(at + (across < 0 ? 1 : -1));
}, {passive: true});

back.addEventListener("click", () => turn(at - 1));
on.addEventListener("click", () => turn(at + 1));
byId("ratio").addEventListener("click", other_ratio);
byId("fill").addEventListener("click", fill);
leave.addEventListener("click", end);
leave.hidden = !embedded;
addEventListener("hashchange", () => turn(placeOf(location.hash)));
addEventListener("resize", fit);
document.fonts.ready.then(fit);
// A dialog that was open before the screen was filled lies beneath it: shown anew it comes to the top.
document.addEventListener("fullscreenchange", () => {
  if (sheet.open && document.fullscreenElement) { sheet.toggleAttribute("open", false); sheet.showModal(); }
});

// --- paper: tables are open, what drills down is not printed ---
let closed = [];
addEventListener("beforeprint", () => { closed = [...document.querySelectorAll(".slide details.values:not([open])")]; closed.forEach(each => { each.open = true; }); });
addEventListener("afterprint", () => closed.forEach(each => { each.open = false; }));

root.classList.add("js");
show(embedded ? 0 : placeOf(location.hash), embedded);
})();
