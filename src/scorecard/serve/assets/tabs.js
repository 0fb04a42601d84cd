// What is shown: the text or the sliders, and on a narrow screen also the result, as one of three.
const tabs = [...document.querySelectorAll('[role="tab"]')];

export function start() {
  for (const tab of tabs) {
    tab.addEventListener("click", () => choose(tab));
    tab.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!by) return;
      const shown = tabs.filter((one) => one.offsetParent !== null);
      const next = shown[(shown.indexOf(tab) + by + shown.length) % shown.length];
      choose(next);
      next.focus();
    });
  }
  choose(document.getElementById(matchMedia("(max-width: 899px)").matches ? "tab-report" : "tab-text"));
}

export function choose(tab) {
  for (const one of tabs) {
    const own = one === tab;
    one.setAttribute("aria-selected", String(own));
    one.tabIndex = own ? 0 : -1;
    if (one.id !== "tab-report") document.getElementById(one.getAttribute("aria-controls")).hidden = !own;
  }
  document.body.dataset.shown = tab.id.replace("tab-", "");
}
