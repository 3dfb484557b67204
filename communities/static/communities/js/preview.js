// The preview comes into the page; without this it opens in a window of its own.

const button = document.querySelector("[data-preview]");
const place = document.querySelector("[data-preview-place]");
const words = document.querySelector("[data-words]")?.dataset;

if (button && place) {
  button.querySelector("[data-preview-hint]").hidden = true;
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    const form = button.form;
    const body = new FormData();
    for (const name of ["csrfmiddlewaretoken", "text"]) body.set(name, form.elements[name].value);
    body.set("part", "1");
    try {
      const answer = await fetch(button.formAction, { method: "POST", body });
      if (answer.redirected || ![200, 400].includes(answer.status)) throw new Error("no preview");
      place.innerHTML = await answer.text();
    } catch {
      const told = document.createElement("p");
      told.className = "field__error";
      told.textContent = words.noPreview;
      place.replaceChildren(told);
    }
  });
}
