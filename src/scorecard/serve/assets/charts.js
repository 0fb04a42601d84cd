// Charts are drawn by Vega with its interpreter: nothing is evaluated, so that the page needs no leave to.
// Other rows for a chart that is there move it; its spec comes once for each definition.
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const drawn = new Map();
let loaded = null;

function load() {
  loaded ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = document.documentElement.dataset.charts;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
  return loaded;
}

export async function draw(within, charts) {
  for (const [place, one] of drawn) {
    if (place.isConnected) continue;
    one.view?.finalize();
    drawn.delete(place);
  }
  for (const chart of charts) {
    const place = within.querySelector(`[data-chart="${chart.name}"]`);
    if (!place) continue;
    const one = drawn.get(place) ?? {};
    drawn.set(place, one);
    const same = one.view && (!chart.specs || JSON.stringify(chart.specs) === JSON.stringify(one.specs));
    one.rows = chart.rows;
    one.specs = chart.specs ?? one.specs;
    if (same) await one.view.data(chart.name, chart.rows).runAsync();
    else await put(place, one);
  }
}

async function put(place, one) {
  await load();
  if (!place.isConnected || !place.clientWidth) return;
  const spec = { ...one.specs[dark.matches ? "dark" : "light"], width: place.clientWidth };
  if (spec.height?.step) spec.height = spec.height.step * one.rows.length; // said as pixels, a height fits the width without a warning
  spec.data = { ...spec.data, values: one.rows };
  const options = { actions: false, ast: true, renderer: "svg", tooltip: false, defaultStyle: false };
  one.view?.finalize();
  one.view = (await window.vegaEmbed(place, spec, options)).view;
  one.width = place.clientWidth;
}

function again() {
  for (const [place, one] of drawn) put(place, one);
}

let waiting = 0;
dark.addEventListener("change", again);
new ResizeObserver(() => {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(() => {
    for (const [place, one] of drawn) if (place.clientWidth && place.clientWidth !== one.width) put(place, one);
  });
}).observe(document.getElementById("right"));
