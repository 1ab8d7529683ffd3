// Filters the list of the search page as one types. The index of all records is fetched when it is
// first needed; where it cannot be (a copy opened from a disk), the list in the page is searched.
"use strict";

(() => {
  const form = document.getElementById("search");
  const list = document.getElementById("results");
  if (!form || !list) return;
  const words = form.dataset;
  const field = form.elements.q;
  const status = document.getElementById("status");
  const pager = document.getElementById("pages");
  const before = { items: [...list.children], status: status.textContent };
  const MOST = 200;

  // Case and diacritics do not count; ł is the one Polish letter that does not come apart.
  const fold = (text) =>
    text.toLowerCase().replace(/ł/g, "l").normalize("NFKD").replace(/\p{M}/gu, "");
  const wanted = (query) => fold(query).split(/\s+/u).filter(Boolean);

  const element = (name, content, attributes = {}) => {
    const made = document.createElement(name);
    made.append(...content);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };

  const inPage = () =>
    before.items.map((item) => ({ text: fold(item.textContent), make: () => item }));

  const ofIndex = ({ classes, records }) => {
    const english = words.language === "en";
    const labels = classes[words.language];
    return records.map(([id, polish, other, number, town]) => {
      const name = (english && other) || polish;
      const make = () => {
        const href = words.folder + id + words.suffix;
        const note = element("span", [labels[number]], { class: "note" });
        if (town) note.append(", ", element("bdi", [town]));
        return element("li", [element("a", [element("bdi", [name])], { href }), " ", note]);
      };
      const text = [polish, other || "", classes.pl[number], classes.en[number], town, id];
      return { text: fold(text.join(" ")), make };
    });
  };

  let index = null;
  const everything = () => {
    if (location.protocol === "file:") return inPage();
    index ??= fetch(words.index)
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
      .then(ofIndex)
      .catch(inPage);
    return index;
  };

  const say = (text, numbers) => text.replace(/\{(\w+)\}/g, (_, key) => numbers[key]);

  let last = 0;
  const search = async () => {
    const turn = ++last;
    const query = wanted(field.value);
    if (!query.length) {
      list.replaceChildren(...before.items);
      status.textContent = before.status;
      pager.hidden = false;
      return;
    }
    const entries = await everything();
    if (turn !== last) return; // something else was typed meanwhile
    const found = entries.filter(({ text }) => query.every((word) => text.includes(word)));
    list.replaceChildren(...found.slice(0, MOST).map(({ make }) => make()));
    pager.hidden = true;
    const numbers = { n: found.length, all: entries.length };
    status.textContent = found.length ? say(words.found, numbers) : words.nothing;
    if (found.length > MOST) status.textContent += `. ${say(words.shown, { n: MOST })}`;
  };

  const remember = () => {
    const query = field.value.trim();
    const address = new URL(location.href);
    if (query) address.searchParams.set("q", query);
    else address.searchParams.delete("q");
    try {
      history.replaceState(null, "", address);
    } catch {
      // A page opened from a disk may not.
    }
  };

  let pause = 0;
  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(search, 120);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    remember();
    search();
  });
  field.addEventListener("change", remember);

  form.hidden = false;
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  if (field.value) search();
})();
