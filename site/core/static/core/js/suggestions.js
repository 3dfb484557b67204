// Suggestions under a search field: an editable combobox with a list box, as the ARIA Authoring
// Practices have it. The server sends the options as HTML in the reader's language.

const WAIT = 160; // ms after the last key
const SHORTEST = 2;
const KEPT = 40;

export function suggest(input) {
  const list = document.createElement("div");
  const status = document.createElement("p");
  const answers = new Map();
  let active = null;
  let asking = null;
  let timer = 0;

  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggestLabel);
  list.hidden = true;
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  input.after(list, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.autocomplete = "off";

  const options = () => [...list.querySelectorAll("[role=option]")];

  function mark(option) {
    active?.setAttribute("aria-selected", "false");
    active = option ?? null;
    if (!active) return input.removeAttribute("aria-activedescendant");
    active.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", active.id);
    active.scrollIntoView({ block: "nearest" });
  }

  function close() {
    clearTimeout(timer);
    asking?.abort();
    mark(null);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    status.textContent = "";
  }

  function show(html) {
    mark(null);
    list.innerHTML = html;
    const said = list.querySelector("[data-said]");
    const any = options().length > 0;
    list.hidden = !any;
    input.setAttribute("aria-expanded", String(any));
    status.textContent = said?.textContent ?? "";
    said?.remove();
  }

  async function ask() {
    const typed = input.value.trim();
    asking?.abort();
    if (typed.length < SHORTEST) return close();
    if (answers.has(typed)) return show(answers.get(typed));
    asking = new AbortController();
    const { signal } = asking;
    try {
      const address = `${input.dataset.suggest}?${new URLSearchParams({ q: typed })}`;
      const answer = await fetch(address, { signal });
      if (!answer.ok) return close();
      const html = await answer.text();
      if (answers.size >= KEPT) answers.clear();
      answers.set(typed, html);
      if (!signal.aborted && document.activeElement === input) show(html);
    } catch {
      // Aborted, or the line is down: the field works without suggestions.
    }
  }

  function choose(option) {
    const { url, query, facet, code } = option.dataset;
    close();
    if (url) return location.assign(url);
    input.value = query;
    const form = input.form;
    const filter = document.createElement("input");
    if (facet) {
      Object.assign(filter, { type: "hidden", name: facet, value: code });
      form.append(filter);
    }
    form.requestSubmit();
    // The answer brings the filter as a box of its own.
    setTimeout(() => filter.remove());
  }

  function move(step) {
    const all = options();
    // Before the first and after the last stands the field itself.
    const place = active ? all.indexOf(active) + step : step > 0 ? 0 : all.length - 1;
    mark(all[place]);
  }

  input.addEventListener("input", (event) => {
    if (event.isComposing) return;
    mark(null);
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("compositionend", ask);
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (open) move(event.key === "ArrowDown" ? 1 : -1);
      else if (event.key === "ArrowDown") ask();
    } else if (event.key === "Enter" && open && active) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      mark(null); // back to the text, where these keys belong
    }
  });
  // Pressing on the list must not take the focus from the field, or it would close.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
  if (document.activeElement === input && input.value !== input.defaultValue) ask();
}
