import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkOptions } from '../../src/config/check-options.ts';
import { resolveConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/environment.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tacho-rules-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const GOOD = JSON.stringify({
  rules: [
    { name: 'error-rate', threshold: 5 },
    { name: 'cpu', enabled: false },
  ],
  slos: [{ objective: 99.5, endpoint: 'each' }],
});

function written(text: string | Uint8Array): string {
  const path = join(folder, 'rules.json');
  writeFileSync(path, text);
  return path;
}

function rulesOf(alerts: object, variables: Record<string, string> = {}) {
  const config = resolveConfig(checkOptions({ alerts }), readEnvironment(variables));
  return config.alerts === false ? [] : config.alerts.rules;
}

/** Each file that is wrong, and what is said of it. */
const WRONG: readonly [what: string, path: () => string, message: string][] = [
  ['there is none', () => join(folder, 'none.json'), `can't be read: ENOENT`],
  ['it is a folder', () => folder, 'is no regular file'],
  ['it never ends', () => '/dev/zero', 'is no regular file'],
  ['it is too large', () => written(`${GOOD}${' '.repeat(1_000_000)}`), 'is larger than 1 MB'],
  ['it is empty', () => written(''), 'is no JSON from line 1, column 1 on'],
  [
    'it is no JSON',
    () => written('{\n  "rules": [\n    {"name": cpu}\n]}'),
    'is no JSON from line 3, column 14 on',
  ],
  ['it is a list', () => written('[]'), 'is an array of 0; allowed: an object with rules, slos or both'],
  ['it is nothing', () => written('null'), 'is null; allowed: an object with rules, slos or both'],
  ['a field is unknown', () => written('{"rule": []}'), ': option "rule" is unknown; did you mean "rules"?'],
  [
    'a value is wrong',
    () => written('{"rules": [{"name": "cpu", "hold": "1x"}]}'),
    ': option "rules[0].hold" is "1x"; allowed: a duration',
  ],
  ['it has a field of another sort', () => written('{"__proto__": {}}'), ': option "__proto__" is unknown'],
];

describe('a file of rules', () => {
  it('is read once, and options change what it says', () => {
    const rules = rulesOf({ rulesFile: written(GOOD), rules: [{ name: 'error-rate', hold: '0s' }] });
    expect(rules.find(({ name }) => name === 'error-rate')).toMatchObject({ overPercent: 5, holdMs: 0 });
    expect(rules.map(({ name }) => name)).not.toContain('cpu');
    expect(rules.find(({ name }) => name === 'slo-1h')).toMatchObject({
      objectivePercent: 99.5,
      scope: 'each',
    });
  });

  it('may begin with a byte order mark', () => {
    expect(rulesOf({ rulesFile: written(`\uFEFF${GOOD}`) }).map(({ name }) => name)).not.toContain('cpu');
  });

  it.each(WRONG)('that an option names is refused where %s', (_what, pathOf, message) => {
    const path = pathOf();
    const read = () => rulesOf({ rulesFile: path });
    expect(read).toThrow(expect.objectContaining({ code: 'TACHO_BAD_OPTION' }));
    expect(read).toThrow(message);
    expect(read).toThrow('option "alerts.rulesFile": the file "');
  });

  it.each(WRONG)(
    'that the environment names is left out with one warning where %s',
    (_what, pathOf, message) => {
      const settings = readEnvironment({ TACHO_ALERT_RULES: pathOf() });
      expect(settings.alertRules).toBeUndefined();
      expect(settings.warnings).toHaveLength(1);
      expect(settings.warnings[0]).toMatch(/^TACHO_ALERT_RULES: the file ".* The file is left out\.$/s);
      expect(settings.warnings[0]).toContain(message);
    },
  );

  it('that the environment names does nothing where an option names another', () => {
    const variables = { TACHO_ALERT_RULES: written(GOOD) };
    expect(rulesOf({}, variables).map(({ name }) => name)).not.toContain('cpu');
    const other = join(folder, 'other.json');
    writeFileSync(other, '{}');
    expect(rulesOf({ rulesFile: other }, variables).map(({ name }) => name)).toContain('cpu');
  });

  it('of which a rule does not fit its kind is refused, or left out', () => {
    const path = written('{"rules": [{"name": "cpu", "percentile": 50}, {"name": "disk", "errors": "all"}]}');
    expect(() => rulesOf({ rulesFile: path })).toThrow(
      'option "alerts.rulesFile: rules[0].percentile" is 50; allowed: nothing, as a rule of the kind "cpu" has none',
    );
    const { warnings } = readEnvironment({ TACHO_ALERT_RULES: path });
    expect(warnings).toEqual([expect.stringContaining('option "rules[0].percentile" is 50')]);
    expect(warnings[0]).toContain('(and 1 more). The file is left out.');
  });

  it('that is a pipe nobody writes to is not waited for', () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(readEnvironment({ TACHO_ALERT_RULES: pipe }).warnings[0]).toContain('is no regular file');
  });
});
