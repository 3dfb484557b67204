// Each answer saves itself a moment after it was typed; what the site does not have yet is kept in
// the browser, and offered when the page is opened again.

const WAIT = 1_200; // ms after the last key
const AGAIN = 20_000; // ms until what failed is tried once more
const form = document.querySelector("[data-assessing]");
const words = form?.querySelector("[data-words]").dataset ?? {};
const state = form?.querySelector("[data-state]");
const progress = document.querySelector("[data-progress]");
const key = `assessment:${form?.dataset.assessing}`;
const dirty = new Set(); // codes of the questions that the site does not have yet
const paused = new Set(); // those about which only a person can decide
const queue = { busy: false, timer: 0 };

const store = {
  get: () => {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? {};
    } catch {
      return {};
    }
  },
  set: (value) => {
    try {
      if (Object.keys(value).length) localStorage.setItem(key, JSON.stringify(value));
      else localStorage.removeItem(key);
    } catch {
      // Private windows and full disks keep nothing; the site still saves.
    }
  },
};

const box = (code) => form.querySelector(`[data-question="${code}"]`);
const names = (code) => ["value", "not_known", "source", "note", "public"].map((n) => `${code}-${n}`);

function typed(code) {
  const data = new FormData(form);
  return names(code).flatMap((name) => data.getAll(name).map((value) => [name, value]));
}

function keep() {
  const kept = {};
  for (const code of dirty) kept[code] = typed(code);
  store.set(kept);
}

function say(text, extra = null) {
  state.textContent = text;
  if (extra) state.append(" ", extra);
}

function button(text, act) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "button--small", textContent: text });
  made.addEventListener("click", act);
  return made;
}

// The token of the session now: after signing in elsewhere it is another one.
function token() {
  const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return found?.[1] ?? form.querySelector("[name=csrfmiddlewaretoken]").value;
}

function seen(code, value) {
  form.querySelector(`[name="${code}-seen"]`).value = value;
}

function clash({ code, told, seen: now }) {
  paused.add(code);
  const text = document.createElement("p");
  text.className = "notice notice--warn";
  text.textContent = told;
  const mine = button(words.mine, () => {
    seen(code, now);
    paused.delete(code);
    box(code).querySelector("[data-told]").replaceChildren();
    save(code);
  });
  const theirs = button(words.theirs, () => {
    dirty.delete(code);
    keep();
    location.reload();
  });
  box(code).querySelector("[data-told]").replaceChildren(text, mine, " ", theirs);
}

function taken(code, answer, sent) {
  for (const [each, value] of Object.entries(answer.seen ?? {})) seen(each, value);
  const wrong = (answer.errors ?? []).map(({ error }) => error).join(" ");
  for (const each of answer.clashes ?? []) clash(each);
  if (progress && answer.progress) progress.textContent = answer.progress;
  if (wrong || answer.clashes?.length) return say(wrong ? `${words.notSaved} ${wrong}` : words.unsaved);
  if (JSON.stringify(typed(code)) === sent) dirty.delete(code);
  say(answer.saved);
}

function refused(answer) {
  if (answer.signed_out || answer.stale) {
    const link = document.createElement("a");
    Object.assign(link, { href: words.login, target: "_blank", textContent: words.signIn });
    return say(words.signedOut, link);
  }
  if (answer.closed) for (const code of dirty) paused.add(code);
  say(answer.closed ?? words.unsaved);
}

async function save(code) {
  const fields = typed(code);
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  body.set(`${code}-seen`, form.querySelector(`[name="${code}-seen"]`).value);
  body.set("only", code);
  body.set("csrfmiddlewaretoken", token());
  queue.busy = true;
  say(words.saving);
  try {
    const headers = { Accept: "application/json" };
    const answer = await fetch(form.action, { method: "POST", body, headers, keepalive: true });
    const told = await answer.json();
    if ("saved" in told) taken(code, told, JSON.stringify(fields));
    else refused(told);
  } catch {
    say(words.offline);
  } finally {
    queue.busy = false;
    keep();
  }
}

async function saveAll() {
  if (queue.busy) return;
  for (const code of [...dirty]) if (!paused.has(code)) await save(code);
}

function changed(code) {
  dirty.add(code);
  keep();
  if (!queue.busy) say(words.unsaved);
  clearTimeout(queue.timer);
  queue.timer = setTimeout(saveAll, WAIT);
}

function restore(kept) {
  for (const [code, fields] of Object.entries(kept)) {
    const all = new Map();
    for (const [name, value] of fields) all.set(name, [...(all.get(name) ?? []), value]);
    for (const input of box(code)?.elements ?? []) {
      if (!names(code).includes(input.name)) continue;
      const values = all.get(input.name) ?? [];
      if (input.type === "radio" || input.type === "checkbox") input.checked = values.includes(input.value);
      else input.value = values[0] ?? "";
    }
    if (box(code)) changed(code);
  }
}

// What the site never got: offered, never put in by itself.
function offer() {
  const kept = Object.fromEntries(
    Object.entries(store.get()).filter(
      ([code, fields]) => box(code) && JSON.stringify(fields) !== JSON.stringify(typed(code)),
    ),
  );
  store.set(kept);
  if (!Object.keys(kept).length) return;
  const told = document.createElement("div");
  told.className = "notice notice--warn";
  const text = document.createElement("p");
  text.textContent = words.found;
  const actions = document.createElement("p");
  actions.className = "actions";
  const both = [[words.restore, () => restore(kept)], [words.forget, () => store.set({})]];
  for (const [label, act] of both) {
    actions.append(button(label, () => {
      told.remove();
      act();
    }));
  }
  told.append(text, actions);
  form.prepend(told);
}

if (form) {
  offer();
  form.addEventListener("input", ({ target }) => {
    const question = target.closest("[data-question]");
    if (question && target.name) changed(question.dataset.question);
  });
  form.addEventListener("submit", () => {
    clearTimeout(queue.timer);
    for (const code of dirty) paused.add(code);
  });
  setInterval(saveAll, AGAIN);
  document.addEventListener("visibilitychange", () => document.hidden && saveAll());
  window.addEventListener("pageshow", ({ persisted }) => persisted && paused.clear());
}
