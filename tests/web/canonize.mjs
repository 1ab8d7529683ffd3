// The RDFC-1.0 hash of the N-Quads on standard input, by Digital Bazaar's implementation.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import * as rdf from "rdf-canonize";

const quads = rdf.NQuads.parse(readFileSync(0, "utf8"));
const options = { algorithm: "RDFC-1.0", format: "application/n-quads", maxWorkFactor: 3 };
const canonical = await rdf.canonize(quads, options);
process.stdout.write(createHash("sha256").update(canonical).digest("hex"));
