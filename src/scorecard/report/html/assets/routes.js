// Where one is: the address after # says the page and what is asked of it.

const $ = (id) => document.getElementById(id);
const scrolls = new Map();
const charts = new Promise((resolve) => (window.vegaEmbed ? resolve() : window.addEventListener("charts", resolve, { once: true })));

/** Reads the address and shows what it names. */
function route() {
  const [path, asked = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [name = "", ...parts] = path.split("/");
  place.hash = location.hash;
  place.query = new URLSearchParams(asked);
  const wanted = D.sheets.findIndex((one) => one.period === place.query.get("period"));
  place.sheet = wanted < 0 ? D.sheets.length - 1 : wanted;
  place.view = name === "entity" || name === "print" ? name : "portfolio";
  delete document.documentElement.dataset.ready;
  if ($("period")) $("period").value = String(place.sheet);
  $("to-print").href = address("#/print", place.query);
  for (const [id, view] of [["portfolio", "portfolio"], ["entity", "entity"], ["paper", "print"]]) $(id).hidden = place.view !== view;
  $("paper").replaceChildren();
  document.title = [place.view === "entity" && parts.length ? parts.map(decoded).join(" · ") : null, D.title, sheet().period].filter(Boolean).join(" – ");
  if (place.view === "entity") showEntity(parts.map(decoded));
  else if (place.view === "print") return showPaper($("paper"));
  else showPortfolio();
  return charts.then(redraw).then(() => (document.documentElement.dataset.ready = place.view));
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function showPortfolio() {
  for (const part of document.querySelectorAll(".sheet")) part.hidden = part.dataset.sheet !== String(place.sheet);
  const shown = [...document.querySelectorAll(".sheet:not([hidden])")];
  shown.forEach(settle);
  if (D.key.length) showListing();
  else showAlone();
  shown.forEach(drawOverview);
}

/** A scorecard of one: its page stands where others have their list. */
function showAlone() {
  const { view, draw } = entities().count ? entityView(0) : { view: h("p", { class: "notice" }, say("html.no_entity")), draw: () => {} };
  $("entities").replaceChildren(view);
  draw();
}

function showEntity(key) {
  const row = [...Array(entities().count).keys()].find((each) => keyOf(each).every((part, k) => part === key[k]));
  if (row === undefined) {
    $("entity").replaceChildren(h("h1", { tabindex: "-1" }, key.join(" · ")), h("p", { class: "notice" }, say("html.not_found")), h("p", {}, back()));
    return;
  }
  const rows = chosen();
  const here = rows.indexOf(row);
  const beside = (to, word, sign) => rows[to] !== undefined && here >= 0
    ? h("a", { class: "plain", href: hrefOf(rows[to]), rel: word }, sign < 0 ? `‹ ${say(`html.${word}`)}` : `${say(`html.${word}`)} ›`) : null;
  const { view, draw } = entityView(row);
  $("entity").replaceChildren(
    h("nav", { class: "beside-nav", "aria-label": say("html.entities") }, back(), h("span", { class: "push" }),
      here >= 0 && quiet(say("html.place", { place: whole(here + 1), count: whole(rows.length) })),
      beside(here - 1, "previous", -1), beside(here + 1, "next", 1)),
    view);
  draw();
}

const heading = () => [...document.querySelectorAll("main h1")].find((one) => one.offsetParent);

const back = () => h("a", { class: "plain", href: address("#/", place.query), rel: "up" }, `‹ ${say("html.back")}`);

function pressed(event) {
  const typing = event.target.closest?.("input, select, textarea");
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && typing) return typing.blur();
  if (typing) return;
  if (event.key === "/" && place.listing) {
    event.preventDefault();
    if (place.view !== "portfolio") location.hash = address("#/", place.query);
    return requestAnimationFrame(() => place.listing.search.focus());
  }
  if (event.key === "Escape" && place.view !== "portfolio") location.hash = address("#/", place.query);
  if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
}

/** The next entity: its page, or in the list its line. */
function step(by) {
  if (place.view === "entity") return $("entity").querySelector(`a[rel=${by > 0 ? "next" : "previous"}]`)?.click();
  const links = [...document.querySelectorAll("#listing tbody a")];
  const now = links.indexOf(document.activeElement);
  links[now < 0 ? 0 : Math.min(Math.max(now + by, 0), links.length - 1)]?.focus();
}

function turnTheme() {
  const next = theme() === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  $("theme").setAttribute("aria-pressed", String(next === "dark"));
  try {
    localStorage.setItem("scorecard-theme", next);
  } catch { /* a browser that keeps nothing shows what the system says */ }
  redraw();
}

function start() {
  try {
    const kept = localStorage.getItem("scorecard-theme");
    if (kept === "light" || kept === "dark") document.documentElement.dataset.theme = kept;
  } catch { /* as above */ }
  $("theme").setAttribute("aria-pressed", String(theme() === "dark"));
  place.listing = D.key.length ? makeListing($("entities")) : null;
  $("theme").addEventListener("click", turnTheme);
  $("period")?.addEventListener("change", (event) => {
    const query = new URLSearchParams(place.query);
    query.set("period", D.sheets[event.target.value].period);
    location.hash = address(location.hash.split("?")[0] || "#/", query);
  });
  $("skip").addEventListener("click", (event) => {
    event.preventDefault();
    heading()?.focus();
  });
  $("portfolio").addEventListener("click", (event) => {
    if (!event.target.closest(".jump")) return;
    event.preventDefault();
    $("entities").scrollIntoView();
    place.listing.search.focus({ preventScroll: true });
  });
  dark.addEventListener("change", redraw);
  addEventListener("keydown", pressed);
  addEventListener("hashchange", () => {
    scrolls.set(place.hash, scrollY);
    route();
    scrollTo(0, place.view === "portfolio" ? (scrolls.get(place.hash) ?? 0) : 0);
    heading()?.focus({ preventScroll: true });
  });
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth !== width) redraw();
    width = innerWidth;
  });
  route();
}

start();
