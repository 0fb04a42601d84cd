// What the page tells, and how its words and columns are read.

const D = JSON.parse(document.getElementById("content").textContent);
const collator = new Intl.Collator(D.language, { numeric: true, sensitivity: "base" });
const place = { sheet: D.sheets.length - 1, query: new URLSearchParams(), view: "portfolio" };

const sheet = () => D.sheets[place.sheet];
const entities = () => sheet().entities;

/** The words of a key with their values filled in. */
function say(key, values = {}) {
  return D.words[key].replace(/\{([a-z_]+)\}/g, (written, name) => (name in values ? values[name] : written));
}

/** An entry of a column, however it is packed; null where there is none. */
function at(column, row) {
  if (!column) return null;
  if (Array.isArray(column)) return column[row] ?? null;
  return ("all" in column ? column.all : column.of[column.at[row]]) ?? null;
}

/** Every different entry of a column, in the order of the language. */
function different(column) {
  const found = Array.isArray(column) ? column : "all" in column ? [column.all] : column.of;
  return [...new Set(found)].filter((entry) => entry !== null && entry !== "").sort(collator.compare);
}

/** A number as it is printed, read back. */
function numeric(text) {
  if (text === null || text === "") return null;
  const [group, point] = D.separators;
  return Number(text.replaceAll(group, "").replace(point, ".").replace("−", "-").replace("+", "").replace("%", ""));
}

/** A number at so many decimals, as the language writes it; `signed` with its sign. */
function printed(number, decimals, signed = false) {
  const text = Math.abs(number).toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  const zero = !/[1-9]/.test(text);
  return (zero ? "" : number < 0 ? "−" : signed ? "+" : "") + text.replace(/[,.]/g, (mark) => D.separators[mark === "," ? 0 : 1]);
}

const node = (index, name, row) => at(entities().nodes[index][name], row);
const keyOf = (row) => entities().key.map((part) => at(part, row));
const band = (index) => (index === null ? null : D.bands[index]);

/** What an entity is called: the attributes that name its key parts, else these. */
function nameOf(row) {
  const parts = D.names.map((attribute, k) => (attribute === null ? null : at(entities().attributes[attribute], row)) || at(entities().key[k], row));
  return parts.length ? parts.join(" · ") : D.title;
}

/** The key, where the name is another one. */
function keyShown(row) {
  const key = keyOf(row).join(" · ");
  return key === nameOf(row) ? "" : key;
}

/** The sign of a band: the worst, the best, and those between. */
function signOf(index) {
  const last = D.bands.filter((one) => one.placed).length - 1;
  if (!D.bands[index].placed) return "■";
  const rank = D.scale.lower ? last - index : index;
  return rank === last ? "▲" : rank === 0 ? "▼" : "◆";
}

/** The address of an entity, with the filters that lead to it. */
const hrefOf = (row, query = place.query) => address(`#/entity/${keyOf(row).map(encodeURIComponent).join("/")}`, query);

function address(path, query) {
  const asked = String(query);
  return asked ? `${path}?${asked}` : path;
}
