import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { freePort } from '../../examples/koa-api/free-port.ts';
import { eventually } from '../eventually.ts';
import { endAll, ROOT, start } from '../processes.ts';
import { ADMIN_ENVIRONMENT } from '../service.ts';
import { BEARER } from './answers.ts';

const PAGE = readFileSync(join(ROOT, 'docs/mounting.md'), 'utf8');
const SNIPPETS = [...PAGE.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);

/** Below the root, so that packages are found. */
const CACHE = join(ROOT, 'node_modules/.cache');

afterAll(endAll);

it('every snippet of docs/mounting.md answers where it says', async () => {
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'mounting-'));
  try {
    const urls: string[] = [];
    for (const [index, snippet] of SNIPPETS.entries()) {
      const code = snippet.replaceAll('3000', String(await freePort(0)));
      urls.push(/^\/\/ (http:.*)$/m.exec(code)?.[1] ?? '');
      writeFileSync(join(folder, `${index}.mjs`), code);
    }
    const all = SNIPPETS.map((_, index) => `import './${index}.mjs';`);
    writeFileSync(join(folder, 'all.mjs'), all.join('\n'));
    const service = start(['node', join(folder, 'all.mjs')], { env: ADMIN_ENVIRONMENT });
    for (const url of urls) {
      const answer = await eventually(url, () => fetch(url, { headers: BEARER }).catch(() => undefined));
      expect([url, answer.status]).toEqual([url, 200]);
      expect([url, (await fetch(url)).status]).toEqual([url, 401]);
    }
    expect(urls).toHaveLength(8);
    await service.stop();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
