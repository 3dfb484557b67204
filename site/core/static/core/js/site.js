// Small comforts; every page works without them.

const search = document.querySelector("[data-search]");

// Suggestions come only where the line is good, and with the first visit to the field.
const line = navigator.connection;
const weak = line?.saveData || /2g/.test(line?.effectiveType ?? "");
for (const input of weak ? [] : document.querySelectorAll("[data-suggest]")) {
  const begin = () =>
    import(input.dataset.suggestScript).then(({ suggest }) => suggest(input)).catch(() => {});
  if (document.activeElement === input) begin();
  else input.addEventListener("focus", begin, { once: true });
}

// "/" goes to the search field, unless somebody is typing or has switched it off (WCAG 2.1.4).
const stored = {
  get: () => {
    try {
      return localStorage.getItem("slash");
    } catch {
      return null;
    }
  },
  set: (value) => {
    try {
      localStorage.setItem("slash", value);
    } catch {
      // Nothing may be stored here: the choice holds for this page.
    }
  },
};
let slash = stored.get() !== "off";
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
  if (!search || !slash) return;
  event.preventDefault();
  search.focus();
  search.select();
});

for (const box of document.querySelectorAll("[data-slash]")) {
  box.closest("[hidden]").hidden = false;
  box.checked = slash;
  box.addEventListener("change", () => {
    slash = box.checked;
    stored.set(slash ? "on" : "off");
  });
}

// Buttons that copy an address are hidden until we know that copying works.
function prepare(part) {
  if (!navigator.clipboard) return;
  for (const button of part.querySelectorAll("[data-copy]")) button.hidden = false;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const label = button.querySelector("[data-copy-label]");
  const before = label.textContent;
  await navigator.clipboard.writeText(new URL(button.dataset.copy, location).href);
  label.textContent = button.dataset.copied;
  setTimeout(() => (label.textContent = before), 2500);
});
prepare(document);

// Fields of a question that were left empty are no part of its address, but where empty says
// something else than nothing.
document.addEventListener("formdata", ({ target, formData }) => {
  if (target.method !== "get") return;
  const says = (name) => target.elements[name]?.matches?.("[data-keep-empty]");
  const empty = [...formData]
    .filter(([name, value]) => value === "" && !says(name))
    .map(([name]) => name);
  for (const name of empty) {
    const told = formData.getAll(name).filter((value) => value !== "");
    formData.delete(name);
    for (const value of told) formData.append(name, value);
  }
});

// What htmx brings: its buttons work, the feed is that of the question, and it is said how much
// was found.
document.addEventListener("htmx:afterSettle", () => {
  prepare(document);
  const { feed } = document.getElementById("results")?.dataset ?? {};
  if (feed) document.querySelector("link[type='application/atom+xml']").href = feed;
  const told = document.querySelector("[data-announce]");
  const title = document.getElementById("results-title");
  if (told && title) told.textContent = title.textContent.trim();
});

// The address that people copy from the browser has no empty fields of a form in it.
const tidy = document.querySelector("[data-permalink]");
if (tidy && tidy.href !== location.href && !location.hash) {
  history.replaceState(history.state, "", tidy.href);
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A changed filter sends its form where the list stands beside it; on a phone the button does,
// so that several can be chosen at once.
const beside = window.matchMedia("(min-width: 62rem)");
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]") && beside.matches) event.target.form?.requestSubmit();
});
