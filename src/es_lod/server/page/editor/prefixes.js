// Prefixes: which a query declares, and the line for one that it lacks.

const DECLARED = /^\s*prefix\s+([\w-]*):/gim;

// The change that declares a prefix, or nothing where the text declares it.
export const declaration = (doc, prefix, prefixes) => {
  const text = doc.toString();
  const declared = [...text.matchAll(DECLARED)];
  const iri = prefixes[prefix];
  if (!iri || declared.some((found) => found[1] === prefix)) return null;
  const last = declared.at(-1);
  const line = `PREFIX ${prefix}: <${iri}>`;
  if (!last) return { from: 0, insert: text.trim() ? `${line}\n\n` : `${line}\n` };
  const { to } = doc.lineAt(last.index + last[0].length);
  return { from: to, insert: `\n${line}` };
};

// Whoever types the colon of a prefix that is known gets its declaration.
export const missingPrefix = (update, vocabulary) => {
  if (!update.transactions.some((one) => one.isUserEvent("input.type"))) return;
  const { state, view } = update;
  const { head } = state.selection.main;
  const line = state.doc.lineAt(head);
  const before = line.text.slice(0, head - line.from);
  const typed = /(?:^|[\s(|/^;,.{[!])([A-Za-z][\w-]*):$/.exec(before);
  if (!typed || /["'<#]|prefix/i.test(before)) return;
  vocabulary().then(({ prefixes }) => {
    const change = declaration(view.state.doc, typed[1], prefixes);
    if (change) view.dispatch({ changes: change });
  });
};
