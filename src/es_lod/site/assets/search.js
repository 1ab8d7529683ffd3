// Filters the list of the search page as one types. The index of all records is fetched when it is
// first needed, of many records the parts of it that are; where it cannot be (a copy opened from a
// disk), the list in the page is searched.
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

  // Case and diacritics do not count; ł is the one Polish letter that does not come apart. The same
  // as `pages/folding.py`, by which parts of the index are made.
  const fold = (text) => {
    const plain = text.normalize("NFKD").replace(/\p{M}/gu, "");
    return plain.toLowerCase().replace(/ł/g, "l").replace(/ς/g, "σ");
  };
  const pieces = (query) => fold(query).split(/\s+/u).filter(Boolean);
  const wordsOf = (text, longest) => {
    const found = fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    return found.map((word) => [...word].slice(0, longest).join(""));
  };

  const element = (name, content, attributes = {}) => {
    const made = document.createElement(name);
    made.append(...content);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };

  const ofIndex = ({ classes }, records, searched) => {
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
      return { id, polish, text: searched(text.join(" ")), make };
    });
  };

  const having = (entries, texts) =>
    entries.filter(({ text }) => texts.every((sought) => text.includes(sought)));

  // What is found: `n` of `all`, `n` being the least that there can be where it is not `exact`;
  // whether `found` begins with the `first` of all.
  const amongAll = (entries) => (query) => {
    const found = having(entries, pieces(query));
    return { found, n: found.length, all: entries.length, exact: true, first: true };
  };

  const inPage = () => {
    const entries = before.items.map((item) => ({ text: fold(item.textContent), make: () => item }));
    return (query) => ({ ...amongAll(entries)(query), here: Boolean(pager.querySelector("a")) });
  };

  const json = (path) =>
    fetch(path).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));

  const byName = new Intl.Collator("pl", { ignorePunctuation: true });
  const KEPT = 50;
  const TRIED = 3;

  // Of what begins with a word, the best that can be read of it.
  const better = (a, b) => b.whole - a.whole || a.count - b.count;

  // The index in parts: runs of words `[first, last, count of records]`. A run of more records than
  // a part holds is one word, which has several parts; of more than `most` only those of the first.
  // Of two such words in one record there are parts, too: runs of the second below the first.
  const inParts = (index) => {
    const kept = new Map();
    const read = (path) => {
      if (!kept.has(path)) {
        if (kept.size >= KEPT) kept.delete(kept.keys().next().value);
        const searched = (text) => ["", ...wordsOf(text, index.longest)].join(" ");
        const part = json(words.parts + path).then((records) => ofIndex(index, records, searched));
        part.catch(() => kept.delete(path));
        kept.set(path, part);
      }
      return kept.get(path);
    };

    const named = (word) => {
      const bytes = [...new TextEncoder().encode(word)];
      const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
      return /^[a-z0-9]+$/.test(word) ? `w-${word}` : `x-${hex}`;
    };
    const pathsOf = ([first, , count]) => {
      const length = Math.ceil(Math.min(count, index.most) / index.part);
      return Array.from({ length }, (_, i) => `${named(first)}${i ? `-${i + 1}` : ""}.json`);
    };

    // Where the words lie that begin with a word, and how many records they have, those counted
    // twice that have two of them; `whole` if all of them can be read. Of a word alone it is known
    // how many have it at `least`, before any is read.
    const planned = (word) => {
      const runs = index.words.filter(
        ([first, last]) => last >= word && (first <= word || first.startsWith(word)),
      );
      const within = runs.filter(([first, last]) => first.startsWith(word) && last.startsWith(word));
      const paths = runs.flatMap(pathsOf);
      const few = paths.length * index.part <= index.most;
      return {
        paths,
        whole: few && runs.every(([, , count]) => count <= index.most),
        count: runs.reduce((sum, [, , count]) => sum + count, 0),
        least: Math.max(0, ...within.map(([, , count]) => count)),
        alone: runs.length === 1,
        frequent: within.map(([first]) => first).filter((first) => Object.hasOwn(index.pairs, first)),
      };
    };

    // The same for records that have a frequent word of each of two; null where that is not known.
    const together = (one, other) => {
      const pairs = one.frequent.flatMap((a) => other.frequent.map((b) => [a, b].sort()));
      const found = pairs.map(([a, b]) => {
        const run = index.pairs[a].find(([first, last]) => first <= b && b <= last);
        if (!run) return { paths: [], whole: true, count: 0, least: 0 };
        const [first, last, count] = run;
        const paths = [`${named(a)}/${named(first)}.json`];
        return { paths, whole: count <= index.part, count, least: first === last ? count : 0 };
      });
      const [most] = found.sort((a, b) => b.count - a.count);
      // Where other words begin so, too, there may be more records.
      if (one.alone && other.alone) return most && { ...most, alone: true };
      return most?.count ? { ...most, whole: false, alone: false } : null;
    };

    const readFor = async ({ paths, alone }, query, everything) => {
      const texts = query.map((word) => ` ${word}`);
      const entries = new Map();
      const take = (part) => having(part, texts).forEach((entry) => entries.set(entry.id, entry));
      if (everything) (await Promise.all(paths.map(read))).forEach(take);
      else {
        for (const path of paths.slice(0, index.most / index.part)) {
          take(await read(path));
          if (entries.size > MOST) break;
        }
      }
      const found = [...entries.values()];
      return alone ? found : found.sort((a, b) => byName.compare(a.polish, b.polish));
    };

    // A word that is the beginning of another asks for nothing more.
    const asked = (text) => {
      const all = [...new Set(wordsOf(text, index.longest))];
      return all.filter((word) => !all.some((other) => other !== word && other.startsWith(word)));
    };

    // What can be read, the best first: what is whole needs no other.
    const plansFor = (query) => {
      const ones = query.map(planned).sort(better);
      if (ones[0].whole) return [{ ...ones[0], words: 1 }];
      const twos = ones.flatMap((one, i) => ones.slice(i + 1).map((two) => together(one, two)));
      return [
        ...twos.filter(Boolean).sort(better).map((two) => ({ ...two, words: 2 })),
        ...ones.map((one) => ({ ...one, words: 1 })),
      ];
    };

    const done = async (plan, query) => {
      const least = query.length === plan.words ? plan.least : 0;
      const counted = plan.alone && least > 0;
      const everything = plan.whole && !counted;
      const found = await readFor(plan, query, everything);
      return {
        found,
        n: everything ? found.length : Math.max(found.length, least),
        all: index.count,
        exact: everything || counted,
        first: everything || plan.alone,
        many: true,
      };
    };

    return async (text) => {
      const query = asked(text);
      let answer = { found: [], n: 0, all: index.count, exact: true, first: true };
      if (!query.length) return answer;
      for (const plan of plansFor(query).slice(0, TRIED)) {
        answer = await done(plan, query);
        if (answer.exact || answer.n) break;
      }
      return answer;
    };
  };

  let finder = null;
  const findings = async (query) => {
    if (location.protocol === "file:") return inPage()(query);
    finder ??= json(words.index)
      .then((index) =>
        index.words ? inParts(index) : amongAll(ofIndex(index, index.records, fold)),
      )
      .catch(inPage);
    const find = await finder;
    try {
      return await find(query);
    } catch {
      return inPage()(query); // a part cannot be read
    }
  };

  const say = (text, numbers = {}) =>
    text.replace(/\{(\w+)\}/g, (_, key) => numbers[key].toLocaleString(words.language));

  const told = ({ found, n, all, exact, first, many, here }) => {
    const shown = Math.min(found.length, MOST);
    const texts = [];
    if (n) texts.push(say(exact ? words.found : words.least, { n, all }));
    else texts.push(say(exact ? words.nothing : words.unseen));
    if (shown < n) texts.push(say(first ? words.shown : words.some, { n: shown }));
    if (many && n && (!exact || shown < n)) texts.push(words.more);
    if (here) texts.push(words.here);
    return texts.join(". ");
  };

  let last = 0;
  const search = async () => {
    const turn = ++last;
    if (!pieces(field.value).length) {
      list.replaceChildren(...before.items);
      status.textContent = before.status;
      pager.hidden = false;
      return;
    }
    const answer = await findings(field.value);
    if (turn !== last) return; // something else was typed meanwhile
    list.replaceChildren(...answer.found.slice(0, MOST).map(({ make }) => make()));
    pager.hidden = true;
    status.textContent = told(answer);
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
