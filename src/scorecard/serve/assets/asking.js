// Asks the server, one question of a kind at a time: while one is under way only the latest that follows is kept.
export const words = JSON.parse(document.getElementById("words").textContent);
export const first = JSON.parse(document.getElementById("first").textContent);
const language = document.documentElement.lang;

export function say(key, values = {}) {
  return words[key].replace(/\{([a-z_]+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

export function counted(key, count) {
  return say(count === 1 ? `${key}.one` : key, { count: count.toLocaleString("en") });
}

export class Refused extends Error {}

export async function ask(path, asked) {
  let answer;
  try {
    answer = await fetch(`${path}?lang=${language}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(asked),
    });
  } catch {
    throw new Refused(say("status.away"));
  }
  if (answer.status === 409) throw new Refused((await answer.json()).error);
  if (!answer.ok) throw new Refused(`${answer.status} ${answer.statusText}`);
  return answer.json();
}

export async function look(path) {
  const answer = await fetch(path);
  return answer.ok ? answer.json() : null;
}

// `made()` gives the question when its turn comes, null where there is none any more; `took(answer)` gets only the latest answer.
export function latest(path, made, took, failed) {
  let again = false;
  const run = async () => {
    if (run.busy) {
      again = true;
      return;
    }
    run.busy = true;
    do {
      again = false;
      const asked = made();
      if (asked === null) continue;
      try {
        const answer = await ask(path, asked);
        if (!again) took(answer, asked);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (!again) failed(error.message);
      }
    } while (again);
    run.busy = false;
  };
  run.busy = false;
  return run;
}
