import fc from 'fast-check';
import { anyChange } from './changes.ts';
import { type Credentials, framing, harmless, host, identities } from './headers.ts';
import { targets } from './targets.ts';

export interface RawRequest {
  readonly bytes: Buffer;
  /** Whether it is certain where it ends, so that others may come before and after it on its connection. */
  readonly isTame: boolean;
}

const method = fc.oneof(
  { weight: 20, arbitrary: fc.constant('GET') },
  {
    weight: 3,
    arbitrary: fc.constantFrom('HEAD', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY'),
  },
  { weight: 1, arbitrary: fc.constantFrom('CONNECT', 'FOO', 'get', '', 'GET\tGET') },
);

/** Bytes that take the place of a piece of a request. */
const damage = fc.record({
  at: fc.nat({ max: 200 }),
  length: fc.nat({ max: 8 }),
  bytes: fc.uint8Array({ maxLength: 8 }),
});

const UNCERTAIN_METHOD = /^(CONNECT|FOO|get|GET\t.*|)$/;
const CERTAIN_TARGET = /^\/[!-~]*$/;
const MAX_TAME_BYTES = 14_000;

/** Any request: most are such as people and programs send, many are nearly so, and some are nothing of the kind. */
export function anyRequest(credentials: Credentials, cursors: readonly string[]): fc.Arbitrary<RawRequest> {
  const whole = fc
    .record({
      method,
      target: targets(cursors),
      host,
      identity: identities(credentials),
      harmless: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 2, arbitrary: fc.array(harmless, { minLength: 1, maxLength: 2 }) },
      ),
      framing: fc.oneof(
        { weight: 10, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: framing.map((line) => [line]) },
      ),
    })
    .map(({ method, target, host, identity, harmless, framing }) => {
      const lines = [`${method} ${target} HTTP/1.1`, host, ...identity, ...harmless];
      const isTame = framing.length === 0 && !UNCERTAIN_METHOD.test(method) && CERTAIN_TARGET.test(target);
      const kept = bytesOf(lines);
      const last = bytesOf([...lines, 'Connection: close', ...framing]);
      return isTame && kept.byteLength < MAX_TAME_BYTES ? { kept, last } : { kept: undefined, last };
    });
  const change = fc
    .record({ asked: anyChange, host, identity: identities(credentials), harmless: fc.option(harmless) })
    .map(({ asked: { method, target, headers, body }, host, identity, harmless }) => {
      const lines = [
        `${method} ${target} HTTP/1.1`,
        host,
        ...identity,
        ...headers,
        ...(harmless ? [harmless] : []),
      ];
      return { bytes: Buffer.concat([bytesOf([...lines, 'Connection: close']), body]), isTame: false };
    });
  const damaged = fc.tuple(whole, damage).map(([{ last }, { at, length, bytes }]) => ({
    bytes: Buffer.concat([last.subarray(0, at), bytes, last.subarray(at + length)]),
    isTame: false,
  }));
  const intact = whole.map(({ kept, last }) => ({ bytes: kept ?? last, isTame: kept !== undefined }));
  return fc.oneof(
    { weight: 14, arbitrary: intact },
    { weight: 2, arbitrary: change },
    { weight: 1, arbitrary: damaged },
  );
}

function bytesOf(lines: readonly string[]): Buffer {
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}
