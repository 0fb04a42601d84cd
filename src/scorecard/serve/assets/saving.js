// What would be written is shown before it is; the box answers whether it shall be.
import { say } from "./asking.js";

const box = document.getElementById("saving");
const title = document.getElementById("saving-title");
const about = document.getElementById("saving-about");
const diff = document.getElementById("diff");
const warning = document.getElementById("saving-warning");
const yes = document.getElementById("saving-yes");
const no = document.getElementById("saving-no");
const KINDS = { "+": "added", "-": "gone", "@": "place" };

export function confirmed(proposed, file, writes) {
  title.textContent = say(writes ? "saving.title" : "saving.patch");
  about.textContent = proposed.diff ? say("saving.about", { file }) : say("saving.nothing");
  about.hidden = !writes && Boolean(proposed.diff);
  diff.hidden = !proposed.diff;
  diff.replaceChildren(...lines(proposed.diff));
  const wrong = proposed.errors.length ? [say("saving.errors"), ...proposed.errors] : [proposed.other ?? ""];
  warning.textContent = wrong.join("\n");
  warning.hidden = !warning.textContent;
  no.textContent = say(writes && proposed.diff ? "saving.no" : "saving.close");
  yes.hidden = !writes || !proposed.diff;
  box.showModal();
  return new Promise((done) => {
    const end = (answer) => {
      yes.onclick = no.onclick = box.onclose = null;
      box.close();
      done(answer);
    };
    yes.onclick = () => end(true);
    no.onclick = () => end(false);
    box.onclose = () => end(false);
  });
}

// The lines of a diff; of a line that takes the place of another one, what is other in it is marked.
function lines(text) {
  const found = text.split("\n").slice(0, -1);
  return found.map((line, place) => {
    const shown = document.createElement("span");
    shown.className = /^(\+\+\+|---)/.test(line) ? "place" : (KINDS[line[0]] ?? "");
    const other = { gone: found[place + 1], added: found[place - 1] }[shown.className];
    const pair = other && { gone: "+", added: "-" }[shown.className] === other[0];
    shown.append(...(pair ? marked(line, other) : [line || " "]));
    return shown;
  });
}

function marked(line, other) {
  let start = 1;
  while (start < line.length && line[start] === other[start]) start += 1;
  let end = 0;
  while (end < line.length - start && end < other.length - start && line.at(-1 - end) === other.at(-1 - end)) end += 1;
  const own = document.createElement("mark");
  own.textContent = line.slice(start, line.length - end);
  return [line.slice(0, start), own, line.slice(line.length - end)];
}
