// The report on paper: the portfolio, then a page for each entity that the filters leave. `#/print` with the same questions as the list.

/** Builds everything that is printed; the document says `data-ready` when it is all there. */
async function showPaper(root) {
  const rows = chosen();
  const cover = document.createElement("div");
  cover.className = "cover";
  for (const part of document.querySelectorAll(`#portfolio > .sheet[data-sheet="${place.sheet}"]`)) {
    const copy = part.cloneNode(true);
    copy.hidden = false;
    for (const chart of copy.querySelectorAll("[data-chart]")) chart.replaceChildren();
    for (const away of copy.querySelectorAll("details, .away")) away.remove();
    cover.append(copy);
  }
  const views = rows.map((row) => entityView(row, { paper: true }));
  root.replaceChildren(
    h("p", { class: "notice screen" }, say("html.printing", { count: whole(rows.length) }), " ",
      h("button", { type: "button", onclick: () => window.print() }, say("html.print")), " ", h("a", { href: address("#/", place.query) }, say("html.back"))),
    cover, ...views.map(({ view }) => view));
  settle(cover);
  await charts;
  await drawOverview(cover);
  for (const { draw } of views) await draw();
  document.documentElement.dataset.ready = "paper";
}
