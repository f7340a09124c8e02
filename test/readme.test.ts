import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { adminApi } from './admin-api.ts';
import { endAll, ROOT, start } from './processes.ts';
import { ADMIN_ENVIRONMENT, TOKEN } from './service.ts';

afterAll(endAll);

it('has a quick start that runs as it is written, but for the port', async () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const [, program = ''] = /^```js\n([\s\S]*?)^```$/m.exec(readme) ?? [];
  expect(program).toContain('listen(3000)');
  const service = start(['node', '--input-type=module', '--eval', program.replace('3000', '0')], {
    env: ADMIN_ENVIRONMENT,
  });
  const [url] = await service.output('stderr', /http:\/\/127\.0\.0\.1:\d+/);
  expect(await adminApi(url, TOKEN).summary()).toMatchObject({ total_requests: 0 });
});
