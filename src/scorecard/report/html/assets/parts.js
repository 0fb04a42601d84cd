// Groups and metrics of an entity: what each is, what it brought and cost, and how it came about.

const MOST_BARS_IN_A_CELL = 6;

/** Groups and metrics, each with what it brought and, below it, how it came about. */
function parts(row, paper) {
  const since = !paper && D.nodes.some((one, index) => sheet().trend.scores && movedOf(index, row) !== null) && sheet().trend.periods.at(-2);
  const heads = ["html.value", "html.target", "html.gap", "html.score", "html.weight", "html.brings", "html.costs"];
  const columns = 1 + heads.length + (since ? 1 : 0);
  const body = D.nodes.flatMap((one, index) => (index ? partRows(one, index, row, since, columns, paper) : []));
  return h("div", { class: "wide", tabindex: paper ? null : "0", role: "region", "aria-label": say("html.parts") },
    h("table", { class: "parts tree" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, say("html.name")),
        heads.map((word, k) => h("th", { scope: "col", class: k === 3 ? null : "number" }, say(word))),
        since && h("th", { scope: "col", class: "number" }, say("html.since_only", { period: since })))),
      h("tbody", {}, body)));
}

function partRows(one, index, row, since, columns, paper) {
  const cell = (name, word) => h("td", { class: "number", "data-label": say(word) }, node(index, name, row));
  const weight = node(index, "weight", row);
  const share = node(index, "share", row);
  const moved = since ? movedOf(index, row) : null;
  const lines = paper ? said(["why", "rules"], index, row) : linesOf(one, index, row);
  const details = h("tr", { class: "more", hidden: !paper }, h("td", { colspan: String(columns) }, lines.map((line) => h("p", {}, line))));
  return [
    h("tr", { class: one.metric ? "metric" : "group" },
      h("th", { scope: "row", "--depth": depthOf(index) }, lines.length > 0 && !paper && toggling(details, one.name), one.name),
      cell("value", "html.value"), cell("target", "html.target"), cell("gap", "html.gap"),
      h("td", { "data-label": say("html.score"), class: "score" }, outcome(index, row, paper)),
      h("td", { class: "number", "data-label": say("html.weight") }, weight, share && weight !== "0" && quiet(` ${share}`)),
      cell("brings", "html.brings"), cell("costs", "html.costs"),
      since && h("td", { class: "number", "data-label": say("html.since_only", { period: since }) },
        bars(index, row), moved !== null && h("span", { class: "moved" }, moved))),
    lines.length > 0 && details,
  ].filter(Boolean);
}

/** The score with its band, or why there is none; on paper that stands below. */
function outcome(index, row, paper) {
  const score = node(index, "score", row);
  const own = node(index, "band", row);
  if (score !== null) return h("div", { class: "scored" }, scored(score, own), chip(own));
  const why = paper ? null : said(["why"], index, row)[0];
  return quiet(why ?? (node(index, "weight", row) === "0" ? "" : say("explain.no_score")));
}

/** What opens and closes the details of a node. */
function toggling(details, name) {
  const turn = (event) => {
    details.hidden = !details.hidden;
    event.currentTarget.setAttribute("aria-expanded", String(!details.hidden));
  };
  const about = { type: "button", class: "toggle", "aria-expanded": "false", "aria-label": say("html.details", { name }), onclick: turn };
  return h("button", about, h("span", { "aria-hidden": "true" }, "›"));
}

function depthOf(index) {
  let depth = 0;
  for (let parent = D.nodes[index].parent; parent; parent = D.nodes[parent].parent) depth += 1;
  return depth;
}

/** The scores of a node over the periods as small bars, the last in the colour of its band; the details say them in words. */
function bars(index, row) {
  const course = sheet().trend.scores[index].map((column) => along(at(column, row))).slice(-MOST_BARS_IN_A_CELL);
  if (!course.some((part) => part !== null)) return null;
  const own = node(index, "band", row);
  const color = (k) => (k === course.length - 1 && own !== null ? band(own).color : null);
  return h("span", { class: "course", "aria-hidden": "true" },
    course.map((part, k) => h("span", { "--part": part === null ? "0" : `${Math.max(100 * part, 6)}%`, "--band": color(k) })));
}

/** By how much a node moved since the period before. */
function movedOf(index, row) {
  const columns = sheet().trend.scores[index];
  const [then, now] = [at(columns.at(-2), row), at(columns.at(-1), row)];
  if (then === null || now === null) return null;
  const decimals = D.nodes[index].decimals;
  return printed(now - then, decimals, true);
}

const said = (names, index, row) => names.flatMap((name) => (node(index, name, row) || "").split("\n")).filter(Boolean);

function linesOf(one, index, row) {
  const lines = said(["why", "how", "rules"], index, row);
  const course = sheet().trend.scores ? trendOf(index, row) : [];
  if (course.length > 1) lines.push(course.map(({ period, text }) => `${period} ${text}`).join(" → "));
  const about = [
    one.how,
    one.objective && say("html.objective", { text: one.objective }),
    one.owner && say("html.owner", { name: one.owner }),
    one.due && say("html.by", { day: one.due }),
  ].filter(Boolean);
  return about.length ? [...lines, about.join(say("list.pause"))] : lines;
}
