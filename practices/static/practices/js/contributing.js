// The form saves itself, and keeps a copy in the browser until the site has every word.

const EVERY = 20_000; // ms between two savings
const HERE = 40_000; // ms between two signs of life
const KEEP = 600; // ms after the last key until the copy in the browser
const LARGEST = 60_000; // bytes that a browser sends while it leaves a page
const form = document.querySelector("[data-contribute]");
const state = form?.querySelector("[data-state]");
const others = document.querySelector("[data-others]");
const words = form?.querySelector("[data-words]").dataset ?? {};

let changes = 0; // counts what was typed; `saved` is how much of it the site has
let saved = 0;
let renew = "";
let busy = false;
let paused = false;

const store = {
  key: () => `practice:${words.key}`,
  get: (key = store.key()) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  },
  set: (value) => {
    try {
      localStorage.setItem(store.key(), JSON.stringify(value));
    } catch {
      // Private windows and full disks keep nothing; the site still saves.
    }
  },
  drop: (key = store.key()) => {
    try {
      localStorage.removeItem(key);
    } catch {
      // As above.
    }
  },
};

// What is typed in the form; a file goes along only when somebody sends the form.
function wordsOf() {
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  return body;
}

const hidden = /^(csrfmiddlewaretoken|renew|do|begun|was-.*|take-.*)$/;
const typed = () => [...wordsOf()].filter(([name]) => !hidden.test(name));
const named = () => [...new Set([...form.elements].map(({ name }) => name))].filter(Boolean);

// What two forms say alike: rows have other keys each time, and empty fields say nothing.
function gist(entries, names) {
  const key = /[0-9a-f]{8}-[0-9a-f-]{27}/;
  const said = entries.filter(([name, value]) => value && !name.endsWith("-row"));
  return said
    .map(([name, value]) => `${name.replace(key, "")}=${value.replaceAll("\r\n", "\n").trim()}`)
    .filter((line) => names.has(line.slice(0, line.indexOf("="))))
    .sort()
    .join("\n");
}

const plain = (names) => new Set(names.map((name) => name.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, "")));

function time() {
  const now = { hour: "2-digit", minute: "2-digit" };
  return new Intl.DateTimeFormat(document.documentElement.lang, now).format(new Date());
}

const tokens = () =>
  [...form.querySelectorAll("[name^=was-]")].map((input) => input.value).join(" ");

function say(text, extra = null) {
  state.textContent = text;
  if (extra) state.append(" ", extra);
}

// The token of the session now: after signing in elsewhere it is another one.
function token() {
  const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return found?.[1] ?? form.querySelector("[name=csrfmiddlewaretoken]").value;
}

function send(address, body, more = {}) {
  body.set("csrfmiddlewaretoken", token());
  return fetch(address, { method: "POST", body, headers: { Accept: "application/json" }, ...more });
}

function field(name, value) {
  let input = form.querySelector(`[name="${name}"]`);
  if (!input) {
    input = document.createElement("input");
    Object.assign(input, { type: "hidden", name });
    form.append(input);
  }
  input.value = value;
}

function begun({ url, here, key, pk }) {
  const before = store.key();
  Object.assign(words, { key, here, pk });
  form.action = url;
  history.replaceState(history.state, "", url);
  store.drop(before);
}

function taken(answer, upTo) {
  saved = upTo;
  if (answer.url) begun(answer);
  for (const [name, value] of Object.entries(answer.was ?? {})) field(`was-${name}`, value);
  renew = answer.renew ?? renew;
  const wrong = answer.errors ?? [];
  const told = wrong.map(({ label, error }) => `${label}: ${error}`).join(" ");
  const kept = `${words.saved} ${time()}`;
  say(wrong.length ? `${kept} – ${words.notSaved} ${told}` : kept);
  if (answer.merged) tell(answer.merged);
  if (saved === changes && !wrong.length) store.drop();
}

function refused(status, answer) {
  if (answer.signed_out) {
    const link = document.createElement("a");
    Object.assign(link, { href: words.login, target: "_blank", textContent: words.signIn });
    return say(words.signedOut, link);
  }
  if (answer.clash || answer.closed) {
    paused = true; // only a person can decide
    return say(answer.clash ?? answer.closed);
  }
  const wrong = (answer.errors ?? []).map(({ error }) => error).join(" ");
  say(wrong || words.unsaved);
}

