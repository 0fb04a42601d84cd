// One entity, beside the result: its address is kept in the page's own, so that it can be linked to and gone back from.
import { ask, Refused } from "./asking.js";
import { draw } from "./charts.js";

const sheet = document.getElementById("entity");
const body = document.getElementById("entity-body");
let key = null;
let context = () => ({});

export function start(asked) {
  context = asked;
  document.addEventListener("click", (event) => {
    const open = event.target.closest("button.open");
    if (open) location.hash = `#entity=${encodeURIComponent(open.dataset.key)}`;
  });
  document.getElementById("entity-close").addEventListener("click", () => sheet.close());
  sheet.addEventListener("click", (event) => {
    if (event.target === sheet) sheet.close();
  });
  sheet.addEventListener("close", () => {
    key = null;
    if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  });
  window.addEventListener("hashchange", follow);
  follow();
}

export async function refresh() {
  if (key === null) return;
  const asked = key;
  try {
    const answer = await ask("/entity", { ...context(), key: asked });
    if (key !== asked) return;
    body.innerHTML = answer.entity;
    if (!sheet.open) {
      sheet.showModal();
      sheet.scrollTop = 0;
    }
    await draw(body, answer.charts);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    body.textContent = error.message;
    if (!sheet.open) sheet.showModal();
  }
}

async function follow() {
  const found = location.hash.match(/^#entity=(.*)$/);
  key = found ? parsed(found[1]) : null;
  if (key === null) {
    if (sheet.open) sheet.close();
    return;
  }
  await refresh();
}

function parsed(text) {
  try {
    const found = JSON.parse(decodeURIComponent(text));
    return Array.isArray(found) ? found : null;
  } catch {
    return null;
  }
}
