// Which entities are shown, in which order: kept in the address, so that a link holds them and going back returns to them.

const MOST_CHOICES = 60;
const texts = new Map();

/** Everything an entity is searched by, in small letters. */
function searched(row) {
  if (!texts.has(place.sheet)) texts.set(place.sheet, []);
  const known = texts.get(place.sheet);
  known[row] ??= [...keyOf(row), ...entities().attributes.map((column) => at(column, row))].join(" ").toLocaleLowerCase();
  return known[row];
}

/** What can be chosen: bands, segments, and attributes with few different values. */
function choices() {
  const found = [];
  if (D.bands.length) {
    const used = new Set(different(entities().nodes[0].band));
    const options = D.bands.map((one, index) => [one.id, one.title, index]).filter(([, , index]) => used.has(index)).reverse();
    if (different(entities().nodes[0].band).length) found.push({ id: "band", name: say("html.band"), options: [...options, ["-", say("explain.no_score")]] });
  }
  const segments = different(entities().segments);
  if (segments.length) found.push({ id: "segment", name: say("html.segment"), options: [...segments.map((one) => [one, one]), ["-", say("html.none")]] });
  D.attributes.forEach(({ id, title }, k) => {
    const values = different(entities().attributes[k]);
    if (values.length > 1 && values.length <= MOST_CHOICES && values.length < entities().count / 2) {
      found.push({ id: `a.${id}`, name: title, options: values.map((one) => [one, one]) });
    }
  });
  return found;
}

/** The columns one can sort by: how each is read, and whether the best comes first. */
function orders() {
  const found = { name: { of: nameOf, text: true }, score: { of: (row) => numeric(node(0, "score", row)) } };
  D.attributes.forEach(({ id }, k) => (found[`a.${id}`] = { of: (row) => at(entities().attributes[k], row), text: true }));
  if (entities().rank) found.rank = { of: (row) => at(entities().rank, row) };
  if (sheet().change.change) found.change = { of: (row) => numeric(at(sheet().change.change, row)) };
  found.coverage = { of: (row) => numeric(node(0, "coverage", row)) };
  D.nodes.forEach((one, index) => (found[`n.${one.id}`] = { of: (row) => numeric(node(index, "score", row)) }));
  return found;
}

function fits(row, query) {
  const words = (query.get("q") || "").toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (!words.every((word) => searched(row).includes(word))) return false;
  for (const [name, value] of query) {
    if (name === "band" && (band(node(0, "band", row))?.id ?? "-") !== value) return false;
    if (name === "segment" && (at(entities().segments, row) ?? "-") !== value) return false;
    if (name.startsWith("a.") && at(entities().attributes[D.attributes.findIndex(({ id }) => id === name.slice(2))], row) !== value) return false;
  }
  return true;
}

/** The rows that are shown, in their order; without a score last. */
function chosen(query = place.query) {
  const [key, down] = (query.get("sort") || (D.scale.lower ? "score-" : "score")).match(/^(.*?)(-?)$/).slice(1);
  const { of, text } = orders()[key] || orders().score;
  const rows = [...Array(entities().count).keys()].filter((row) => fits(row, query)).map((row) => [row, of(row)]);
  const compare = text ? collator.compare : (one, other) => one - other;
  rows.sort(([, one], [, other]) => {
    if (one === null || other === null) return (one === null) - (other === null);
    return down ? compare(other, one) : compare(one, other);
  });
  return rows.map(([row]) => row);
}
