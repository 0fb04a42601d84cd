// The list of entities: a ranking or a heat map, with search, filters, order and pages.

const PER_PAGE = 50;

/** Puts the list into its section: what asks once, what answers at every change. */
function makeListing(section) {
  const search = h("input", { type: "search", id: "search", autocomplete: "off", spellcheck: "false", oninput: () => ask({ q: search.value || null, page: null }) });
  const count = h("p", { class: "quiet", role: "status", id: "count" });
  const views = [["ranking", "html.ranking"], ["heat", "html.heat"]].map(([id, word]) =>
    h("button", { type: "button", "data-view": id, onclick: () => ask({ view: id === "heat" ? "heat" : null }) }, say(word)));
  const filters = h("div", { class: "filters" });
  const table = h("div", { class: "wide", tabindex: "0", role: "region", "aria-labelledby": "entities-head", id: "listing" });
  const pages = h("nav", { class: "pages", "aria-label": say("html.entities") });
  section.replaceChildren(
    h("h2", { id: "entities-head" }, say("html.entities")),
    h("div", { class: "tools" },
      h("label", { class: "search" }, h("span", {}, say("html.search")), search),
      h("div", { class: "views", role: "group", "aria-label": say("html.entities") }, views)),
    filters, count, table, pages);
  return { search, count, views, filters, table, pages };
}

/** Changes what is asked, in the address; a search while one types takes the place of the one before. */
function ask(changes) {
  const query = new URLSearchParams(place.query);
  for (const [name, value] of Object.entries(changes)) value === null ? query.delete(name) : query.set(name, value);
  history.replaceState(null, "", address("#/", query));
  place.query = query;
  place.hash = location.hash;
  showListing();
}

function showListing() {
  const { search, count, views, filters, table, pages } = place.listing;
  const heat = place.query.get("view") === "heat";
  if (search.value !== (place.query.get("q") || "")) search.value = place.query.get("q") || "";
  for (const button of views) button.setAttribute("aria-pressed", String((button.dataset.view === "heat") === heat));
  showFilters(filters);
  const rows = chosen();
  const last = Math.max(Math.ceil(rows.length / PER_PAGE) - 1, 0);
  const page = Math.min(Number(place.query.get("page")) || 0, last);
  const from = page * PER_PAGE;
  const shown = rows.slice(from, from + PER_PAGE);
  count.textContent = say("html.shown", { count: whole(rows.length), all: whole(entities().count) });
  const focused = document.activeElement?.dataset?.sort;
  const nobody = () => h("p", { class: "notice" }, say(entities().count ? "html.nothing_found" : "html.no_entity"));
  table.replaceChildren(shown.length ? (heat ? heatMap : ranking)(shown) : nobody());
  if (focused) table.querySelector(`[data-sort="${CSS.escape(focused)}"]`)?.focus();
  pages.replaceChildren(...(last ? turning(page, last, from, rows.length) : []));
}

const whole = (number) => printed(number, 0);
const ranked = (rank) => rank !== null && printed(rank, Number.isInteger(rank) ? 0 : 1);

function turning(page, last, from, count) {
  const turn = (to) => () => {
    ask({ page: to || null });
    place.listing.table.scrollIntoView({ block: "nearest" });
  };
  return [
    h("button", { type: "button", disabled: page === 0, onclick: turn(page - 1) }, `‹ ${say("html.earlier")}`),
    h("span", { class: "quiet" }, say("html.page", { first: whole(from + 1), last: whole(Math.min(from + PER_PAGE, count)), count: whole(count) })),
    h("button", { type: "button", disabled: page === last, onclick: turn(page + 1) }, `${say("html.later")} ›`),
  ];
}

function showFilters(root) {
  if (root.dataset.sheet !== String(place.sheet)) {
    root.dataset.sheet = place.sheet;
    root.replaceChildren(
      ...choices().map(({ id, name, options }) =>
        h("select", { "data-filter": id, "aria-label": say("html.filter", { name }), onchange: (event) => ask({ [id]: event.target.value || null, page: null }) },
          h("option", { value: "" }, say("html.any", { name })),
          options.map(([value, title]) => h("option", { value }, title)))),
      h("button", { type: "button", class: "clear", onclick: clear }, say("html.clear")));
  }
  for (const one of root.querySelectorAll("select")) one.value = place.query.get(one.dataset.filter) || "";
  root.querySelector(".clear").hidden = ![...place.query.keys()].some((name) => name === "q" || name === "band" || name === "segment" || name.startsWith("a."));
}

