// Suggestions while typing, and a button that prints. Everything works without this file.
"use strict";

function suggest(field) {
  const list = document.createElement("datalist");
  list.id = field.id + "-names";
  field.after(list);
  field.setAttribute("list", list.id);
  let asked = "";
  field.addEventListener("input", async () => {
    const typed = field.value.trim();
    if (typed.length < 2 || typed === asked) return;
    asked = typed;
    const values = new URLSearchParams({ q: typed, of: field.dataset.suggest });
    try {
      const answer = await fetch("/suggest?" + values);
      if (!answer.ok || typed !== field.value.trim()) return;
      const names = await answer.json();
      list.replaceChildren(...names.map((name) => new Option(name, name)));
    } catch {
      list.replaceChildren();
    }
  });
}

function offerPrinting() {
  const list = document.querySelector("#take ul");
  if (!list) return;
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Print";
  button.addEventListener("click", () => window.print());
  item.append(button);
  list.append(item);
}

document.querySelectorAll("[data-suggest]").forEach(suggest);
offerPrinting();
window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((part) => (part.open = true)));
