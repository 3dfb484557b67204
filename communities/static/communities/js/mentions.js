// Typing "@" offers the people of the picker; choosing one ticks them and writes their name.

const MOST = 6;
const form = document.querySelector("[data-writing]");
const picker = form?.querySelector("[data-people]");
const field = form?.elements.text;
const words = document.querySelector("[data-words]")?.dataset;
const boxes = [...(picker?.querySelectorAll("[name=mention]") ?? [])];
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

let open = null; // {from, list, found, place} while people are offered

// What was typed after the last "@" of this word, or null.
function begun() {
  const before = field.value.slice(0, field.selectionStart);
  const found = before.match(/(?:^|[\s(])@([^\n@]{0,40})$/u);
  return found && { from: before.length - found[1].length - 1, text: found[1] };
}

const matching = (text) => {
  const wanted = fold(text);
  const fits = (name) => fold(name).startsWith(wanted) || fold(name).split(/\s+/).some((part) => wanted && part.startsWith(wanted));
  return boxes.filter(({ dataset }) => fits(dataset.name)).slice(0, MOST);
};

function shut() {
  open?.list.remove();
  open = null;
  field.removeAttribute("aria-activedescendant");
  field.removeAttribute("aria-controls");
}

function point(place) {
  open.place = place;
  [...open.list.children].forEach((option, each) => option.setAttribute("aria-selected", each === place));
  field.setAttribute("aria-activedescendant", `person-${place}`);
}

function show(from, found) {
  shut();
  const list = document.createElement("ul");
  Object.assign(list, { id: "people-offered", className: "offered" });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.matches);
  found.forEach((box, place) => {
    const option = document.createElement("li");
    option.id = `person-${place}`;
    option.setAttribute("role", "option");
    option.append(...box.closest("label").querySelector("span").cloneNode(true).childNodes);
    option.addEventListener("mousedown", (event) => {
      event.preventDefault();
      choose(place);
    });
    list.append(option);
  });
  field.after(list);
  field.setAttribute("aria-controls", list.id);
  open = { from, list, found, place: 0 };
  point(0);
}

function choose(place) {
  const { from, found } = open;
  const box = found[place];
  const name = `@${box.dataset.name} `;
  shut();
  field.setRangeText(name, from, field.selectionStart, "end");
  box.checked = true;
  box.dataset.written = "1";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  count();
}

function count() {
  const ticked = boxes.filter(({ checked }) => checked).length;
  picker.querySelector("[data-people-count]").textContent = ticked ? `(${ticked})` : "";
}

function typedIn() {
  // Whose name was written and is gone is called no more.
  for (const box of boxes.filter(({ dataset }) => dataset.written)) {
    if (!field.value.includes(`@${box.dataset.name}`)) {
      box.checked = false;
      delete box.dataset.written;
    }
  }
  count();
  const call = begun();
  const found = call ? matching(call.text) : [];
  if (!found.length) return shut();
  show(call.from, found);
}

if (field && boxes.length) {
  field.setAttribute("aria-autocomplete", "list");
  for (const box of boxes.filter(({ checked }) => checked)) {
    if (field.value.includes(`@${box.dataset.name}`)) box.dataset.written = "1";
  }
  field.addEventListener("input", typedIn);
  field.addEventListener("blur", shut);
  picker.addEventListener("change", count);
  field.addEventListener("keydown", (event) => {
    if (!open) return;
    const last = open.found.length - 1;
    const moves = { ArrowDown: open.place === last ? 0 : open.place + 1, ArrowUp: open.place === 0 ? last : open.place - 1 };
    if (event.key in moves) point(moves[event.key]);
    else if (event.key === "Enter" || event.key === "Tab") choose(open.place);
    else if (event.key === "Escape") shut();
    else return;
    event.preventDefault();
  });
}
