// The page: what is typed or turned goes to the server, and what it answers is put in its place.
import { ask, first, latest, look, Refused, say } from "./asking.js";
import { draw } from "./charts.js";
import * as dials from "./dials.js";
import * as editor from "./editor.js";
import { confirmed } from "./saving.js";
import * as sheet from "./sheet.js";
import * as tabs from "./tabs.js";

const PAUSE = 250; // milliseconds without a key until the text is checked
const at = (id) => document.getElementById(id);
const file = document.querySelector(".file").title;
const state = { number: first.number, text: first.text, band: "", most: 50, changed: first.changed };

// ---------------------------------------------------------------- answers

function take(answer) {
  state.number = answer.number;
  state.changed = answer.changed;
  state.status = [answer.status, answer.errors ? "errors" : "fine"];
  told(...state.status);
  at("wrong").hidden = !answer.errors;
  at("wrong").textContent = String(answer.errors);
  at("save").disabled = !answer.changed;
  document.body.classList.toggle("stale", !answer.current);
  editor.show(answer.issues);
  dials.put(answer.dials);
  at("ranked").hidden = at("spread").hidden = !answer.scored;
  if (dials.any()) {
    trying();
  } else {
    at("summary").innerHTML = answer.summary;
    if (answer.scored) listing();
    draw(at("right"), answer.charts);
  }
  press();
  if (answer.scored) sheet.refresh();
}

function told(message, kind) {
  at("status").textContent = message;
  at("status").dataset.kind = kind;
}

function failed(message) {
  told(message, "errors");
}

// ---------------------------------------------------------------- the text

let pause = 0;
const checking = latest(
  "/text",
  () => {
    state.text = editor.text();
    return { text: state.text };
  },
  (answer) => {
    if (answer && state.text === editor.text()) take(answer);
  },
  failed,
);
editor.typed(() => {
  told(say("status.checking"), "busy");
  at("save").disabled = false;
  clearTimeout(pause);
  pause = setTimeout(checking, PAUSE);
});

// While a text is on its way, what was asked of the one before it may be refused; it is asked again with the new one.
function overtaken(message) {
  if (!checking.busy) failed(message);
}

// ---------------------------------------------------------------- numbers that are tried

const asked = () => ({ number: state.number, numbers: dials.numbers() });
const trying = latest(
  "/try",
  asked,
  (answer) => {
    told(...state.status);
    at("summary").innerHTML = answer.summary;
    press();
    draw(at("right"), answer.charts);
    listing();
    sheet.refresh();
  },
  overtaken,
);
dials.moved(trying);
at("panels").addEventListener("click", (event) => {
  const own = event.target.closest(".jump");
  if (!own) return;
  tabs.choose(at("tab-text"));
  editor.jump({ line: Number(own.dataset.line), column: 1, length: 1 });
});
at("reset").addEventListener("click", () => {
  dials.reset();
  trying();
});

// ---------------------------------------------------------------- everybody

const listing = latest(
  "/ranking",
  () => ({ ...asked(), search: at("search").value, sort: at("sort").value, band: state.band, most: state.most }),
  (answer) => {
    at("ranking").innerHTML = answer.ranking;
  },
  overtaken,
);
function anew() {
  state.most = 50;
  listing();
}
at("search").addEventListener("input", anew);
at("sort").addEventListener("change", anew);
at("ranking").addEventListener("click", (event) => {
  if (event.target.id !== "more") return;
  state.most = Number(event.target.dataset.most);
  listing();
});
at("summary").addEventListener("click", (event) => {
  const chosen = event.target.closest("button.filter");
  if (!chosen) return;
  state.band = state.band === chosen.dataset.band ? "" : chosen.dataset.band;
  press();
  anew();
});
function press() {
  for (const button of document.querySelectorAll("button.filter")) {
    button.setAttribute("aria-pressed", String(button.dataset.band === state.band));
  }
}

// ---------------------------------------------------------------- saving

async function save(proposing, writes = true) {
  try {
    const proposed = await proposing();
    if (!(await confirmed(proposed, file, writes))) return;
    const answer = await ask("/save", { text: proposed.text });
    dials.reset();
    put(answer);
    told(answer.done, "fine");
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    failed(error.message);
    watch();
  }
}

function put(answer) {
  editor.put(answer.text);
  state.text = answer.text;
  take(answer);
}

const saveText = () => save(() => ask("/diff", { text: editor.text() }));
at("save").addEventListener("click", saveText);
at("keep").addEventListener("click", () => save(() => ask("/patch", asked())));
at("patch").addEventListener("click", () => save(() => ask("/patch", asked()), false));
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
  event.preventDefault();
  if (!at("save").disabled && !at("saving").open) saveText();
});
let leaving = false;
document.querySelector(".languages").addEventListener("click", () => {
  leaving = !checking.busy && editor.text() === state.text;
});
window.addEventListener("beforeunload", (event) => {
  // The text is kept by the server while it runs; only another language asks for this page again.
  if (!leaving && (state.changed || editor.text() !== state.text)) event.preventDefault();
});

// ---------------------------------------------------------------- the file, when something else changes it

async function again() {
  try {
    put(await ask("/again", {}));
    at("elsewhere").hidden = true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    failed(error.message);
  }
}
async function watch() {
  const found = await look("/state").catch(() => null);
  at("elsewhere").hidden = found === null || found.same;
}
at("again").addEventListener("click", () => {
  if (!state.changed || window.confirm(say("leave"))) again();
});
at("load").addEventListener("click", again);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) watch();
});

editor.put(first.text);
take(first);
tabs.start();
sheet.start(asked);
