import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { escapeControls } from '../../src/escape.ts';
import { alike, checkEachTest, HOSTILE_NAMES, savedRun } from './runs.ts';
import { type Element, parseStrictly } from './strict-xml.ts';

const each = checkEachTest();

async function reported(code: number, ...argv: string[]): Promise<Element> {
  const session = each.session();
  expect(await session.run('check', 'run.json', '--junit', 'report.xml', ...argv)).toBe(code);
  expect(session.stderr).toBe('');
  return parseStrictly(await readFile(join(each.path, 'report.xml'), 'utf8'));
}

function leaf(name: string, attributes: Record<string, string>, text = ''): Element {
  return { name, attributes, elements: [], text };
}

function testCase(classname: string, name: string, elements: Element[] = []): Element {
  return { ...leaf('testcase', { name, classname, time: '0' }), elements };
}

describe('--junit', () => {
  it('has a suite for each endpoint, a case for each check, and what became of it', async () => {
    const loads = {
      'GET /a': { times: alike(0.1, 30) },
      'GET /b': { times: alike(0.5, 30) },
      'GET /c': { times: [0.1] },
    };
    await each.write('run.json', savedRun(loads));
    const root = await reported(
      1,
      '--max-avg',
      '200ms',
      '--endpoint',
      'GET /a',
      '--max-p99',
      '1s',
      '--endpoint',
      'each',
    );
    expect([root.name, root.attributes]).toEqual([
      'testsuites',
      { name: 'tacho check: fail', tests: '4', failures: '1', errors: '0', skipped: '2', time: '0' },
    ]);
    const counts = { errors: '0', time: '0', timestamp: '2026-11-23T12:45:01', hostname: 'localhost' };
    expect(root.elements.map(({ name, attributes }) => [name, attributes])).toEqual([
      ['testsuite', { ...counts, name: 'GET /a', tests: '2', failures: '0', skipped: '1' }],
      ['testsuite', { ...counts, name: 'GET /b', tests: '1', failures: '1', skipped: '0' }],
      ['testsuite', { ...counts, name: 'GET /c', tests: '1', failures: '0', skipped: '1' }],
    ]);
    const average = 'average at most 200 ms';
    const failed = 'average 500 ms, at most 200 ms · 30 requests';
    const untold = 'cannot tell: p99 at most 1.00 s: 30 of at least 100 requests';
    expect(root.elements.flatMap(({ elements }) => elements)).toEqual([
      testCase('GET /a', average),
      testCase('GET /a', 'p99 at most 1.00 s', [leaf('skipped', { message: untold })]),
      testCase('GET /b', average, [leaf('failure', { message: failed, type: 'max_avg' }, failed)]),
      testCase('GET /c', average, [leaf('skipped', { message: `${average}: 1 of at least 20 requests` })]),
    ]);
  });

  it('is well-formed, and every name is whole, whatever it is', async () => {
    const loads = Object.fromEntries(HOSTILE_NAMES.map((name) => [name, { times: alike(0.1, 20) }]));
    await each.write('run.json', savedRun(loads));
    const root = await reported(1, '--endpoint', 'each', '--max-avg', '10ms');
    expect(root.elements.map(({ attributes }) => attributes.name)).toEqual(
      [...HOSTILE_NAMES].sort().map(escapeControls),
    );
    for (const { attributes, elements } of root.elements) {
      expect(attributes).toMatchObject({ tests: '1', failures: '1' });
      expect(elements.map(({ name, attributes: { classname } }) => [name, classname])).toEqual([
        ['testcase', attributes.name],
      ]);
      expect(elements[0]!.elements.map(({ name }) => name)).toEqual(['failure']);
    }
  });

  it('replaces what was there', async () => {
    await each.write('run.json', savedRun({ 'GET /a': { times: alike(0.1, 30) } }));
    await each.write('report.xml', 'x'.repeat(100_000));
    expect((await reported(0, '--max-avg', '1s')).attributes).toMatchObject({ failures: '0', skipped: '0' });
  });

  it('that can not be written is exit code 11, after the verdict is printed', async () => {
    await each.write('run.json', savedRun({ 'GET /a': { times: alike(0.1, 30) } }));
    const session = each.session();
    expect(await session.run('check', 'run.json', '--max-avg', '1s', '--junit', 'none/report.xml')).toBe(11);
    expect(session.stdout).toContain('pass: 1 check passed\n');
    expect(session.stderr).toBe(
      'tacho: --junit "none/report.xml" can\'t be written: no such file or folder\n',
    );
  });
});

describe('the parser of these tests', () => {
  const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';
  it.each([
    '<a>',
    '<a></b>',
    '<a b="<"/>',
    '<a b="&"/>',
    '<a>&amp</a>',
    '<a/><b/>',
    '<a>\x00</a>',
    '<a><b></a>',
  ])('takes no %j', (text) => {
    expect(() => parseStrictly(`${XML}${text}`)).toThrow();
  });
  it('takes what is well-formed', () => {
    expect(parseStrictly(`${XML}<a b="&#38;">&#60;<c/></a>`)).toMatchObject({
      attributes: { b: '&' },
      text: '<',
    });
  });
});
