import { expect, it } from '@jest/globals';
import { serveEachTest } from './served-session.ts';

const each = serveEachTest();

it.each([0, 1000])('an interrupted request is no missed sample: from %i ms on', async (fromMs) => {
  const session = each.session();
  session.clock.at(fromMs, () => {
    each.server.answer = () => session.interrupt();
  });
  expect(await session.run('monitor')).toBe(130);
  expect(session.stderr).toBe('');
  expect(session.stdout).not.toContain('missed');
});
