// Whoever signs out takes along what they typed and did not send: others may use this browser.

const box = document.querySelector("[data-leaving]");
const keep = box?.querySelector("[data-leaving-keep]");

// How scripts name what is of one person: workshop:<number>:…, post:<number>:…, practice:<number>-…, …
const theirs = new RegExp(`^(workshop|post|practice|assessment):${box?.dataset.leaving}[:-]`);

function kept() {
  try {
    return Object.keys(localStorage).filter((name) => theirs.test(name));
  } catch {
    return [];
  }
}

if (box && kept().length) {
  box.hidden = false;
  const form = document.querySelector('form[method="post"][action$="/logout/"]');
  form?.addEventListener("submit", () => {
    if (!keep.checked) for (const name of kept()) localStorage.removeItem(name);
  });
}
