import type { Check } from '../check.ts';
import { type Finding, ok, problem, skipped, warning } from '../finding.ts';
import { type Patient, variable } from '../patient.ts';

const DIGEST = /^sha256:/i;
const LEAST_LENGTH = 16;
const LEAST_BITS = 28;

/** What is tried first. */
const WELL_KNOWN = new RegExp(
  `^(${['admin', 'administrator', 'change-?_?me', 'default', 'demo', 'example', 'letmein', 'monitor', 'pass(word)?', 'root', 'secret', 'super-?_?secret', 'tacho', 'test', 'token', 'viewer', 'your-?_?token(-?_?here)?'].join('|')})[-_\\d!]*$`,
  'i',
);

const REMEDY = 'Make one with "openssl rand -base64 24", give it to the service, and restart it.';

/** Tokens that somebody may guess, of the environment; those of options the service tells of itself. */
export const tokens: Check = {
  id: 'tokens',
  group: 'configuration',
  examine(patient) {
    const admin = tokensOf(patient, 'TACHO_ADMIN_TOKEN');
    const viewer = tokensOf(patient, 'TACHO_VIEWER_TOKEN');
    const all = [...admin, ...viewer];
    if (all.length === 0) return [skipped('the environment has no token; options may have some')];
    const findings = [...weaknesses('TACHO_ADMIN_TOKEN', admin), ...weaknesses('TACHO_VIEWER_TOKEN', viewer)];
    if (viewer.some((token) => admin.includes(token)))
      findings.push(
        warning(
          'TACHO_VIEWER_TOKEN has a token that TACHO_ADMIN_TOKEN has too: its viewers are admins',
          'Give viewers a token of their own.',
        ),
      );
    return findings.length > 0 ? findings : [ok('no token is easily guessed')];
  },
};

function weaknesses(name: string, given: readonly string[]): Finding[] {
  return given.flatMap((token, index) => {
    const what = given.length === 1 ? `the token in ${name}` : `token ${index + 1} of ${name}`;
    const weakness = weaknessOf(token);
    return weakness === undefined ? [] : [problem(`${what} ${weakness}`, REMEDY)];
  });
}

/** @returns what is wrong with it, without it; undefined where nothing is known to be */
export function weaknessOf(token: string): string | undefined {
  if (DIGEST.test(token)) return undefined;
  if (WELL_KNOWN.test(token)) return 'is a well-known one';
  if (token.length < LEAST_LENGTH) return `has less than ${LEAST_LENGTH} characters, and may be guessed`;
  return bitsOf(token) < LEAST_BITS ? 'repeats few characters, and may be guessed' : undefined;
}

/** Shannon's entropy of the characters and of their distances, whichever is less: `abcdefgh…` has none of the latter. */
function bitsOf(token: string): number {
  const codes = [...token].map((character) => character.codePointAt(0) ?? 0);
  const distances = codes.slice(1).map((code, index) => code - (codes[index] ?? 0));
  return Math.min(entropyOf(codes), entropyOf(distances)) * token.length;
}

function entropyOf(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const shares = [...counts.values()].map((count) => count / values.length);
  return shares.reduce((sum, share) => sum - share * Math.log2(share), 0);
}

function tokensOf(patient: Patient, name: string): readonly string[] {
  const parts = variable(patient, name)?.split(',') ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
