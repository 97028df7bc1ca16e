/* Names where there is little room: a person by initial and surname, as newspapers do, others cut at their end. */

/* At most so many letters of a name. */
/** @type {(name: string, letters: number, person: boolean) => string} */
export const brief = (name, letters, person) => {
  const whole = [...name];
  if (whole.length <= letters) return name;
  const [first, ...rest] = name.split(" ");
  const initial = person && rest.length && /^\p{Lu}/u.test(first) ? `${[...first][0]}. ${rest.join(" ")}` : name;
  const cut = [...initial];
  return cut.length <= letters ? initial : `${cut.slice(0, letters - 1).join("").trimEnd()}…`;
};
