import type { ServerResponse } from 'node:http';
import { expect, it } from '@jest/globals';
import { exchangeOf } from '../../src/exchange.ts';
import { outcomeOf } from '../../src/outcome.ts';
import { bare, RawClient } from '../raw-client.ts';
import { serve } from '../serving.ts';
import { Watch } from '../watching.ts';

/**
 * The headers counted as sent when `writeHead` was called, which sends nothing: an answer whose handler did
 * so before its slow part was a stream, and missing from every percentile. And to clients of HTTP/1.0, who
 * get no chunks, no body was a stream however long it went on.
 */

/** How a response would have ended whose end was written two seconds later than it was. */
async function outcomeTwoSecondsOn(
  sending: string,
  answer: (response: ServerResponse) => void,
): Promise<string> {
  const watch = Watch.install();
  let outcome = '';
  const serving = await serve((request, response) => {
    const exchange = exchangeOf(request)!;
    response.on('close', () => {
      if (exchange.bodyWrittenAt !== undefined) exchange.bodyWrittenAt += 2_000;
      outcome = outcomeOf(response, exchange, performance.now() + 2_000);
    });
    answer(response);
  });
  const client = new RawClient(serving.port, sending);
  await watch.until(() => outcome !== '');
  await client.leave();
  watch.hooks.uninstall();
  await serving.close();
  return outcome;
}

const wholeAfterEarlyHead = (response: ServerResponse): unknown => response.writeHead(200).end('all in one');
const inParts = (response: ServerResponse): void => {
  response.write('a part');
  response.end('another');
};

it('an answer sent in one is completed, however early its head was written', async () => {
  expect(await outcomeTwoSecondsOn(bare('GET /'), wholeAfterEarlyHead)).toBe('completed');
  expect(await outcomeTwoSecondsOn('GET / HTTP/1.0\r\n\r\n', wholeAfterEarlyHead)).toBe('completed');
});

it('a body that goes on is streamed, also to a client of HTTP/1.0', async () => {
  expect(await outcomeTwoSecondsOn(bare('GET /'), inParts)).toBe('streamed');
  expect(await outcomeTwoSecondsOn('GET / HTTP/1.0\r\n\r\n', inParts)).toBe('streamed');
});
