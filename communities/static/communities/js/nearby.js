// What is known already, while a question is typed.

const WAIT = 800; // ms after the last key
const SHORTEST = 8; // letters
const place = document.querySelector("[data-look-first]");
const form = place?.closest("form");

if (form) {
  const found = place.querySelector("[data-nearby]");
  const said = place.querySelector("[data-look-said]");
  let timer = 0;
  let asking = null;
  let told = "";
  const typed = (name) => form.elements[name]?.value.trim() ?? "";

  place.querySelector("[data-look]").hidden = true;
  form.addEventListener("input", (event) => {
    if (!["title", "text"].includes(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });

  // Sent as a form and not in an address: it is for a few, and addresses stand in logs.
  async function ask() {
    const title = typed("title");
    const text = typed("text").slice(0, 1000);
    if (title + text === told) return;
    told = title + text;
    asking?.abort();
    if (title.length < SHORTEST) return show("");
    asking = new AbortController();
    const body = new FormData();
    body.set("title", title);
    body.set("text", text);
    body.set("csrfmiddlewaretoken", typed("csrfmiddlewaretoken"));
    try {
      const answer = await fetch(place.dataset.lookFirst, {
        method: "POST",
        body,
        signal: asking.signal,
      });
      if (answer.ok) show(await answer.text());
    } catch {
      // Aborted, or the line is down: the form works without.
    }
  }

  function show(html) {
    found.innerHTML = html;
    said.textContent = found.querySelector("[data-said]")?.textContent ?? "";
  }
}
