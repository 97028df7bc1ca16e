/* Values as the reader reads them: shortened names, counts, dates, figures, offices. */

/** @type {(text: string, length?: number) => string} */
export const short = (text, length = 34) => (text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text);
/** @type {(text: string) => string} */
export const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
/** @type {(number: number, one: string, many?: string) => string} */
export const count = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
/* EDTF for people: 2015-04-21 is 21 Apr 2015; what is not a plain date stays as it is. */
/** @type {(edtf: string | null | undefined) => string} */
export const date = (edtf) => {
  const found = /^(\d{4}|XXXX)(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(edtf || "");
  if (!found) return edtf || "";
  const [, year, month, day] = found;
  const parts = [day && String(Number(day)), month && MONTHS[Number(month) - 1], year === "XXXX" ? "(year not given)" : year];
  return parts.filter(Boolean).join(" ");
};

/* From one day to another, without what both have: 6 – 27 Apr 2021. */
/** @type {(first: string, last: string) => string} */
export const period = (first, last) => {
  if (first === last) return date(first);
  const same = first.length === last.length ? (first.slice(0, 7) === last.slice(0, 7) ? 2 : first.slice(0, 4) === last.slice(0, 4) ? 1 : 0) : 0;
  return `${date(first).split(" ").slice(0, same ? -same : undefined).join(" ")} – ${date(last)}`;
};

/** @type {Record<string, string>} */
export const COMPARATORS = { "=": "exactly", "~": "about", ">": "more than", "≥": "at least", "≤": "at most", "<": "fewer than" };
const DIGITS = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
/* 1.6 billion, where two decimals tell all of it. */
const WORDS = new Intl.NumberFormat("en", { notation: "compact", compactDisplay: "long", maximumFractionDigits: 2 });
/** @type {(value: number) => string} */
const number = (value) => (Math.abs(value) >= 1e6 && Math.round(value / 1e4) * 1e4 === value ? WORDS : DIGITS).format(value);
/* Number and unit where one cannot do without the other: 40%, 90 USD; what is counted is not told. */
/** @type {(figure: kg.Figure, value: string) => string} */
const measured = ({ unit }, value) => (unit === "percent" ? `${value}%` : /^[A-Z]{3}$/.test(unit) ? `${value} ${unit}` : value);
/* A figure as a number with its bound in words: more than 330, about 40%, 20–30. */
/** @type {(figure: kg.Figure) => string} */
export const amount = (figure) => {
  const { value, low, high, comparator } = figure;
  if (value !== null) return `${comparator === "=" ? "" : `${COMPARATORS[comparator] ?? ""} `}${measured(figure, number(value))}`;
  if (low !== null && high !== null) return measured(figure, `${number(low)}–${number(high)}`);
  if (low !== null) return `at least ${measured(figure, number(low))}`;
  if (high !== null) return `at most ${measured(figure, number(high))}`;
  return figure.text;
};
const TOLD = new Set(["text", "value", "low", "high", "comparator", "unit", "population", "event", "place", "asOf", "id", "whose", "words", "happened", "near", "index"]);
/* Name and value of whatever else a figure has: a field that is new in the data needs no line of its own here. */
/** @type {(figure: kg.Figure) => [string, string][]} */
export const further = (figure) => {
  /** @type {[string, string][]} */
  const found = [];
  for (const name in figure) { // of a packed page, too, whose figures look their values up
    const value = /** @type {any} */ (figure)[name];
    if (value && !TOLD.has(name)) found.push([name, String(value)]);
  }
  return found;
};
/* Value, unit and what is counted: more than 40 percent of the costs. */
/** @type {(figure: kg.Figure) => string} */
export const quantity = (figure) => figure.words || amount(figure);
/* Whose it is and what else the text tells of it, in brackets, where the words do not have it. */
/** @type {(figure: kg.Figure) => string} */
export const aside = (figure) => {
  const told = [figure.whose, ...further(figure).map(([name, value]) => (name === "per" ? `per ${value}` : value))].filter((words) => words && !figure.words.includes(words.replace(/^per /, "")));
  return told.length ? `(${told.join("; ")})` : "";
};
/* A figure as a part of a sentence: more than 330 Kyrgyz citizens killed in Syria (forecast). */
/** @type {(figure: kg.Figure) => string} */
export const reading = (figure) => [quantity(figure), figure.happened, aside(figure)].filter(Boolean).join(" ");

/* How a time line moved, below its title: the story without its own head. */
/** @type {(lane: kg.Lane) => string} */
export const moved = ({ story }) => capital(story.slice(story.indexOf(": ") + 1).trim());

/* The office that a speaker held when a statement was made. */
/** @type {(statement: kg.Statement) => string} */
export const office = (statement) =>
  [statement.tense && statement.tense !== "current" ? statement.tense : "", [statement.role, statement.organisation].filter(Boolean).join(", ")]
    .filter(Boolean)
    .join(" ");
