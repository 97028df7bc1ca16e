/* Lists by a key. */

/** @type {<K, V>(groups: Map<K, V[]>, key: K, value: V) => void} */
export const put = (groups, key, value) => {
  const list = groups.get(key);
  if (list) list.push(value);
  else groups.set(key, [value]);
};