function tell(text) {
  if (!others) return;
  others.textContent = text;
  others.hidden = !text;
}

async function save(leaving = false) {
  if (saved === changes || busy || paused) return;
  if (!form.querySelector("[name=title]").value.trim() && words.key.endsWith("-new")) return;
  const upTo = changes;
  const body = wordsOf();
  if (renew) body.set("renew", renew);
  busy = true;
  if (!leaving) say(words.saving);
  try {
    const answer = await send(form.action, body, { keepalive: leaving && size(body) < LARGEST });
    const told = await answer.json();
    if (answer.ok) taken(told, upTo);
    else refused(answer.status, told);
  } catch {
    say(words.offline);
  } finally {
    busy = false;
  }
}

const size = (body) => [...body].reduce((sum, [name, value]) => sum + 3 * (name + value).length, 0);

async function signOfLife() {
  if (!words.here || document.hidden) return;
  try {
    const answer = await send(words.here, new FormData());
    if (answer.ok && !paused) tell((await answer.json()).others);
  } catch {
    // The next one tells.
  }
}

// A copy that the site never got: offered, never put in by itself.
function offer(copy) {
  const box = document.createElement("div");
  box.className = "notice notice--warn";
  const text = document.createElement("p");
  text.textContent = words.found;
  const actions = document.createElement("p");
  actions.className = "actions";
  for (const [label, act] of [[words.restore, () => restore(copy)], [words.forget, () => store.drop()]]) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: label, className: "button--small" });
    button.addEventListener("click", () => {
      act();
      box.remove();
    });
    actions.append(button);
  }
  box.append(text, actions);
  (form.closest(".columns") ?? form).before(box);
}

function restore(copy) {
  const all = new Map();
  const held = plain(copy.names);
  for (const [name, value] of copy.typed) all.set(name, [...(all.get(name) ?? []), value]);
  for (const holder of form.querySelectorAll("[data-rows]")) {
    const name = holder.dataset.rows;
    if (!held.has(`${name}-row`)) continue;
    const detail = { name, keys: all.get(`${name}-row`) ?? [] };
    form.dispatchEvent(new CustomEvent("rows:want", { detail }));
  }
  for (const input of form.elements) {
    const { name, type } = input;
    if (!name || hidden.test(name) || name.endsWith("-row")) continue;
    if (!held.has([...plain([name])][0])) continue;
    const values = all.get(name) ?? [];
    if (type === "checkbox" || type === "radio") input.checked = values.includes(input.value);
    else if (values.length) {
      input.value = values.shift();
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function before() {
  // What was begun as new and is open here has arrived.
  const fresh = `practice:${words.user}-new`;
  if (words.begun && store.get(fresh)?.begun === words.begun) store.drop(fresh);
  const copy = store.get();
  if (!copy) return;
  const both = plain(copy.names);
  const shown = plain(named());
  for (const name of both) if (!shown.has(name)) both.delete(name);
  const arrived = copy.sent && copy.tokens !== tokens();
  if (arrived || gist(copy.typed, both) === gist(typed(), both)) return store.drop();
  offer(copy);
}

if (form) {
  let timer = 0;
  let sent = false;
  const copy = () => {
    clearTimeout(timer);
    const begunAs = form.querySelector("[name=begun]")?.value ?? "";
    store.set({ typed: typed(), names: named(), tokens: tokens(), begun: begunAs, sent });
  };
  before();
  form.addEventListener("input", () => {
    changes += 1;
    if (!busy) say(words.unsaved);
    clearTimeout(timer);
    timer = setTimeout(copy, KEEP);
  });
  form.addEventListener("submit", () => {
    sent = true;
    if (saved !== changes) copy();
    paused = true;
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) paused = sent = false;
  });
  setInterval(save, EVERY);
  setInterval(signOfLife, HERE);
  signOfLife();
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return signOfLife();
    if (saved !== changes) copy();
    save(true);
  });
}
