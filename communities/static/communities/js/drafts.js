// What somebody types is kept in their browser until the site has it; it is offered, never put in.

const KEEP = 600; // ms after the last key
const PREFIX = "post:";
const form = document.querySelector("[data-writing]");
const words = document.querySelector("[data-words]")?.dataset;
const NAMES = ["text", "title", "kind", "language", "quote", "token"];

const store = {
  get: (key) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  },
  set: (key, value) => {
    try {
      localStorage.setItem(key, JSON.stringify(value));
    } catch {
      // Private windows and full disks keep nothing.
    }
  },
  drop: (key) => {
    try {
      localStorage.removeItem(key);
    } catch {
      // As above.
    }
  },
  keys: () => {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    } catch {
      return [];
    }
  },
};

// The address after sending names what has arrived.
function arrived() {
  const here = new URL(location);
  const token = here.searchParams.get("sent");
  if (!token) return;
  for (const key of store.keys()) if (store.get(key)?.token === token) store.drop(key);
  here.searchParams.delete("sent");
  history.replaceState(history.state, "", here);
}

const plain = (text) => (text ?? "").replaceAll("\r\n", "\n").trim();
const said = (typed) => plain(typed.title) + plain(typed.text);

function typed() {
  const data = new FormData(form);
  const found = Object.fromEntries(NAMES.map((name) => [name, data.get(name) ?? ""]));
  return { ...found, mention: data.getAll("mention") };
}

function restore(draft) {
  for (const name of NAMES) {
    const field = form.elements[name];
    if (field && draft[name]) field.value = draft[name];
  }
  for (const box of form.querySelectorAll("[name=mention]")) {
    box.checked = draft.mention?.includes(box.value) ?? false;
  }
  form.elements.text.dispatchEvent(new Event("input", { bubbles: true }));
  form.elements.text.focus();
}

function offer(key, draft) {
  const box = document.createElement("div");
  box.className = "notice notice--warn";
  const text = document.createElement("p");
  text.textContent = words.found;
  const actions = document.createElement("p");
  actions.className = "actions";
  for (const [label, act] of [[words.restore, () => restore(draft)], [words.forget, () => store.drop(key)]]) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: label, className: "button--small" });
    button.addEventListener("click", () => {
      act();
      box.remove();
    });
    actions.append(button);
  }
  box.append(text, actions);
  form.prepend(box);
}

arrived();
if (form && words) {
  const key = `${PREFIX}${form.dataset.user}:${form.dataset.writing}`;
  const before = typed();
  const draft = store.get(key);
  if (draft && said(draft) && said(draft) !== said(before)) offer(key, draft);
  let timer = 0;
  let changed = false;
  const keep = () => {
    clearTimeout(timer);
    if (!changed) return;
    if (said(typed())) store.set(key, typed());
    else store.drop(key);
  };
  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(keep, KEEP);
  });
  form.addEventListener("submit", keep);
  document.addEventListener("visibilitychange", () => document.hidden && keep());
  window.addEventListener("pagehide", keep);
}
