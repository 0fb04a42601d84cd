// Elements are made of texts, never of markup: what a name says stays a name.

/** An element: `h("a", {class: "x", href}, "text", child)`. What is null or false is left out. */
function h(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name.startsWith("--")) made.style.setProperty(name, value);
    else if (typeof value === "boolean" && name in made) made[name] = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return made;
}

const quiet = (text) => text && h("span", { class: "quiet" }, text);
const unseen = (text) => h("span", { class: "unseen" }, text);

/** A band by its name, in its colour. */
function chip(index) {
  const one = band(index);
  return one && h("span", { class: "chip", "--band": one.color, "--letters": one.letters }, one.title);
}

/** How far along the scale a score is, from 0 to 1; null where there are no ends. */
function along(score) {
  if (score === null || D.scale.low === null) return null;
  return Math.min(Math.max((score - D.scale.low) / (D.scale.high - D.scale.low), 0), 1);
}

/** A score with a bar in the colour of its band. */
function scored(text, index) {
  const part = along(numeric(text));
  const color = index === null ? null : band(index).color;
  return h("span", { class: "bar-cell" },
    h("span", { class: "figure" }, text),
    part !== null && h("span", { class: "track", "aria-hidden": "true" }, h("span", { "--part": `${100 * part}%`, "--band": color })));
}

/** Fills bands and entities into what the template left open. */
function settle(root) {
  for (const one of root.querySelectorAll("[data-band]")) {
    const found = D.bands.find((each) => each.id === one.dataset.band);
    if (found) {
      one.style.setProperty("--band", found.color);
      one.style.setProperty("--letters", found.letters);
    }
  }
  for (const one of root.querySelectorAll("a[data-row]")) {
    one.textContent = nameOf(Number(one.dataset.row));
    one.href = hrefOf(Number(one.dataset.row));
  }
}
