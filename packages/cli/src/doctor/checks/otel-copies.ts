import type { Check } from '../check.ts';
import { type Finding, ok, problem, skipped, warning } from '../finding.ts';
import { compareVersions } from '../floors.ts';
import { type PackageCopy, packageCopies } from '../package-copies.ts';

const SCOPE = '@opentelemetry/';
const API = `${SCOPE}api`;
/** Those that register something globally, and the first version of each that works with today's API. */
const SDKS: ReadonlyMap<string, string> = new Map(
  [
    ['sdk-node', '0.200.0'],
    ['sdk-trace-node', '2.0.0'],
    ['sdk-trace-base', '2.0.0'],
    ['sdk-metrics', '2.0.0'],
  ].map(([name = '', version = '']) => [SCOPE + name, version]),
);

/** Several OpenTelemetry APIs that don't find each other's globals, and SDKs from before 2.0. */
export const otelCopies: Check = {
  id: 'otel-copies',
  group: 'installation',
  async examine({ environment }, signal) {
    const isWanted = (name: string) => name === API || name === 'tacho' || SDKS.has(name);
    const copies = await packageCopies(environment.folder, isWanted, signal);
    if (copies.length === 0) return [skipped(`no package is installed at or above ${environment.folder}`)];
    const findings = [...apiFindings(copies), ...sdkFindings(copies), ...tachoFindings(copies)];
    return findings.length > 0 ? findings : [ok(told(copies))];
  },
};

function told(copies: readonly PackageCopy[]): string {
  const versions = versionsOf(copies, API);
  return versions.length === 0 ? 'no OpenTelemetry API beside tacho' : `${API} ${versions.join(' and ')}`;
}

/** The copy that registers has to be as new as each that looks for what was registered, and of its major. */
function apiFindings(copies: readonly PackageCopy[]): readonly Finding[] {
  const versions = versionsOf(copies, API);
  const [newest = ''] = versions;
  const where = copies
    .filter(({ name }) => name === API)
    .map(({ version, folder }) => `${version} in ${folder}`);
  if (new Set(versions.map(majorOf)).size > 1)
    return [
      problem(
        `${API} is there in several majors, which know nothing of each other: ${where.join(', ')}`,
        `npm install ${API}@${newest}, then "npm ls ${API}" shows which package still wants another: update it.`,
      ),
    ];
  const registering = registeringCopy(copies);
  if (registering === undefined || minorOf(registering) >= minorOf(newest)) return [];
  return [
    problem(
      `${API} ${newest} does not find what ${registering} registers: ${where.join(', ')}`,
      `npm install ${API}@${newest} && npm dedupe, so that there is one copy.`,
    ),
  ];
}

/** The one that tacho finds: its own, or else the application's. */
function registeringCopy(copies: readonly PackageCopy[]): string | undefined {
  const tacho = copies.find(({ name, isTop }) => name === 'tacho' && isTop)?.folder;
  const apis = copies.filter(({ name }) => name === API);
  const own =
    tacho === undefined ? undefined : apis.find(({ folder }) => folder.startsWith(`${tacho}/node_modules`));
  return (own ?? apis.find(({ isTop }) => isTop))?.version;
}

function sdkFindings(copies: readonly PackageCopy[]): readonly Finding[] {
  const old = copies.filter(
    ({ name, version, isTop }) => isTop && compareVersions(version, SDKS.get(name) ?? '0') < 0,
  );
  return old.map(({ name, version }) =>
    problem(
      `${name} ${version} is of OpenTelemetry's SDK 1.x, which tacho can't join`,
      `npm install ${name}@latest, and its companions; or remove the SDK, as tacho exports over OTLP by itself.`,
    ),
  );
}

function tachoFindings(copies: readonly PackageCopy[]): readonly Finding[] {
  const own = copies.filter(({ name }) => name === 'tacho');
  if (own.length < 2) return [];
  const where = own.map(({ version, folder }) => `${version} in ${folder}`).join(', ');
  return [
    warning(
      `tacho is installed ${own.length} times: ${where}; the one that starts first measures, with its own options`,
      'npm dedupe, or let one package.json alone depend on tacho.',
    ),
  ];
}

/** Newest first. */
function versionsOf(copies: readonly PackageCopy[], wanted: string): readonly string[] {
  const versions = copies.filter(({ name }) => name === wanted).map(({ version }) => version);
  return [...new Set(versions)].sort((a, b) => compareVersions(b, a));
}

function majorOf(version: string): string {
  return version.split('.', 1)[0] ?? '';
}

function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}
