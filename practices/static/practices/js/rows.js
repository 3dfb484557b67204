// Rows that are added, moved and removed without asking the server; the buttons do it without this.

const form = document.querySelector("[data-contribute]");
const TYPED = "input, textarea, select";

function renumber(list) {
  [...list.children].forEach((row, place) => {
    for (const number of row.querySelectorAll("[data-number]")) number.textContent = `: ${place + 1}`;
  });
}

function changed(list) {
  renumber(list);
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

export function addRow(holder, key = crypto.randomUUID()) {
  const list = holder.querySelector("ol");
  const draft = document.createElement("template");
  draft.innerHTML = holder.querySelector("template").innerHTML.replaceAll("__key__", key);
  list.append(draft.content);
  const row = list.lastElementChild;
  row.dispatchEvent(new CustomEvent("row:added", { bubbles: true }));
  return row;
}

form?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add], [data-move], [data-remove]");
  if (!button) return;
  event.preventDefault();
  const holder = button.closest("[data-rows]");
  const list = holder.querySelector("ol");
  const row = button.closest("[data-row]");
  if (button.matches("[data-add]")) {
    addRow(holder).querySelector(`:is(${TYPED}):not([type=hidden])`)?.focus();
  } else if (button.matches("[data-remove]")) {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    (next ?? list).focus();
  } else {
    const up = button.dataset.move === "up";
    const other = up ? row.previousElementSibling : row.nextElementSibling;
    if (other) other[up ? "before" : "after"](row);
    button.focus();
  }
  changed(list);
});

form?.addEventListener("rows:want", ({ detail: { name, keys } }) => {
  const holder = form.querySelector(`[data-rows="${CSS.escape(name)}"]`);
  if (!holder) return;
  const list = holder.querySelector("ol");
  const rows = new Map([...list.children].map((row) => [row.id, row]));
  for (const key of keys) list.append(rows.get(`${name}-${key}`) ?? addRow(holder, key));
  for (const [id, row] of rows) if (!keys.includes(id.slice(name.length + 1))) row.remove();
  renumber(list);
});

// Another list box as soon as the last one has a country.
form?.addEventListener("change", ({ target }) => {
  const holder = target.closest("[data-countries]");
  if (!holder) return;
  const boxes = holder.querySelectorAll("select");
  const last = boxes[boxes.length - 1];
  if (target !== last || !last.value) return;
  const field = last.closest(".field").cloneNode(true);
  const id = last.id.replace(/\d+$/, String(boxes.length + 1));
  field.querySelector("label").htmlFor = id;
  Object.assign(field.querySelector("select"), { id, value: "" });
  last.closest(".field").after(field);
});

document.getElementById(form?.dataset.place)?.focus();
document.getElementById("errors")?.focus();
