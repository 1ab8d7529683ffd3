// The editor of the query page: it takes the place of the text area, which the form goes on sending.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  StreamLanguage,
  syntaxHighlighting,
} from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { EditorState, RangeSet, StateField } from "@codemirror/state";
import {
  Decoration,
  EditorView,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { completions } from "./completions.js";
import { missingPrefix } from "./prefixes.js";

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.standard(tags.variableName)], color: "var(--key)" },
  { tag: tags.atom, color: "var(--name)" },
  { tag: [tags.string, tags.meta], color: "var(--text)" },
  { tag: tags.comment, color: "var(--remark)", fontStyle: "italic" },
  { tag: tags.local(tags.variableName), color: "var(--accent)" },
]);

const look = EditorView.theme({
  "&": { maxHeight: "min(70vh, 27rem)", fontSize: "0.92rem" },
  "&.cm-focused": { outline: "none" }, // the frame around it shows the focus
  ".cm-content, .cm-gutter": { minHeight: "12rem" },
  ".cm-scroller": {
    lineHeight: "1.5",
    fontFamily: 'ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace',
  },
  ".cm-content": { padding: "0.5rem 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 0.75rem" },
  ".cm-gutters": { background: "var(--shade)", color: "var(--soft)", border: "0" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 0.4rem 0 0.6rem" },
  ".cm-refused": { background: "var(--warn-paper)" },
  "&.cm-focused .cm-matchingBracket": { background: "var(--accent-paper)" },
  "&.cm-focused .cm-nonmatchingBracket": { background: "var(--warn-paper)" },
  ".cm-tooltip": {
    background: "var(--paper)",
    color: "var(--ink)",
    border: "1px solid var(--soft)",
    borderRadius: "0.25rem",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    maxHeight: "none", // MOST options at most: nothing scrolls
    maxWidth: "min(44rem, 92vw)",
    fontFamily: "inherit",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
    display: "flex",
    flexWrap: "wrap",
    gap: "0 0.75rem",
    padding: "0.3rem 0.6rem",
  },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    background: "var(--accent-paper)",
    color: "var(--ink)",
  },
  ".cm-completionLabel": { fontWeight: "600" },
  ".cm-completionMatchedText": { textDecoration: "underline" },
  ".cm-completionDetail": { marginInlineStart: "auto", fontStyle: "normal", color: "var(--soft)" },
  ".cm-completionDetail code": { color: "var(--name)" },
});

// The line that the parser stumbled over is marked until the text is changed.
const refused = (line) =>
  StateField.define({
    create: ({ doc }) =>
      line > 0 && line <= doc.lines
        ? Decoration.set(Decoration.line({ class: "cm-refused" }).range(doc.line(line).from))
        : RangeSet.empty,
    update: (marks, change) => (change.docChanged ? RangeSet.empty : marks),
    provide: (field) => EditorView.decorations.from(field),
  });

const begin = (form) => {
  const area = form.elements.query;
  const told = document.getElementById("query-told");
  const { language, nonce, longest, line, terms } = form.dataset;
  const words = JSON.parse(form.dataset.words);
  let loaded = null;
  const vocabulary = () => {
    loaded ??= fetch(terms)
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
      .catch(() => ({ prefixes: {}, terms: [] }));
    return loaded;
  };

  // A query that is too long for an address is sent in the body of the request.
  const measured = () => {
    const fields = new URLSearchParams(new FormData(form));
    const isLong = fields.toString().length > Number(longest);
    form.method = isLong ? "post" : "get";
    told.textContent = isLong ? words["too-long"] : words.keys;
  };
  const run = () => {
    form.requestSubmit();
    return true;
  };

  const frame = document.createElement("div");
  frame.className = "editor";
  const described = area.getAttribute("aria-describedby");
  const invalid = area.getAttribute("aria-invalid");
  const view = new EditorView({
    parent: frame,
    state: EditorState.create({
      doc: area.value,
      extensions: [
        EditorView.cspNonce.of(nonce),
        EditorState.phrases.of({ Completions: words.suggestions }),
        EditorView.contentAttributes.of({
          tabindex: "0", // contenteditable has it; axe-core looks for the attribute
          "aria-labelledby": "query-label",
          "aria-describedby": described,
          ...(invalid && { "aria-invalid": invalid }),
        }),
        keymap.of([
          { key: "Mod-Enter", run },
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...historyKeymap,
          ...defaultKeymap, // Tab is not in it: it leaves the editor
        ]),
        history(),
        lineNumbers(),
        highlightSpecialChars(), // marks that turn the direction of writing cannot hide
        bracketMatching(),
        closeBrackets(),
        indentOnInput(),
        EditorView.lineWrapping,
        StreamLanguage.define(sparql),
        syntaxHighlighting(colours),
        autocompletion({
          override: [completions(vocabulary, language, words)],
          icons: false,
        }),
        refused(Number(line)),
        look,
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          area.value = update.state.doc.toString();
          measured();
          missingPrefix(update, vocabulary);
        }),
      ],
    }),
  });
  area.hidden = true;
  area.before(frame);
  document.getElementById("query-label").addEventListener("click", () => view.focus());
  measured();
  // A browser that goes back restores the text of the area, not that of the editor.
  addEventListener("pageshow", () => {
    const text = view.state.doc.toString();
    if (area.value !== text) view.dispatch({ changes: { from: 0, to: text.length, insert: area.value } });
  });
};

const form = document.getElementById("query-form");
if (form) begin(form);
