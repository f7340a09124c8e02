/*
 * Entries import this file statically, so it has to load on Nodes far too old: nothing but what they have too,
 * and no import but of files like this one. So it is with all that an entry imports.
 */

/** The first Node that has everything tacho is built on. */
const LEAST = [22, 15] as const;

export const NODE_NEEDED = `tacho needs Node.js ≥ ${LEAST.join('.')}`;

/** Whether this Node can run tacho. */
export function isSupportedNode(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1]);
}
