// What the search knew of a question, brought into the page of its thread.

const PAUSES = [3000, 6000, 12000, 30000]; // ms until the next look, while the worker is at it
const place = document.querySelector("[data-known]");

async function bring(tries) {
  try {
    const answer = await fetch(place.dataset.known, { headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) return;
    place.innerHTML = await answer.text();
  } catch {
    return; // the line is down: the link stays
  }
  if (place.querySelector("[data-wait]") && tries < PAUSES.length) {
    setTimeout(() => bring(tries + 1), PAUSES[tries]);
  }
}

if (place) bring(0);
