/* Lists by a key: maps whose values are lists, each made with its first member. */

/** @type {<K, V>(groups: Map<K, V[]>, key: K, value: V) => void} */
export const put = (groups, key, value) => {
  const list = groups.get(key);
  if (list) list.push(value);
  else groups.set(key, [value]);
};
