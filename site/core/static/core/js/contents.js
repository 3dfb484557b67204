// Marks in the on-page contents where the reader is.

const links = new Map();
for (const link of document.querySelectorAll(".contents a[href^='#']")) {
  const part = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (part && link.offsetParent) links.set(part, link);
}

const parts = [...links.keys()];

function mark() {
  const line = window.innerHeight / 4;
  const passed = parts.filter((part) => part.getBoundingClientRect().top <= line);
  const current = passed.at(-1) ?? parts[0];
  for (const [part, link] of links) {
    if (part === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

if (parts.length) {
  let waiting = false;
  document.addEventListener(
    "scroll",
    () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        mark();
      });
    },
    { passive: true },
  );
  mark();
}
