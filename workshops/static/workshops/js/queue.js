// What is written on a weak line is lost nowhere: each card gets its key here, waits in this browser
// until the site has it, and is one card however often it was sent.

const WITHIN = 20_000; // ms until an answer that does not come is given up
const PAUSES = [2_000, 5_000, 10_000, 20_000, 40_000]; // ms until what failed is sent again
const KEEP = 500; // ms after the last key

const box = document.querySelector("[data-queue]");
const words = box?.dataset ?? {};
const prefix = `workshop:${words.user}:`;
const state = { busy: false, timer: 0, failed: 0, login: false };

const store = {
  get: (key) => {
    try {
      return JSON.parse(localStorage.getItem(prefix + key));
    } catch {
      return null;
    }
  },
  // Whether it is kept: private windows and full disks keep nothing.
  set: (key, value) => {
    try {
      localStorage.setItem(prefix + key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  },
  drop: (key) => {
    try {
      localStorage.removeItem(prefix + key);
    } catch {
      // As above.
    }
  },
};

function waiting() {
  const found = [];
  try {
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(`${prefix}wait:`)) continue;
      const entry = store.get(name.slice(prefix.length));
      if (entry) found.push(entry);
    }
  } catch {
    // As above.
  }
  return found.sort((a, b) => a.at - b.at);
}

function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");
}

// The token of the session now: after signing in elsewhere it is another one.
function token() {
  const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return found?.[1] ?? document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

const value = (entry, name) => entry.fields.find(([each]) => each === name)?.[1] ?? "";
const textOf = (entry) => value(entry, "text") || value(entry, "title");

function button(label, act) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "button--small button--quiet", textContent: label });
  made.addEventListener("click", act);
  return made;
}

function putBack(entry) {
  const form = document.querySelector(`[data-queued="${entry.form}"]`);
  if (!form) return location.assign(entry.page);
  for (const [name, said] of entry.fields) {
    const field = form.elements[name];
    if (!field || name === "key") continue;
    // What is being typed there stays.
    const typing = name === "text" && field.value.trim() && field.value !== said;
    field.value = typing ? `${field.value}\n\n${said}` : said;
  }
  store.drop(`wait:${entry.key}`);
  form.elements.text.focus();
  show();
}

function row(entry) {
  const item = document.createElement("li");
  const text = document.createElement("bdi");
  text.textContent = `${entry.label}: ${textOf(entry).slice(0, 140)}`;
  item.append(text);
  if (entry.refused) {
    const told = document.createElement("p");
    told.className = "field__error";
    told.textContent = `${words.refused} ${entry.refused}`;
    const again = button(words.again, () => putBack(entry));
    const forget = button(words.forget, () => {
      store.drop(`wait:${entry.key}`);
      show();
    });
    item.append(told, again, " ", forget);
  }
  return item;
}

function say(text) {
  box.querySelector("[data-queue-state]").textContent = text;
}

function show() {
  const entries = waiting();
  box.querySelector("[data-queue-list]").replaceChildren(...entries.map(row));
  const open = entries.filter(({ refused }) => !refused);
  if (state.login && open.length) {
    const link = document.createElement("a");
    Object.assign(link, { href: words.login, textContent: words.signIn });
    say(`${words.signedOut} `);
    box.querySelector("[data-queue-state]").append(link);
  } else if (open.length) say(state.busy && !state.failed ? words.sending : words.waits);
  box.hidden = !entries.length && !box.querySelector("[data-queue-state]").textContent;
}

// Whether the site has it, or has said that it will not take it; false: try again later.
async function send(entry) {
  const body = new FormData();
  for (const [name, said] of entry.fields) body.append(name, said);
  body.set("key", entry.key);
  body.set("csrfmiddlewaretoken", token());
  // Somebody else may have signed in meanwhile: in their name it is not sent.
  body.set("by", words.user);
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), WITHIN);
  try {
    const headers = { Accept: "application/json" };
    const answer = await fetch(entry.url, { method: "POST", body, headers, signal: giveUp.signal });
    const told = answer.status === 404 ? { gone: words.gone } : await answer.json();
    if (told.saved) {
      state.login = false;
      store.drop(`wait:${entry.key}`);
      say(words.sent);
      document.dispatchEvent(new CustomEvent("workshop:sent"));
      if (entry.then && entry.page === location.pathname) location.assign(entry.then);
      return true;
    }
    if (told.signed_out || told.stale) {
      state.login = true;
      return false;
    }
    const refused = told.gone ?? told.errors?.join(" ");
    if (!refused) return false;
    store.set(`wait:${entry.key}`, { ...entry, refused });
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

async function sendAll() {
  for (const entry of waiting()) {
    if (entry.refused) continue;
    // Another window may have sent it meanwhile.
    if (!store.get(`wait:${entry.key}`)) continue;
    show();
    if (!(await send(entry))) {
      state.failed += 1;
      return;
    }
    state.failed = 0;
  }
}

async function flush() {
  clearTimeout(state.timer);
  if (state.busy || !waiting().some(({ refused }) => !refused)) return show();
  state.busy = true;
  try {
    if (navigator.locks) await navigator.locks.request(prefix, sendAll);
    else await sendAll();
  } finally {
    state.busy = false;
    show();
  }
  if (waiting().some(({ refused }) => !refused) && !state.login) {
    state.timer = setTimeout(flush, PAUSES[Math.min(state.failed, PAUSES.length) - 1] ?? PAUSES[0]);
  }
}

function prepare(form) {
  const draft = `draft:${form.dataset.queued}`;
  const field = form.elements.text;
  const typed = () => [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "key");
  const texts = () => typed().filter(([name]) => name === "text" || name === "title").map(([, said]) => said.trim()).join("");
  const kept = store.get(draft);
  if (kept && !texts()) {
    for (const [name, said] of kept) if (form.elements[name] && name !== "round" && name !== "practice") form.elements[name].value = said;
    if (texts()) {
      say(words.found);
      box.hidden = false;
    }
  }
  let timer = 0;
  const keep = () => {
    clearTimeout(timer);
    if (texts()) store.set(draft, typed());
    else store.drop(draft);
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, KEEP);
  });
  window.addEventListener("pagehide", keep);
  form.addEventListener("submit", (event) => {
    const entry = {
      key: newKey(),
      at: Date.now(),
      form: form.dataset.queued,
      label: form.dataset.label,
      url: form.action,
      page: location.pathname,
      then: form.dataset.then,
      fields: typed(),
    };
    if (!texts() || !store.set(`wait:${entry.key}`, entry)) return; // sent as a form
    event.preventDefault();
    clearTimeout(timer);
    store.drop(draft);
    for (const name of ["text", "title", "ask"]) if (form.elements[name]) form.elements[name].value = "";
    (field ?? form).focus();
    state.failed = 0;
    state.login = false;
    flush();
  });
}

if (box) {
  for (const form of document.querySelectorAll("[data-queued]")) prepare(form);
  window.addEventListener("online", () => {
    state.failed = 0;
    flush();
  });
  document.addEventListener("visibilitychange", () => document.hidden || flush());
  flush();
}
