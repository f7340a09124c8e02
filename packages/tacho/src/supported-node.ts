import { writeStderrLine } from './stderr-line.ts';

/** The first one that has everything tacho is built on. */
const LEAST = [22, 15] as const;

let told = false;

/**
 * Whether this Node can run tacho. Where it can't, says so in one line, once. Everything that an entry imports
 * statically has to load on such a Node: nothing but this file's likes and Node's own modules.
 */
export function isSupportedNode(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])) return true;
  if (!told)
    writeStderrLine(
      `tacho needs Node.js ≥ ${LEAST.join('.')} and is switched off; this is ${process.version}.`,
    );
  told = true;
  return false;
}
