// What is completed: terms and concepts by their names in both languages, variables, keywords.

import { syntaxTree } from "@codemirror/language";
import { declaration } from "./prefixes.js";

const KEYWORDS = (
  "ASK BIND CONSTRUCT COUNT DESCRIBE DISTINCT EXISTS FILTER FROM GRAPH GROUP_BY HAVING LANG LIMIT " +
  "MINUS NAMED NOT_EXISTS OFFSET OPTIONAL ORDER_BY PREFIX REGEX SAMPLE SELECT STR STRSTARTS SUBSTR " +
  "SUM UNION VALUES WHERE AVG COALESCE CONTAINS DATATYPE DESC GROUP_CONCAT IF LCASE MAX MIN STRLEN YEAR"
)
  .split(" ")
  .map((word) => (word === "GROUP_CONCAT" ? word : word.replace("_", " ")));
const MOST = 12;
const OPAQUE = /comment|string|meta/;

// Case and diacritics do not count; ł is the one Polish letter that does not come apart.
const fold = (text) =>
  text.toLowerCase().replace(/ł/g, "l").normalize("NFKD").replace(/\p{M}/gu, "");
const wordsOf = (text) => text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
// `es:SocialIntegrationCentre` is found by each of its words.
const partsOf = (name) => wordsOf(name.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2"));

const prepared = (terms, language) =>
  terms.map(([name, kind, pl, en, ...others]) => {
    const local = name.slice(name.indexOf(":") + 1);
    const texts = [pl, en, ...others].map((text) => wordsOf(fold(text)));
    const called = language === "en" ? en : pl;
    const plain = fold(name);
    return { name, kind, called, texts: [...texts, partsOf(local).map(fold)], plain, local: fold(local) };
  });

// How well a term fits: its name, the beginning of a label, words anywhere in one; -1 for not.
const fit = (term, wanted, whole) => {
  if (term.plain === whole || term.local === whole) return 4;
  if (term.local.startsWith(whole) || term.plain.startsWith(whole)) return 3;
  let best = -1;
  for (const words of term.texts) {
    const at = words.findIndex((_, i) =>
      wanted.every((word, j) =>
        j + 1 < wanted.length ? words[i + j] === word : words[i + j]?.startsWith(word),
      ),
    );
    if (at === 0 && words.length === wanted.length) return 3;
    if (at >= 0) best = Math.max(best, at === 0 ? 2 : 1);
  }
  return best;
};
const ORDER = ["class", "property", "concept", "value"];

const found = (terms, typed) => {
  const whole = fold(typed);
  const wanted = wordsOf(whole);
  if (!wanted.length) return [];
  return terms
    .map((term) => [fit(term, wanted, whole), term])
    .filter(([score]) => score >= 0)
    .sort(
      ([a, one], [b, other]) =>
        b - a ||
        ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind) ||
        one.called.length - other.called.length,
    )
    .map(([, term]) => term);
};

// The name is written in the place of what was typed, and its prefix is declared where it is not.
const applied = (name, prefixes) => (view, _, from, to) => {
  const change = declaration(view.state.doc, name.slice(0, name.indexOf(":")), prefixes);
  const before = change ? [change] : [];
  const changes = [...before, { from, to, insert: name }];
  const anchor = from + name.length + (change ? change.insert.length : 0);
  view.dispatch({ changes, selection: { anchor }, userEvent: "input.complete", scrollIntoView: true });
};

const option = (term, words, prefixes) => ({
  label: term.called,
  detail: `${term.name} · ${words[term.kind]}`,
  type: term.kind,
  apply: applied(term.name, prefixes),
});

const plain = (label, words, type) => ({ label, detail: words[type], type });

const variables = (text, words, typed) => {
  const counted = new Set(text.match(/[?$][\p{L}_][\p{L}\p{N}_]*/gu));
  counted.delete(typed);
  return [...counted].sort().map((name) => plain(name, words, "variable"));
};

const first = (from, options) => ({ from, options: options.slice(0, MOST), filter: false });

// The source of what is completed. `vocabulary` gives a promise of the terms.
export const completions = (vocabulary, language, words) => {
  let terms = null;
  return async (context) => {
    const { state, pos, explicit } = context;
    if (OPAQUE.test(syntaxTree(state).resolveInner(pos, -1).name)) return null;
    const text = state.doc.toString();
    const variable = context.matchBefore(/[?$][\p{L}\p{N}_]*/u);
    if (variable) {
      const known = variables(text, words, variable.text);
      return first(variable.from, known.filter(({ label }) => label.startsWith(variable.text)));
    }
    const typed = context.matchBefore(/[\p{L}\p{N}_-]+(?::[\p{L}\p{N}_.-]*)?/u);
    if (!typed && !explicit) return null;
    const { prefixes, terms: raw } = await vocabulary();
    terms ??= prepared(raw, language);
    const options = (fitting) => fitting.map((term) => option(term, words, prefixes));
    if (!typed) {
      const classes = options(terms.filter(({ kind }) => kind === "class"));
      return first(pos, [...variables(text, words, ""), ...classes]);
    }
    const [prefix, local] = typed.text.split(":");
    if (local !== undefined) {
      const own = terms.filter(({ name }) => name.startsWith(`${prefix}:`));
      return first(typed.from, options(local ? found(own, local) : own));
    }
    // A name of several words: the longest that some label has.
    const phrase = context.matchBefore(/(?:[\p{L}\p{N}-]+ ){0,3}[\p{L}\p{N}_-]+/u);
    for (let { text: several, from } = phrase; several.includes(" "); ) {
      const fitting = found(terms, several);
      if (fitting.length) return first(from, options(fitting));
      const cut = several.indexOf(" ") + 1;
      several = several.slice(cut);
      from += cut;
    }
    const upper = typed.text.toUpperCase();
    const keywords = KEYWORDS.filter((word) => word.startsWith(upper)).map((word) =>
      plain(word, words, "keyword"),
    );
    const fitting = options(found(terms, typed.text));
    // Whoever writes in capitals means a keyword.
    const inOrder = typed.text === upper ? [...keywords, ...fitting] : [...fitting, ...keywords];
    return first(typed.from, inOrder);
  };
};
