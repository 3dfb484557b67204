// What is new comes into the page: small parts, asked for by what is here already, so that nothing
// new costs next to nothing. The clock runs by itself.

const SLOWEST = 60_000; // ms between two looks while the line is down
const parts = [...document.querySelectorAll("[data-live]")];
const ends = new WeakMap(); // clock -> when it ends, by this device's own count

function two(number) {
  return String(number).padStart(2, "0");
}

function tick() {
  for (const clock of document.querySelectorAll("[data-left]")) {
    if (!ends.has(clock)) ends.set(clock, performance.now() + Number(clock.dataset.left) * 1000);
    const left = Math.max(0, Math.round((ends.get(clock) - performance.now()) / 1000));
    const shown = clock.querySelector("[data-clock]");
    shown.textContent = `${two(Math.floor(left / 60))}:${two(left % 60)}`;
    clock.classList.toggle("clock--late", left <= 60);
  }
}

// Whoever has come to a link by keyboard stays on it.
function put(part, html) {
  const at = part.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  part.innerHTML = html;
  if (at) part.querySelector(`a[href="${CSS.escape(at)}"]`)?.focus({ preventScroll: true });
}

function follow(part) {
  const every = Number(part.dataset.every) * 1000;
  let timer = 0;
  let etag = "";
  let failed = 0;
  async function look() {
    clearTimeout(timer);
    if (!document.hidden) {
      try {
        const headers = { "X-Requested-With": "fetch", ...(etag && { "If-None-Match": etag }) };
        const answer = await fetch(part.dataset.live, { headers, cache: "no-store" });
        failed = 0;
        if (answer.redirected) return; // signed out: what is here stays
        if (answer.ok) {
          etag = answer.headers.get("ETag") ?? "";
          put(part, await answer.text());
          tick();
        }
      } catch {
        failed += 1; // the line is down
      }
    }
    timer = setTimeout(look, Math.min(SLOWEST, every * 2 ** Math.min(failed, 4)));
  }
  timer = setTimeout(look, every);
  document.addEventListener("workshop:sent", look);
  document.addEventListener("visibilitychange", () => document.hidden || look());
  window.addEventListener("online", look);
}

async function near(place) {
  try {
    const answer = await fetch(place.dataset.near, { headers: { "X-Requested-With": "fetch" } });
    if (answer.ok && !answer.redirected) place.innerHTML = await answer.text();
  } catch {
    // The link stays.
  }
}

for (const part of parts) follow(part);
for (const place of document.querySelectorAll("[data-near]")) near(place);
tick();
setInterval(tick, 1000);
