import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { validateSummary } from '@tacho/api-contract';
import { type Served, serve, TOKEN } from '../served.ts';

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.close());

describe('/live', () => {
  it('streams the summary', async () => {
    const [answer, summary] = await Promise.all([
      served.get('/live?hours=2'),
      served.get('/summary?hours=2'),
    ]);
    const reader = answer.body!.getReader();
    let text = '';
    while (!/^data: .*$/m.test(text)) text += Buffer.from((await reader.read()).value ?? []).toString();
    await reader.cancel();
    const data = JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? '');
    expect(validateSummary(data)).toEqual({ ok: true, value: data });
    expect(data).toEqual(await summary.json());
  });

  it.each(['hours=0', 'compare=previous', 'sort=count'])(
    'takes a range and nothing else: %s',
    async (query) => {
      expect((await served.get(`/live?${query}`)).status).toBe(400);
    },
  );

  it('is for those who may see the summary', async () => {
    expect((await served.get('/live', { headers: {} })).status).toBe(401);
  });

  it('answers HEAD', async () => {
    const headers = { Authorization: `Bearer ${TOKEN}` };
    const answer = await served.get('/live', { method: 'HEAD', headers });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });
});
