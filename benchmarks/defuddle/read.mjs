// Reads the page on standard input, decoded, with Defuddle: `node read.mjs URL` prints
// {title, published, content}. It loads nothing from elsewhere.
import { readFileSync } from "node:fs";
import { Defuddle } from "defuddle/node";
import { parseHTML } from "linkedom";

const url = process.argv[2] || "http://localhost/";
const { document } = parseHTML(readFileSync(0, "utf8"));
const { title, published, content } = await Defuddle(document, url, { useAsync: false });
process.stdout.write(JSON.stringify({ title, published, content }));
