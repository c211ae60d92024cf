// Checks canonical bytes, digests, seals and the chain of a record, after docs/formats.md; knows nothing of the library.
// Prints how much there is, how much differs, and how many changed records were let through.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const { vectors, entries, parts } = JSON.parse(readFileSync(new URL("canonical.json", import.meta.url), "utf8"));
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

// Strings sort by UTF-16 code units, and JSON.stringify escapes as RFC 8785 asks: that is where both come from.
const canonical = (data) => {
  if (Array.isArray(data)) return `[${data.map(canonical).join(",")}]`;
  if (data === null || typeof data !== "object") return JSON.stringify(data);
  const pairs = Object.keys(data).sort().map((key) => `${JSON.stringify(key)}:${canonical(data[key])}`);
  return `{${pairs.join(",")}}`;
};
const bytes = (data) => Buffer.from(canonical(data), "utf8");

const differs = vectors.filter(
  ({ data, bytes: expected, digest }) => bytes(data).toString("hex") !== expected || sha256(bytes(data)) !== digest,
);

const isSound = (record) => {
  let previous = "0".repeat(64);
  for (const [place, { payload, private: kept, digest }] of record.entries()) {
    let entry, held;
    try {
      entry = JSON.parse(payload);
      held = JSON.parse(kept ?? "{}");
    } catch {
      return false;
    }
    if (canonical(entry) !== payload || sha256(Buffer.from(payload, "utf8")) !== digest) return false;
    if (entry.number !== place + 1 || entry.previous !== previous) return false;
    for (const [path, { salt, value }] of Object.entries(held))
      if (sha256(Buffer.concat([Buffer.from(salt, "hex"), bytes(value)])) !== entry.private[path]) return false;
    previous = digest;
  }
  return true;
};

const changed = (text) => {
  const middle = [...text].findIndex((letter, place) => place > text.length / 2 && /[0-9a-y]/.test(letter));
  return [...text].map((letter, place) => (place === middle ? String.fromCharCode(letter.charCodeAt(0) ^ 1) : letter)).join("");
};
const bent = entries.flatMap((entry, place) => {
  const among = (other) => entries.map((each, at) => (at === place ? other : each));
  return [
    among({ ...entry, payload: changed(entry.payload) }),
    ...(entry.private ? [among({ ...entry, private: changed(entry.private) })] : []),
    ...(place < entries.length - 1 ? [entries.filter((_, at) => at !== place)] : []),
  ];
});

const sound = isSound(entries) && isSound(entries.map((entry) => ({ ...entry, private: null })));
const whole = parts.every(({ content, digest }) => sha256(Buffer.from(content, "utf8")) === digest && canonical(JSON.parse(content)) === content);
for (const { id } of differs) console.error(`${id} differs`);
console.log(
  `${vectors.length} forms, ${differs.length} differ; ${entries.length} entries ${sound ? "sound" : "NOT SOUND"}, ` +
    `${parts.length} parts ${whole ? "whole" : "NOT WHOLE"}; ${bent.length} changed records, ${bent.filter(isSound).length} let through`,
);
