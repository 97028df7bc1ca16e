/* Values as the reader reads them: shortened names, counts, dates, figures, offices. */

/** @type {(text: string, length?: number) => string} */
export const short = (text, length = 34) => (text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text);
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

/** @type {Record<string, string>} */
export const COMPARATORS = { "=": "exactly", "~": "about", ">": "more than", "≥": "at least", "≤": "at most", "<": "fewer than" };
/** @type {(value: number) => string} */
const number = (value) => value.toLocaleString("en", { maximumFractionDigits: 2 });
/* A figure as a number with its bound: > 330, ~ 40, 20–30. */
/** @type {(figure: kg.Figure) => string} */
export const amount = (figure) => {
  if (figure.value !== null) return `${figure.comparator === "=" ? "" : `${figure.comparator} `}${number(figure.value)}`;
  if (figure.low !== null && figure.high !== null) return `${number(figure.low)}–${number(figure.high)}`;
  if (figure.low !== null) return `≥ ${number(figure.low)}`;
  if (figure.high !== null) return `≤ ${number(figure.high)}`;
  return figure.text;
};
const TOLD = new Set(["text", "value", "low", "high", "comparator", "unit", "population", "event", "place", "asOf", "id", "whose"]);
/* Name and value of whatever else a figure has: a field that is new in the data needs no line of its own here. */
/** @type {(figure: kg.Figure) => [string, string][]} */
export const further = (figure) =>
  Object.entries(figure).flatMap(([name, value]) => (value && !TOLD.has(name) ? [[name, String(value)]] : []));
/* What a figure counts. */
/** @type {(figure: kg.Figure) => string} */
export const counted = (figure) => {
  const told = [figure.population || figure.unit, figure.event, figure.whose, figure.place].filter(Boolean).join(" · ");
  const rest = further(figure).map(([name, value]) => `${name} ${value}`).filter((words) => !told.includes(words));
  return [told, ...rest].filter(Boolean).join(" · ");
};

/* The office that a speaker held when a statement was made. */
/** @type {(statement: kg.Statement) => string} */
export const office = (statement) =>
  [statement.tense && statement.tense !== "current" ? statement.tense : "", [statement.role, statement.organisation].filter(Boolean).join(", ")]
    .filter(Boolean)
    .join(" ");
