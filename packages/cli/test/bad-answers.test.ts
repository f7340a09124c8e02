import type { ServerResponse } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { send, sendProblem } from './admin-server.ts';
import { aSummary } from './reports.ts';
import { serveEachTest } from './served-session.ts';

const each = serveEachTest();

async function afterAnswer(answer: (response: ServerResponse) => void): Promise<string> {
  each.server.answer = (_request, response) => answer(response);
  const session = each.session();
  expect(await session.run('monitor')).toBe(1);
  expect(session.stdout).toBe('');
  expect(session.stderr.replace(/[^\n]/g, '')).toBe('\n');
  return session.stderr.replaceAll(each.server.url, 'URL').trimEnd();
}

describe('an answer that the contract does not know', () => {
  it.each([401, 403])('refuses the token, with the remedy: %i', async (status) => {
    expect(await afterAnswer((response) => sendProblem(response, status, 'unauthorized'))).toMatch(
      /^tacho: URL\/api\/performance\/\S+ refuses the token \(\d+\): .*TACHO_ADMIN_TOKEN or --token-file$/,
    );
  });

  it('has its status and its own words shown', async () => {
    expect(
      await afterAnswer((response) => sendProblem(response, 503, 'store_unavailable', 'The store is busy.')),
    ).toMatch(/^tacho: URL\S+ answered 503: The store is busy\.$/);
  });

  it('has its status alone shown where it is no problem+json', async () => {
    expect(await afterAnswer((response) => response.writeHead(502).end('<html>Bad gateway</html>'))).toMatch(
      /^tacho: URL\S+ answered 502$/,
    );
  });

  it('is a redirect that is not followed: the token is for this address alone', async () => {
    const line = await afterAnswer((response) =>
      response.writeHead(302, { location: `${each.server.url}/elsewhere` }).end(),
    );
    expect(line).toMatch(/answered 302: redirects are not followed/);
    expect(each.server.asked.filter(({ target }) => target === '/elsewhere')).toEqual([]);
  });

  it('is no JSON', async () => {
    expect(await afterAnswer((response) => response.end('<html>hello</html>'))).toMatch(
      /^tacho: URL\S+ answered nonsense: /,
    );
  });

  it('has the wrong shape: the field is named', async () => {
    const wrong = { ...aSummary(), total_requests: 'many' };
    each.server.answer = undefined;
    each.server.answers['/summary'] = wrong as never;
    const session = each.session();
    expect(await session.run('monitor')).toBe(1);
    expect(session.stderr).toMatch(/\/summary answered nonsense: "total_requests": .*"many"\n$/);
  });

  it('has terminal controls in its words: they are escaped and cut', async () => {
    const detail = `\x1b]0;owned\x07\x1b[2J\r\n\u202e${'x'.repeat(10_000)}`;
    const line = await afterAnswer((response) => sendProblem(response, 500, 'internal_error', detail));
    expect(line).toContain('answered 500: \\x1b]0;owned\\x07\\x1b[2J\\x0d\\x0a\\u202exxx');
    expect(line.length).toBeLessThan(400);
  });

  it('is larger than 16 MB: no more of it is read', async () => {
    let sent = 0;
    const line = await afterAnswer((response) => {
      const chunk = Buffer.alloc(1024 * 1024, ' ');
      const pump = (): void => {
        while (!response.destroyed && sent < 500 && response.write(chunk)) sent++;
        if (sent < 500) response.once('drain', pump);
      };
      pump();
    });
    expect(line).toMatch(/answered with more than 16777216 bytes$/);
    expect(sent).toBeLessThan(250);
  });

  it('breaks off in the middle', async () => {
    const line = await afterAnswer((response) => {
      response.writeHead(200, { 'content-length': 1000 }).write('{');
      setTimeout(() => response.destroy(), 50);
    });
    expect(line).toMatch(/^tacho: URL can't be reached: connection (closed|reset)$/);
  });

  it('never comes: the wait ends', async () => {
    const session = each.session();
    let waiting = 0;
    each.server.answer = () => {
      waiting += 1;
      if (waiting === 4) session.clock.expire();
    };
    expect(await session.run('monitor', '--interval', '5')).toBe(1);
    expect(session.stderr).toBe(`tacho: ${each.server.url} can't be reached: no answer within 5 s\n`);
  });

  it('stops half-way: the wait ends too, at 10 s whatever the interval', async () => {
    const session = each.session();
    let waiting = 0;
    each.server.answer = (_request, response) => {
      response.writeHead(200).write('{', () => {
        waiting += 1;
        if (waiting === 4) setTimeout(() => session.clock.expire(), 50);
      });
    };
    expect(await session.run('monitor')).toBe(1);
    expect(session.stderr).toBe(`tacho: ${each.server.url} can't be reached: no answer within 10 s\n`);
  });

  it('has fields that this version does not know: they do no harm', async () => {
    each.server.answers['/summary'] = { ...aSummary(), newer: [1, 2, 3] } as never;
    each.server.answer = undefined;
    expect(await each.session().run('monitor')).toBe(0);
  });
});

it('asks the other reports no further once one has failed', async () => {
  const closed: string[] = [];
  each.server.answer = (request, response) => {
    if (request.url?.endsWith('/summary')) setTimeout(() => send(response, 500, {}), 50);
    else request.once('close', () => closed.push(request.url ?? ''));
  };
  expect(await each.session().run('monitor')).toBe(1);
  while (closed.length < 3) await new Promise((resolve) => setTimeout(resolve, 10));
});
