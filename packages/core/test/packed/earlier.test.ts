import { expect, it } from '@jest/globals';
import { readHead } from '../../src/packed-head.ts';
import { DEFAULT_LIMITS } from '../../src/window.ts';

/** Of a request and a slow one, in version 2. */
const VERSION_2 =
  'AigCAQGIpAGAr5cBugMAAAAAAEztQAAAAAAAF/FAAAABAAAAAAAATO1AAAAAAACKo0AABFBPU1QBBS9zbG939APoBwAA6AcAAA==';

it('a head that was stored before there were origins is read', () => {
  const { window } = readHead(Buffer.from(VERSION_2, 'base64'), DEFAULT_LIMITS);
  expect(window.slowRequests.list()).toHaveLength(1);
  expect([window.origins.entries(), window.failures.entries()]).toEqual([[], []]);
});
