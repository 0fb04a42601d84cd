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

function lines(text) {
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => {
      const shown = document.createElement("span");
      shown.textContent = `${line}\n`;
      shown.className = line.startsWith("+++") || line.startsWith("---") ? "place" : (KINDS[line[0]] ?? "");
      return shown;
    });
}
