import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Parser } from 'htmlparser2';
import { escapeControls } from '../../src/escape.ts';
import { alike, around, checkEachTest, HOSTILE_NAMES, savedRun } from './runs.ts';

const each = checkEachTest();
const STEP = { variables: { GITHUB_STEP_SUMMARY: 'summary.md' } };

async function summary(...argv: string[]): Promise<string> {
  const session = each.session(STEP);
  await session.run('check', 'run.json', ...argv);
  expect(session.stderr).toBe('');
  return readFile(join(each.path, 'summary.md'), 'utf8');
}

/** What a page shows of it: the texts of each row, and every element with its attributes. */
function shownOf(html: string): { rows: string[][]; elements: Set<string> } {
  const rows: string[][] = [];
  const elements = new Set<string>();
  let isCell = false;
  new Parser({
    onopentag: (name, attributes) => {
      elements.add([name, ...Object.keys(attributes)].join(' '));
      if (name === 'tr') rows.push([]);
      isCell ||= name === 'td' || name === 'th';
      if (name === 'td' || name === 'th') rows.at(-1)!.push('');
    },
    ontext: (text) => {
      if (isCell) rows.at(-1)!.push(`${rows.at(-1)!.pop() ?? ''}${text}`);
    },
    onclosetag: (name) => {
      if (name === 'td' || name === 'th') isCell = false;
    },
  }).end(html);
  return { rows, elements };
}

describe('the summary of a job of GitHub', () => {
  it('gets a table, the worst first, below what others wrote', async () => {
    const loads = { 'GET /a': { times: alike(0.1, 30) }, 'GET /b': { times: alike(0.5, 30) } };
    await each.write('run.json', savedRun(loads));
    await each.write('summary.md', 'Of another step.\n');
    const text = await summary('--endpoint', 'each', '--max-avg', '200ms');
    expect(text).toMatch(
      /^Of another step\.\n\n<p>tacho check: <strong>FAIL: 1 of 2 checks failed<\/strong>/,
    );
    expect(shownOf(text).rows).toEqual([
      ['', 'Endpoint', 'Check', 'Measured', 'Limit', 'Requests'],
      ['❌ FAIL', 'GET /b', 'average', '500 ms', 'at most 200 ms', '30 requests'],
      ['✅ pass', 'GET /a', 'average', '100 ms', 'at most 200 ms', '30 requests'],
    ]);
  });

  it('has why nothing can be told in place of a figure', async () => {
    await each.write('run.json', savedRun({ 'GET /a': { times: [0.1] } }));
    expect(shownOf(await summary('--max-avg', '1s')).rows[1]).toEqual([
      '❔ cannot tell',
      'all endpoints',
      'average',
      '1 of at least 20 requests',
      'at most 1.00 s',
      '1 request',
    ]);
  });

  it('lets no name out of its cell, and makes nothing of it', async () => {
    const names = [...HOSTILE_NAMES].sort();
    const loads = Object.fromEntries(names.map((name) => [name, { times: alike(0.1, 20) }]));
    await each.write('run.json', savedRun(loads));
    const text = await summary('--endpoint', 'each', '--max-avg', '10ms');
    const { rows, elements } = shownOf(text);
    expect(rows.slice(1).map(([, name]) => name)).toEqual(names.map(escapeControls));
    expect(rows.every((row) => row.length === 6)).toBe(true);
    expect(elements).toEqual(new Set(['p', 'strong', 'table', 'tr', 'th', 'td', 'code']));
    // Markdown begins again after an empty line; GitHub looks for mentions in all text but that of code.
    expect(text.trim()).not.toMatch(/\n\s*\n/);
    expect(text).not.toContain('@');
    for (const line of text.trim().split('\n').slice(3, -1))
      expect(line).toMatch(/^<tr><td>.* FAIL<\/td><td><code>/);
  });

  it('stays below what GitHub takes, a megabyte', async () => {
    const name = (index: number) => `GET /${index}/${'<'.repeat(1000)}`;
    const loads = Array.from({ length: 600 }, (_, index) => [name(index), { times: alike(0.1, 20) }]);
    await each.write('run.json', savedRun(Object.fromEntries(loads)));
    const text = await summary('--endpoint', 'each', '--max-avg', '1s');
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
    expect(shownOf(text).rows.at(-1)).toEqual(['100 more']);
  });

  it('has the figures of a comparison together with what they are of', async () => {
    // The fast ones are as fast as before, all others much slower.
    const half = (slow: number) => ({ times: [...around(0.1, 20), ...around(slow, 60)] });
    await each.write('run.json', savedRun({ 'GET /a': half(3) }, { slices: 20 }));
    await each.write('before.json', savedRun({ 'GET /a': half(0.2) }, { slices: 20 }));
    const [, row = []] = shownOf(await summary('--baseline', 'before.json')).rows;
    expect(row[3]).toMatch(/^\+[\d.]+% \(\+[\d.]+% to \+[\d.]+%\)/);
  });

  it('that can not be written changes no verdict', async () => {
    await each.write('run.json', savedRun({ 'GET /a': { times: alike(0.1, 30) } }));
    const session = each.session({ variables: { GITHUB_STEP_SUMMARY: 'none/summary.md' } });
    expect(await session.run('check', 'run.json', '--max-avg', '1s')).toBe(0);
    expect(session.stderr).toBe(
      'tacho: GITHUB_STEP_SUMMARY="none/summary.md" can\'t be written: no such file or folder\n',
    );
  });
});
