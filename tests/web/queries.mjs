// Asks SPARQL queries of a source as Comunica does. On standard input {sources: […], queries: {name:
// text}}; on standard output {name: answer in the SPARQL 1.1 JSON results format}.
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { QueryEngine } from "@comunica/query-sparql";

const { sources, queries } = JSON.parse(readFileSync(0, "utf8"));
const engine = new QueryEngine();
const answers = {};
for (const [name, query] of Object.entries(queries)) {
  const result = await engine.query(query, { sources });
  const { data } = await engine.resultToString(result, "application/sparql-results+json");
  answers[name] = JSON.parse(await text(data));
}
process.stdout.write(JSON.stringify(answers));
