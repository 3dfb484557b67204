// Practices that sound like the title while it is typed.

const WAIT = 700; // ms after the last key
const SHORTEST = 4;
const form = document.querySelector("[data-contribute]");
const words = form?.querySelector("[data-words]").dataset;
const title = form?.querySelector("[name=title]");
const place = form?.querySelector("[data-nearby]");

if (title && place) {
  let timer = 0;
  let asking = null;
  let told = "";
  form.querySelector("[data-similar-button]").hidden = true;
  title.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  async function ask() {
    const typed = title.value.trim();
    if (typed === told) return;
    told = typed;
    asking?.abort();
    if (typed.length < SHORTEST) return place.replaceChildren();
    asking = new AbortController();
    const query = new URLSearchParams({ title: typed, pk: words.pk ?? "" });
    try {
      const answer = await fetch(`${words.similar}?${query}`, { signal: asking.signal });
      if (answer.ok) place.innerHTML = await answer.text();
    } catch {
      // Aborted, or the line is down: the form works without.
    }
  }
}
