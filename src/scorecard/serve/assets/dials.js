// Sliders and the numbers beside them. What stands elsewhere than written is tried; a number may lie beyond its slider.
import { counted, say } from "./asking.js";

const panels = document.getElementById("panels");
const about = document.getElementById("trying");
const badge = document.getElementById("turned");
const doing = ["reset", "patch", "keep"].map((id) => document.getElementById(id));
const turned = new Map();

export function numbers() {
  return Object.fromEntries(turned);
}

export function any() {
  return turned.size > 0;
}

export function put(html) {
  panels.innerHTML = html;
  for (const name of [...turned.keys()]) if (!row(name)) turned.delete(name);
  for (const [name, number] of turned) stand(row(name), number);
  tell();
}

export function reset() {
  for (const name of [...turned.keys()]) stand(row(name), Number(row(name).dataset.number));
  turned.clear();
  tell();
}

export function moved(then) {
  panels.addEventListener("input", (event) => {
    const own = event.target.closest(".dial");
    const number = event.target.valueAsNumber;
    if (!own || !Number.isFinite(number)) return;
    turn(own, number, event.target);
    then();
  });
  panels.addEventListener("click", (event) => {
    const undo = event.target.closest(".undo");
    if (!undo) return;
    const own = undo.closest(".dial");
    turn(own, Number(own.dataset.number), null);
    own.querySelector("input").focus();
    then();
  });
}

function turn(own, number, by) {
  const { name } = own.dataset;
  if (number === Number(own.dataset.number)) turned.delete(name);
  else turned.set(name, number);
  stand(own, number, by);
  tell();
}

function row(name) {
  return panels.querySelector(`.dial[data-name="${CSS.escape(name)}"]`);
}

function stand(own, number, by = null) {
  for (const input of own.querySelectorAll("input")) if (input !== by) input.value = String(number);
  const other = number !== Number(own.dataset.number);
  own.classList.toggle("turned", other);
  own.querySelector(".undo").hidden = !other;
}

function tell() {
  about.textContent = turned.size ? counted("try.count", turned.size) : say("try.about");
  badge.hidden = turned.size === 0;
  badge.textContent = String(turned.size);
  for (const button of doing) button.disabled = turned.size === 0;
}
