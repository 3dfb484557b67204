// Small comforts; every page works without them.

const search = document.querySelector("[data-search]");

// "/" goes to the search field, as on many sites, unless somebody is typing.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});

// Copy what the button points at. The button is hidden until we know that copying works.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  const label = button.querySelector("[data-copy-label]");
  const before = label.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    label.textContent = button.dataset.copied;
    setTimeout(() => (label.textContent = before), 2500);
  });
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
