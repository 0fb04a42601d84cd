// The page of one entity: its score and what made it, what would help, and each metric.

const MOST_CAUSES = 5;

/** Everything that is told of an entity, and what draws its charts; on paper as much as one page holds. */
function entityView(row, { paper = false } = {}) {
  const charts = [];
  const chart = (name, rows) => {
    const element = h("div", { class: "chart" });
    charts.push([element, name, rows]);
    return element;
  };
  const losses = waterfallOf(row);
  const course = sheet().trend.scores ? trendOf(0, row) : [];
  const past = course.length > 1 || causes(row);
  const view = h("article", { class: "entity-page" },
    h("header", {},
      h("h1", { tabindex: "-1" }, nameOf(row)),
      h("p", { class: "quiet" }, [keyShown(row), sheet().period].filter(Boolean).join(" · ")),
      verdict(row),
      facts(row)),
    h("div", { class: "beside" },
      losses.length > 2 && h("section", {}, h("h2", {}, say("html.lost")), chart("waterfall", losses), !paper && asTable(losses)),
      losses.length === 2 && h("section", {}, h("h2", {}, say("html.lost")), h("p", {}, say("lost.none"))),
      past && h("section", {},
        course.length > 1 && [h("h2", {}, say("html.trend")), chart("trend", course), !paper && asTable(course.map((one) => ({ ...one, label: one.period })))],
        causes(row, paper)),
      paper && !past && recommendations(row)),
    !(paper && !past) && recommendations(row),
    h("section", {}, h("h2", {}, say("html.parts")), parts(row, paper)));
  return { view, draw: () => Promise.all(charts.map(([element, name, rows]) => draw(element, name, rows))) };
}

function verdict(row) {
  const score = node(0, "score", row);
  const change = at(sheet().change.change, row);
  return h("p", { class: "verdict" },
    h("span", { class: "large" }, score ?? say("explain.no_score")),
    score !== null && D.scale.full !== null && h("span", { class: "quiet" }, `/ ${D.scale.full}`),
    chip(node(0, "band", row)),
    change !== null && h("span", { class: "change" }, say("html.since_before", { period: sheet().change.since, points: change })));
}

/** Why there is no score, the bounds, the rank, what was measured, rules, segments and attributes. */
function facts(row) {
  const coverage = node(0, "coverage", row);
  const told = [...said(["why"], 0, row), at(entities().ranked, row), at(entities().bounds, row), coverage && say("explain.coverage", { share: coverage })];
  const segments = at(entities().segments, row);
  const rules = said(["rules"], 0, row);
  const named = new Set(D.names);
  const attributes = D.attributes.map((name, k) => [name, at(entities().attributes[k], row)]).filter(([, value], k) => value && !named.has(k));
  return [
    h("ul", { class: "facts" }, told.filter(Boolean).map((text) => h("li", {}, text))),
    rules.length > 0 && h("ul", { class: "rules" }, rules.map((line) => h("li", {}, line))),
    (attributes.length > 0 || segments) && h("dl", { class: "attributes" },
      attributes.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
      segments && h("div", {}, h("dt", {}, say("html.segment")), h("dd", {}, segments))),
  ];
}

function asTable(rows) {
  return h("details", {}, h("summary", {}, say("html.as_table")),
    h("table", { class: "small" },
      h("tbody", {}, rows.map((one) => h("tr", {}, h("th", { scope: "row" }, one.label), h("td", { class: "number" }, one.text))))));
}

/** What changed since the period before: a column that adds up; on paper the small changes together. */
function causes(row, paper) {
  const all = sheet().change.why?.[row];
  if (!all) return null;
  const lines = paper ? together(all) : all;
  return [
    h("h3", {}, say("since.heading", { period: sheet().change.since })),
    h("table", { class: "small causes" },
      h("tbody", {}, lines.slice(0, -1).map(([label, points]) => h("tr", {}, h("th", { scope: "row" }, label), h("td", { class: "number" }, points)))),
      h("tfoot", {}, h("tr", {}, h("th", { scope: "row" }, lines.at(-1)[0]), h("td", { class: "number" }, lines.at(-1)[1])))),
  ];
}

