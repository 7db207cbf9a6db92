// The search of pages in files: over the names in the page itself, for a file may not fetch another.
"use strict";

const WORDS = { place: "place", body: "body", post: "post", partnership: "partnership", instrument: "law", duty: "duty, power or prohibition", class: "class that the law names", product: "product", source: "source", topic: "topic" };
const MOST = 60;

function plain(text) {
  return text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/&/g, " and ");
}

function search(index, typed) {
  const words = plain(typed).split(/[^a-z0-9]+/).filter(Boolean);
  if (!words.length) return [];
  return index.filter((item) => words.every((word) => item.words.includes(word)))
    .sort((one, other) => one.label.length - other.label.length || one.label.localeCompare(other.label));
}

function show(found, typed) {
  const list = document.getElementById("results");
  list.replaceChildren(...found.slice(0, MOST).map((item) => {
    const line = document.createElement("li"), link = document.createElement("a"), kind = document.createElement("span");
    link.href = item.address;
    link.textContent = item.label;
    kind.className = "soft";
    kind.textContent = " " + (WORDS[item.kind] || item.kind);
    line.append(link, kind);
    return line;
  }));
  const more = found.length > MOST ? ", the first " + MOST + " are shown" : "";
  document.getElementById("count").textContent = typed.trim() ? found.length + " found" + more : "";
}

const field = document.getElementById("q");
if (field) {
  const index = JSON.parse(document.getElementById("index").textContent)
    .map(([label, kind, address]) => ({ label, kind, address, words: plain(label) }));
  field.addEventListener("input", () => show(search(index, field.value), field.value));
  document.getElementById("find").addEventListener("submit", (event) => event.preventDefault());
}
