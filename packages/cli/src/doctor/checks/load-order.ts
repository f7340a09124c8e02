import { applicationIn } from '../application.ts';
import type { Check } from '../check.ts';
import { type Finding, ok, problem, skipped } from '../finding.ts';
import { variable } from '../patient.ts';

const REGISTER = 'tacho/register';
const LOADERS = new Set(['--import', '--require', '-r', '--loader', '--experimental-loader']);
/** Options of Node's whose value is a word of its own. */
const WITH_VALUE = new Set([
  ...LOADERS,
  '--env-file',
  '--conditions',
  '-C',
  '--inspect-port',
  '--test-reporter',
]);
const STARTING = /^(start|serve|dev|prod|production)(:|$)/;
const READS_ENV_FILE = /^dotenv(x)?(\/|$)|^@dotenvx\//;

interface Loaded {
  /** `--import`, or the like. */
  readonly by: string;
  readonly what: string;
  /** Node takes it for an argument of the application's. */
  readonly isLate: boolean;
}

/**
 * How the application's scripts and NODE_OPTIONS load tacho. Which of tacho and the frameworks comes first makes no
 * difference; that it is loaded at all, and that it finds its variables, does.
 */
export const loadOrder: Check = {
  id: 'load-order',
  group: 'installation',
  async examine(patient) {
    const application = await applicationIn(patient.environment.folder);
    const commands = Object.entries(application?.scripts ?? {}).filter(([name]) => STARTING.test(name));
    const options = variable(patient, 'NODE_OPTIONS');
    const places: [where: string, loaded: readonly Loaded[]][] = [
      ...commands.map(([name, line]): [string, Loaded[]] => [
        `the script "${name}"`,
        loadedBy(line.split(/\s+/)),
      ]),
      ['NODE_OPTIONS', options === undefined ? [] : loadedBy(['node', ...options.split(/\s+/)])],
    ];
    const findings = places.flatMap(([where, loaded]) => findingsOf(where, loaded));
    if (findings.length > 0) return findings;
    const [first] = places.filter(([, loaded]) => loaded.some(({ what }) => what === REGISTER));
    if (first !== undefined) return [ok(`${first[0]} loads ${REGISTER} before the application`)];
    return [
      application === undefined
        ? skipped('there is no package.json here')
        : ok('no script loads tacho: the application calls startMonitoring()'),
    ];
  },
};

/** What a command line has Node load. Words in front of `node`, such as variables, are passed over. */
export function loadedBy(words: readonly string[]): Loaded[] {
  const loaded: Loaded[] = [];
  let isLate = false;
  const start = words.findIndex((word) => /(^|\/)(node|tsx|nodemon)$/.test(word)) + 1;
  for (let index = start; index < words.length; index++) {
    const word = words[index] ?? '';
    // Another command begins.
    if (/^(&&|\|\||;|\|)$/.test(word)) return [...loaded, ...loadedBy(words.slice(index + 1))];
    const [option = '', value = words[index + 1] ?? ''] = splitOption(word);
    if (LOADERS.has(option)) loaded.push({ by: option, what: value, isLate });
    if (WITH_VALUE.has(word)) index++;
    else if (!word.startsWith('-') && start > 0) isLate = true;
  }
  return loaded;
}

function splitOption(word: string): string[] {
  const at = word.indexOf('=');
  return at === -1 ? [word] : [word.slice(0, at), word.slice(at + 1)];
}

function findingsOf(where: string, loaded: readonly Loaded[]): Finding[] {
  const [bare] = loaded.filter(({ what }) => what === 'tacho');
  if (bare !== undefined)
    return [
      problem(
        `${where} has ${bare.by} tacho, which loads it and starts nothing`,
        `Write ${bare.by} ${REGISTER}, or call startMonitoring() in the application.`,
      ),
    ];
  const at = loaded.findIndex(({ what }) => what === REGISTER);
  const register = loaded[at];
  if (register === undefined) return [];
  if (register.isLate)
    return [
      problem(
        `${where} has ${register.by} ${REGISTER} after the application's file: Node takes it for an argument of that, and tacho is not loaded`,
        `Put ${register.by} ${REGISTER} in front of the application's file: node ${register.by} ${REGISTER} app.js`,
      ),
    ];
  // What is required is loaded before anything that is imported, wherever it stands.
  const late = loaded.slice(at + 1).find(({ what, by }) => READS_ENV_FILE.test(what) && by === register.by);
  if (late === undefined) return [];
  return [
    problem(
      `${where} loads ${REGISTER} before ${late.what}: tacho starts without the variables of .env`,
      `Put ${late.by} ${late.what} in front of ${register.by} ${REGISTER}, or use node --env-file=.env instead.`,
    ),
  ];
}
