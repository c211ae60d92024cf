// Judges every vector with whole numbers alone, after README.md; prints how many there are, and how many differ.
import { readFileSync } from "node:fs";

const load = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));

// --- exact numbers: [above, below], below more than nought, no common part

const gcd = (a, b) => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));
const made = (above, below) => {
  const part = gcd(above, below) || 1n;
  return [above / part, below / part];
};
const exact = (data) => {
  const [, sign, whole, decimals = "", below = "1"] = /^([+-]?)(\d+)(?:\.(\d+)|\/(\d+))?$/.exec(String(data));
  const above = BigInt(whole + decimals);
  return made(sign === "-" ? -above : above, BigInt(below) * 10n ** BigInt(decimals.length));
};
const plus = ([a, b], [c, d]) => made(a * d + c * b, b * d);
const times = ([a, b], [c, d]) => made(a * c, b * d);
const less = ([a, b], [c, d]) => a * d - c * b; // below nought, nought, or above
const floor = ([a, b]) => a / b - (a % b < 0n ? 1n : 0n);
const ceiling = ([a, b]) => -floor([-a, b]);
const said = ([above, below]) => {
  if (below === 1n) return above > 2n ** 53n - 1n || above < 1n - 2n ** 53n ? String(above) : Number(above);
  for (let places = 1; places <= 40; places += 1) {
    const [digits, rest] = made(above * 10n ** BigInt(places), below);
    if (rest === 1n) {
      const all = String(digits < 0n ? -digits : digits).padStart(places + 1, "0");
      return `${digits < 0n ? "-" : ""}${all.slice(0, -places)}.${all.slice(-places)}`;
    }
  }
  return `${above}/${below}`;
};

// --- the figures, and what a rule makes of them

const marks = ["for", "against", "abstaining", "invalid", "silent", "absent", "recused"];
const wholes = { valid: 3, cast: 4, present: 5, entitled: 6, names: 7 };
const marksOf = (figure) => (figure in wholes ? marks.slice(0, wholes[figure]) : [figure]);
const holdsFor = { ">=": (d) => d >= 0n, ">": (d) => d > 0n, "<=": (d) => d <= 0n, "<": (d) => d < 0n };
const counts = (tally, { by = "heads", among }) =>
  among === undefined ? tally.measures[by] : tally.measures[by].among[among];

const parts = (amount) => [amount].flat();
const terms = (amount) => parts(amount).filter((part) => typeof part === "object");
const constant = (amount) => parts(amount).filter((part) => typeof part !== "object").map(exact).reduce(plus, [0n, 1n]);
const multiple = (term) => exact(term.times ?? 1);
const comesTo = (amount, tally) =>
  terms(amount).map((term) => times(multiple(term), exact(counts(tally, term)[term.of]))).reduce(plus, constant(amount));

const isNought = (some, tally) => {
  const speaks = new Map(); // how often each mark of each group is counted, differences worked out
  for (const term of some)
    for (const mark of marksOf(term.of)) {
      const key = JSON.stringify([mark, term.among]);
      const before = speaks.get(key)?.often ?? [0n, 1n];
      speaks.set(key, { mark, term, often: plus(before, multiple(term)) });
    }
  return [...speaks.values()]
    .filter(({ often }) => often[0] !== 0n)
    .every(({ mark, term }) =>
      Object.entries(counts(tally, term)).some(
        ([figure, number]) => figure !== "among" && marksOf(figure).includes(mark) && exact(number)[0] === 0n,
      ),
    );
};

const takesAShare = (side) =>
  side.some((term) => multiple(term)[1] !== 1n && ["entitled", "present", "cast", "valid"].includes(term.of));

