// Charts are drawn when what draws them has been read, and again when the colours change.

const dark = matchMedia("(prefers-color-scheme: dark)");
const MOST_BARS = 14;
const ON_PAPER = 1.4; // drawn larger than it is shown, so that a page holds it
const LOWER = 0.75; // of a trend on paper
const drawn = new Map();

const theme = () => document.documentElement.dataset.theme || (dark.matches ? "dark" : "light");

/** Long names on several lines, so that bars have room. */
function folded(label, most) {
  const lines = [""];
  for (const word of label.split(/(?<=[\s\u3000-\u9fff])/u)) {
    if (lines.at(-1) && (lines.at(-1) + word).trimEnd().length > most) lines.push("");
    lines[lines.length - 1] += word;
  }
  const shown = lines.map((line) => line.trimEnd()).slice(0, 2);
  return lines.length > 2 ? [shown[0], `${shown[1]}…`] : shown;
}

/** Draws the chart of a name with its rows; resolves when it is there. */
async function draw(element, name, rows) {
  drawn.set(element, [name, rows]);
  if (!window.vegaEmbed) return;
  const width = Math.max(element.clientWidth, 200) * (place.view === "print" ? ON_PAPER : 1);
  const spec = structuredClone(sheet().charts[theme()][name]);
  const most = width < 420 ? 18 : width < 800 ? 30 : 48;
  spec.width = width;
  if (place.view === "print" && name === "trend") spec.height *= LOWER;
  spec.data[0].values = name === "waterfall" ? rows.map((row) => ({ ...row, lines: folded(row.label, most) })) : rows;
  const options = { mode: "vega", actions: false, ast: true, renderer: "svg", tooltip: { disableDefaultStyle: true }, defaultStyle: false };
  await window.vegaEmbed(element, spec, options);
  element.setAttribute("role", "img");
  element.setAttribute("aria-label", spec.description);
  element.querySelector("svg").setAttribute("aria-hidden", "true");
}

/** Draws everything again that is on the page. */
function redraw() {
  return Promise.all([...drawn].map(([element, [name, rows]]) => (element.isConnected ? draw(element, name, rows) : drawn.delete(element))));
}

/** The charts of the portfolio. */
function drawOverview(root) {
  const rows = sheet().overview.charts;
  return Promise.all([...root.querySelectorAll("[data-chart]")].map((element) => draw(element, element.dataset.chart, rows[element.dataset.chart])));
}

/** From full marks to the score of an entity: each loss, the largest first. */
function waterfallOf(row) {
  const { labels, points } = entities().lost;
  const score = node(0, "score", row);
  if (score === null || D.scale.best === null) return [];
  const sign = D.scale.lower ? 1 : -1;
  const lost = labels.map((label, k) => ({ label, lost: numeric(at(points[k], row)) })).filter((one) => one.lost);
  lost.sort((one, other) => other.lost - one.lost);
  if (lost.length > MOST_BARS) {
    const rest = lost.splice(MOST_BARS - 1);
    lost.push({ label: say("chart.others", { count: rest.length }), lost: rest.reduce((sum, one) => sum + one.lost, 0) });
  }
  const shown = node(0, "score", row);
  const decimals = (shown.split(D.separators[1])[1] || "").length;
  const rows = [
    { label: say("html.full"), kind: "whole", points: D.scale.best, text: D.scale.full },
    ...lost.map((one) => ({ label: one.label, kind: one.lost > 0 ? "lost" : "gained", points: sign * one.lost, text: printed(sign * one.lost, decimals, true) })),
    { label: say("html.score"), kind: "score", points: 0, text: shown, band: band(node(0, "band", row))?.id ?? "" },
  ];
  return rows.map((one, order) => ({ band: "", ...one, order }));
}

/** The scores of a node over the periods, those it had. */
function trendOf(index, row) {
  const { periods = [], scores } = sheet().trend;
  const decimals = D.nodes[index].decimals;
  const known = periods.map((period, k) => ({ period, value: at(scores[index][k], row) })).filter((one) => one.value !== null);
  return known.map((one, order) => ({
    ...one,
    order,
    text: printed(one.value, decimals),
  }));
}
