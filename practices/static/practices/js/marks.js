// Buttons over a text field that write the marks for bold, italic, lists and links.

const form = document.querySelector("[data-contribute]");
const words = form?.querySelector("[data-words]").dataset;

function write(field, text, from, to) {
  // Through the browser's own editing, so that "undo" knows of it.
  field.focus();
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.setSelectionRange(from, to);
}

function around(field, before, after, instead) {
  const start = field.selectionStart;
  const raw = field.value.slice(start, field.selectionEnd);
  const chosen = raw.trim() || instead;
  const lead = raw.trim() ? raw.length - raw.trimStart().length : 0;
  const tail = raw.trim() ? raw.length - raw.trimEnd().length : 0;
  field.setSelectionRange(start + lead, field.selectionEnd - tail);
  const from = start + lead + before.length;
  write(field, before + chosen + after, from, from + chosen.length);
}

function lines(field, mark) {
  const start = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const found = field.value.indexOf("\n", field.selectionEnd);
  const end = found < 0 ? field.value.length : found;
  const marked = field.value
    .slice(start, end)
    .split("\n")
    .map((line, place) => mark(place) + line)
    .join("\n");
  const apart = start > 0 && field.value[start - 2] !== "\n" ? "\n" : "";
  field.setSelectionRange(start, end);
  write(field, apart + marked, start + apart.length, start + apart.length + marked.length);
}

const TOOLS = {
  bold: (field, words) => around(field, "**", "**", words),
  italic: (field, words) => around(field, "_", "_", words),
  list: (field) => lines(field, () => "- "),
  numbers: (field) => lines(field, (place) => `${place + 1}. `),
  link: (field, words) => around(field, "[", "](https://)", words),
};

function equip(part) {
  for (const field of part.querySelectorAll("textarea[data-marks]")) {
    if (field.previousElementSibling?.matches(".marks")) continue;
    const bar = document.createElement("div");
    bar.className = "marks";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", words.tools);
    for (const [name, act] of Object.entries(TOOLS)) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button--quiet button--small";
      button.textContent = words[name];
      button.addEventListener("click", () => act(field, words[name]));
      bar.append(button);
    }
    field.before(bar);
  }
}

if (form) {
  equip(form);
  form.addEventListener("row:added", (event) => equip(event.target));
  form.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || !event.target.matches("textarea[data-marks]")) return;
    const name = { b: "bold", i: "italic" }[event.key.toLowerCase()];
    if (!name) return;
    event.preventDefault();
    TOOLS[name](event.target, words[name]);
  });
}
