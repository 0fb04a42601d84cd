// Charts are drawn by Vega with its interpreter: nothing is evaluated, so that the page needs no leave to.
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
    one.finalize();
    drawn.delete(place);
  }
  if (charts.length) await load();
  for (const chart of charts) {
    const place = within.querySelector(`[data-chart="${chart.name}"]`);
    if (place) await put(place, chart);
  }
}

async function put(place, chart) {
  const spec = { ...chart.specs[dark.matches ? "dark" : "light"], width: place.clientWidth };
  if (spec.height?.step) spec.height = spec.height.step * chart.rows.length; // said as pixels, a height fits the width without a warning
  spec.data = { ...spec.data, values: chart.rows };
  const found = await window.vegaEmbed(place, spec, { actions: false, ast: true, renderer: "svg", tooltip: false, defaultStyle: false });
  drawn.set(place, found);
}

// What draws charts is large; it is fetched once the page is there, so that the first entity need not wait for it.
window.addEventListener("load", () => window.requestIdleCallback(load));
