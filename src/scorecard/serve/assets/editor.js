// The text with the numbers of its lines; what is wrong stands at its line. The text itself is never touched while it is typed.
import { say } from "./asking.js";

const source = document.getElementById("source");
const gutter = document.getElementById("gutter");
const flags = document.getElementById("flags");
const list = document.getElementById("issues");
const INDENT = "  ";
let lines = 0;

export function text() {
  return source.value;
}

export function put(value) {
  if (source.value === value) return;
  const { scrollTop, selectionStart } = source;
  source.value = value;
  source.setSelectionRange(selectionStart, selectionStart);
  source.scrollTop = scrollTop;
  number([]);
}

export function typed(then) {
  source.addEventListener("input", () => {
    number(null);
    then();
  });
}

export function show(issues) {
  number(issues);
  flags.replaceChildren(...[...byLine(issues)].map(([line, own]) => mark(line, own)));
  list.replaceChildren(...issues.map(entry));
}

function byLine(issues) {
  const found = new Map();
  for (const issue of issues.filter((one) => one.line)) found.set(issue.line, [...(found.get(issue.line) ?? []), issue]);
  return found;
}

// The numbers; those of lines with an issue carry its level. null keeps what is there and only follows the count of lines.
function number(issues) {
  const count = source.value.split("\n").length;
  if (issues === null) {
    if (count === lines) return;
    issues = [];
    flags.replaceChildren();
  }
  lines = count;
  const levels = new Map();
  for (const issue of issues) if (levels.get(issue.line) !== "error") levels.set(issue.line, issue.level);
  gutter.replaceChildren(
    ...Array.from({ length: count }, (_, place) => {
      const line = document.createElement("span");
      line.textContent = `${place + 1}\n`;
      if (levels.has(place + 1)) line.className = levels.get(place + 1);
      return line;
    }),
  );
  follow();
}

// A line's colour, and behind its text what is wrong with it.
function mark(line, issues) {
  const row = document.createElement("div");
  row.className = `flag ${issues.some((one) => one.level === "error") ? "error" : issues[0].level}`;
  row.style.top = `calc(var(--pad) + ${line - 1} * var(--line-height))`;
  const before = document.createElement("span");
  before.className = "written";
  before.textContent = source.value.split("\n")[line - 1] ?? "";
  const said = document.createElement("span");
  said.className = "said";
  said.textContent = issues.map((one) => `${one.code} ${one.text}`).join("  ");
  row.append(before, said);
  return row;
}

function entry(issue) {
  const item = document.createElement("li");
  item.className = issue.level;
  const code = document.createElement("code");
  code.textContent = issue.code;
  const where = issue.line ? say("issues.line", { line: issue.line }) : issue.place;
  const said = document.createElement(issue.line ? "button" : "span");
  said.append(code, ` ${issue.text} `);
  if (where) {
    const place = document.createElement("span");
    place.className = "quiet";
    place.textContent = where;
    said.append(place);
  }
  if (issue.line) {
    said.type = "button";
    said.addEventListener("click", () => jump(issue));
  }
  item.append(said);
  return item;
}

export function jump(issue) {
  const before = source.value.split("\n").slice(0, issue.line - 1);
  const start = before.reduce((sum, line) => sum + line.length + 1, 0) + issue.column - 1;
  source.focus();
  source.setSelectionRange(start, start + Math.max(issue.length, 1));
  const height = parseFloat(getComputedStyle(source).lineHeight);
  source.scrollTop = Math.max(0, (issue.line - 1) * height - source.clientHeight / 2);
  follow();
}

function follow() {
  gutter.scrollTop = source.scrollTop;
  flags.style.transform = `translate(${-source.scrollLeft}px, ${-source.scrollTop}px)`;
}

source.addEventListener("scroll", follow);
source.addEventListener("keydown", (event) => {
  // Tab leaves the field, as everywhere; Ctrl+] and Ctrl+[ shift lines.
  if (!(event.ctrlKey || event.metaKey) || (event.key !== "]" && event.key !== "[")) return;
  event.preventDefault();
  const start = source.value.lastIndexOf("\n", source.selectionStart - 1) + 1;
  const end = source.selectionEnd;
  const moved = source.value
    .slice(start, end)
    .split("\n")
    .map((line) => (event.key === "]" ? INDENT + line : line.replace(/^ {1,2}/, "")))
    .join("\n");
  source.setSelectionRange(start, end);
  document.execCommand("insertText", false, moved);
});