function together(lines) {
  if (lines.length <= MOST_CAUSES + 2) return lines;
  const decimals = (lines[0][1].split(D.separators[1])[1] || "").length;
  const rest = lines.slice(MOST_CAUSES, -1).reduce((sum, [, points]) => sum + numeric(points), 0);
  return [...lines.slice(0, MOST_CAUSES), [say("since.others"), printed(rest, decimals, true)], lines.at(-1)];
}

function recommendations(row) {
  const { texts, rows } = sheet().advice;
  const text = (index) => (index === null ? null : texts[index]);
  const own = (rows[row] || []).map(([about, value, target, action, gain, owner, due, effort, library, tasks]) =>
    h("li", {},
      h("div", { class: "action" }, h("strong", {}, text(action)), text(gain) && h("span", { class: "gain" }, say("html.brings_points", { points: text(gain) }))),
      h("p", { class: "quiet" }, [
        say(text(value) && text(target) ? "html.now_and_target" : text(value) ? "html.now" : "html.about", { about: text(about), value: text(value), target: text(target) }),
        text(owner) && say("html.owner", { name: text(owner) }),
        text(due) && say("html.by", { day: text(due) }),
        text(effort) && say("html.effort", { effort: text(effort) }),
        library === 1 && say("html.library"),
      ].filter(Boolean).join(" · ")),
      tasks.length > 0 && h("ol", { class: "tasks" }, tasks.map((task) => h("li", {}, text(task[0]), quiet(` ${[text(task[1]), text(task[2])].filter(Boolean).join(" · ")}`))))));
  return h("section", {}, h("h2", {}, say("html.recommendations")),
    own.length ? h("ol", { class: "advice" }, own) : h("p", { class: "quiet" }, say("html.nothing_recommended")));
}

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
  const score = node(index, "score", row);
  const own = node(index, "band", row);
  const share = node(index, "share", row);
  const lines = paper ? said(["why", "rules"], index, row) : linesOf(one, index, row);
  const weight = node(index, "weight", row);
  const details = h("tr", { class: "more", hidden: !paper }, h("td", { colspan: String(columns) }, lines.map((line) => h("p", {}, line))));
  const toggle = lines.length > 0 && !paper && h("button", { type: "button", class: "toggle", "aria-expanded": "false", "aria-label": say("html.details", { name: one.name }), onclick: (event) => {
    details.hidden = !details.hidden;
    event.currentTarget.setAttribute("aria-expanded", String(!details.hidden));
  } }, h("span", { "aria-hidden": "true" }, "›"));
  const why = paper ? null : said(["why"], index, row)[0];
  return [
    h("tr", { class: one.metric ? "metric" : "group" },
      h("th", { scope: "row", "--depth": depthOf(index) }, toggle, one.name),
      cell("value", "html.value"), cell("target", "html.target"), cell("gap", "html.gap"),
      h("td", { "data-label": say("html.score"), class: "score" }, score === null ? quiet(why ?? (weight === "0" ? "" : say("explain.no_score"))) : h("div", { class: "scored" }, scored(score, own), chip(own))),
      h("td", { class: "number", "data-label": say("html.weight") }, weight, share && weight !== "0" && quiet(` ${share}`)),
      cell("brings", "html.brings"), cell("costs", "html.costs"),
      since && h("td", { class: "number", "data-label": say("html.since_only", { period: since }) }, movedOf(index, row))),
    lines.length > 0 && details,
  ].filter(Boolean);
}

function depthOf(index) {
  let depth = 0;
  for (let parent = D.nodes[index].parent; parent; parent = D.nodes[parent].parent) depth += 1;
  return depth;
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
  const about = [one.how, one.objective && say("html.objective", { text: one.objective }), one.owner && say("html.owner", { name: one.owner }), one.due && say("html.by", { day: one.due })].filter(Boolean);
  return about.length ? [...lines, about.join(say("list.pause"))] : lines;
}