const weigh = (part, { left, sign, right }, tally) => {
  const [onLeft, onRight] = [comesTo(left, tally), comesTo(right, tally)];
  const finding = { part, left: said(onLeft), right: said(onRight), holds: holdsFor[sign](less(onLeft, onRight)) };
  const grounds = terms(right).length
    ? [[...terms(left), ...terms(right)], ...[terms(left), terms(right)].filter(takesAShare)]
    : [];
  if (grounds.some((ground) => isNought(ground, tally))) return { ...finding, holds: false, nothing: true };
  if (terms(left)[0].by !== undefined)
    return { ...finding, needed: said(onRight), ...(sign.length === 1 ? { needed_is_bound: true } : {}) };
  const whole = terms(left).map((term) => multiple(term)[1]).reduce((a, b) => (a / gcd(a, b)) * b, 1n);
  const step = made(terms(left).map((term) => times(multiple(term), [whole, 1n])[0]).reduce(gcd, 0n), whole);
  const steps = times(plus(onRight, times([-1n, 1n], constant(left))), [step[1], step[0]]);
  const least = { ">=": ceiling(steps), ">": floor(steps) + 1n, "<=": floor(steps), "<": ceiling(steps) - 1n }[sign];
  return { ...finding, needed: said(plus(constant(left), times([least, 1n], step))) };
};

const holds = (part, condition, tally, findings) => {
  if (condition.all) return condition.all.map((each) => holds(part, each, tally, findings)).every(Boolean);
  if (condition.any) return condition.any.map((each) => holds(part, each, tally, findings)).some(Boolean);
  findings.push(weigh(part, condition, tally));
  return findings.at(-1).holds;
};

const lostByTie = (condition, tally) => {
  if (condition.all) return condition.all.every((each) => lostByTie(each, tally));
  if (condition.any) return condition.any.some((each) => lostByTie(each, tally));
  const { left, sign, right } = condition;
  const finding = weigh("passage", condition, tally);
  if (finding.holds) return true;
  if (finding.nothing || finding.left !== finding.right || sign.length === 2) return false;
  if ([...terms(left), ...terms(right)].some((term) => term.by !== undefined || term.among !== undefined)) return false;
  const [more, fewer] = sign === ">" ? [left, right] : [right, left];
  const of = (side, mark) =>
    terms(side).filter((term) => marksOf(term.of).includes(mark)).map(multiple).reduce(plus, [0n, 1n]);
  const weight = (mark) => plus(of(more, mark), times([-1n, 1n], of(fewer, mark)));
  return weight("for")[0] > 0n && plus(weight("for"), weight("against"))[0] === 0n;
};

const judge = (rule, tally) => {
  const findings = [];
  if (tally.issued !== undefined && tally.returned !== undefined && less(exact(tally.returned), exact(tally.issued)) > 0n)
    return { outcome: "void", tie: false, findings };
  if (rule.quorum !== "none" && !holds("quorum", rule.quorum, tally, findings))
    return { outcome: "inquorate", tie: false, findings };
  const heads = tally.measures.heads;
  const majority = holds("passage", rule.passage, tally, findings);
  const carried = majority && exact(heads[rule.by_no_objection ? "entitled" : "for"])[0] > 0n;
  const tie = !carried && (heads.for ?? 0) !== 0 && heads.for === heads.against;
  if (tie && rule.casting && tally.casting && lostByTie(rule.passage, tally))
    return { outcome: tally.casting === "for" ? "carried" : "lost", tie, casting: tally.casting, findings };
  return { outcome: carried ? "carried" : "lost", tie, findings };
};

// --- every vector

const sorted = (data) =>
  data && typeof data === "object" && !Array.isArray(data)
    ? Object.fromEntries(Object.keys(data).sort().map((key) => [key, sorted(data[key])]))
    : Array.isArray(data) ? data.map(sorted) : data;
const same = (one, other) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

const rules = load("rules.json").rule;
const vectors = ["boundaries.json", "worked-cases.json"].flatMap((name) => load(name).vectors);
const differing = vectors.filter(({ rule, tally, expected }) => !same(judge(rules[rule], tally), expected));
for (const { id } of differing) console.error(id);
console.log(`${vectors.length} vectors, ${differing.length} differ`);
process.exitCode = differing.length ? 1 : 0;