function clear() {
  const names = [...place.query.keys()].filter((name) => name === "q" || name === "band" || name === "segment" || name.startsWith("a."));
  ask(Object.fromEntries([...names, "page"].map((name) => [name, null])));
  place.listing.search.focus();
}

/** A head that sorts: by itself, then the other way round. */
function head(key, title, extra = {}) {
  const [now, down] = (place.query.get("sort") || (D.scale.lower ? "score-" : "score")).match(/^(.*?)(-?)$/).slice(1);
  const sorted = now === key ? (down ? "descending" : "ascending") : null;
  const next = sorted === "ascending" ? `${key}-` : key;
  return h("th", { scope: "col", "aria-sort": sorted, ...extra },
    h("button", { type: "button", class: "sort", "data-sort": key, onclick: () => ask({ sort: next, page: null }) },
      title, h("span", { class: "arrow", "aria-hidden": "true" }, sorted ? (down ? "↓" : "↑") : "↕")));
}

function entityCell(row) {
  return h("th", { scope: "row", class: "entity" }, h("a", { href: hrefOf(row) }, nameOf(row)), keyShown(row) && h("span", { class: "quiet" }, keyShown(row)));
}

function ranking(rows) {
  const moved = sheet().change.change;
  const named = new Set(D.names);
  const attributes = D.attributes.map((one, k) => [one, k]).filter(([, k]) => !named.has(k));
  return h("table", { class: "ranking" },
    h("caption", { class: "unseen" }, say("html.ranking")),
    h("thead", {}, h("tr", {},
      head("name", say("html.name"), { class: "entity" }),
      head("score", say("html.score")),
      D.bands.length > 0 && h("th", { scope: "col" }, say("html.band")),
      moved && head("change", say("html.since_only", { period: sheet().change.since }), { class: "number" }),
      entities().rank && head("rank", say("html.rank"), { class: "number" }),
      head("coverage", say("html.coverage"), { class: "number" }),
      attributes.map(([{ id, title }]) => head(`a.${id}`, title)))),
    h("tbody", {}, rows.map((row) => {
      const score = node(0, "score", row);
      const own = node(0, "band", row);
      return h("tr", {},
        entityCell(row),
        h("td", { class: "main" }, score === null ? quiet(node(0, "why", row) || say("explain.no_score")) : scored(score, own)),
        D.bands.length > 0 && h("td", { class: "main" }, chip(own)),
        moved && h("td", { class: "number main change" }, at(moved, row)),
        entities().rank && h("td", { class: "number" }, ranked(at(entities().rank, row))),
        h("td", { class: "number" }, node(0, "coverage", row)),
        attributes.map(([, k]) => h("td", {}, at(entities().attributes[k], row))));
    })));
}

function heatMap(rows) {
  const columns = D.nodes.map((one, index) => ({ ...one, index })).filter(({ index }) => different(entities().nodes[index].score).length);
  return h("table", { class: "heat" },
    h("caption", { class: "unseen" }, say("html.heat")),
    h("thead", {}, h("tr", {}, head("name", say("html.name"), { class: "entity" }),
      columns.map(({ id, name, metric, index }) => head(index ? `n.${id}` : "score", index ? name : say("html.score"), { class: metric ? "metric" : "group" })))),
    h("tbody", {}, rows.map((row) => h("tr", {}, entityCell(row), columns.map(({ index }) => heatCell(index, row))))));
}

/** The score of a node in the colour of its band, with the band's sign and, for those who hear the page, its name. */
function heatCell(index, row) {
  const score = node(index, "score", row);
  const own = node(index, "band", row);
  if (score === null) return h("td", { class: "empty" }, h("span", { "aria-hidden": "true" }, "–"), unseen(say("explain.no_score")));
  if (own === null) return h("td", { class: "bare", "--part": `${100 * (along(numeric(score)) ?? 0)}%` }, score);
  return h("td", { class: "banded", "--band": band(own).color },
    h("span", { class: "sign", "aria-hidden": "true" }, signOf(own)), score, unseen(` ${band(own).title}`));
}
