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
    !paper && followUps(row),
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
  const attributes = D.attributes.map(({ title }, k) => [title, at(entities().attributes[k], row)]).filter(([, value], k) => value && !named.has(k));
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
  const own = (rows[row] || []).map((held) => {
    const [about, value, target, action, gain, owner, due, effort] = held.slice(0, 8).map((index) => (index === null ? null : texts[index]));
    const [library, tasks] = held.slice(8);
    const standing = value && target ? "html.now_and_target" : value ? "html.now" : "html.about";
    const asked = [
      say(standing, { about, value, target }),
      owner && say("html.owner", { name: owner }),
      due && say("html.by", { day: due }),
      effort && say("html.effort", { effort }),
      library === 1 && say("html.library"),
    ];
    return h("li", {},
      h("div", { class: "action" }, h("strong", {}, action), gain && h("span", { class: "gain" }, say("html.brings_points", { points: gain }))),
      h("p", { class: "quiet" }, asked.filter(Boolean).join(" · ")),
      tasks.length > 0 && h("ol", { class: "tasks" }, tasks.map((own) => task(...own.map((index) => (index === null ? null : texts[index]))))));
  });
  return h("section", {}, h("h2", {}, say("html.recommendations")),
    own.length ? h("ol", { class: "advice" }, own) : h("p", { class: "quiet" }, say("html.nothing_recommended")));
}

/** The recommendations that were taken on: how far each is, what was promised and what came of it. */
function followUps(row) {
  const own = (sheet().followed[row] || []).map((one) => h("li", {},
    h("div", { class: "action" }, h("strong", {}, one.action), h("span", { class: "gain" }, one.verdict)),
    h("p", {}, one.state),
    h("p", { class: "quiet" }, [one.about, one.came].filter(Boolean).join(" · "))));
  return own.length > 0 && h("section", {}, h("h2", {}, say("html.followed")), h("ol", { class: "advice followed" }, own));
}

const task = (what, owner, due) => h("li", {}, what, quiet(` ${[owner, due].filter(Boolean).join(" · ")}`));
