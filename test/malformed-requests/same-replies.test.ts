import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RawReply, rawExchange, withoutDate } from '../load/raw-exchange.ts';
import { endAll } from '../processes.ts';
import { type Service, startService } from '../service.ts';
import { type Case, shown } from './corpus/case.ts';
import { framing } from './corpus/framing.ts';
import { generated } from './corpus/generated.ts';
import { headers } from './corpus/headers.ts';
import { protocols } from './corpus/protocols.ts';
import { targets } from './corpus/targets.ts';

const CORPUS: readonly Case[] = [
  ...targets,
  ...headers,
  ...framing,
  ...protocols,
  ...generated(300, 20_250_719),
];
/** A reply is complete when the server has been silent for so long: at first, where there was none, in doubt. */
const QUIET_MS = 60;
const PATIENT_MS = 700;
const VERY_PATIENT_MS = 5_000;
const AT_ONCE = 24;

let plain: Service;
let measured: Service;

beforeAll(async () => {
  plain = await startService('test/malformed-requests/app.ts', { monitored: 'no' });
  measured = await startService('test/malformed-requests/app.ts');
});

afterAll(endAll);

describe(`a corpus of ${CORPUS.length} requests`, () => {
  it('is no smaller than promised, and each case has a name of its own', () => {
    expect(CORPUS.length).toBeGreaterThanOrEqual(500);
    expect(new Set(CORPUS.map(({ name }) => name)).size).toBe(CORPUS.length);
  });

  it.each(['koa', 'plain'])(
    'is answered byte for byte the same with tacho and without (%s)',
    async (server) => {
      const differences: string[] = [];
      let answered = 0;
      await forEach(CORPUS, AT_ONCE, async (sent) => {
        const [without, withTacho] = await bothReplies(server, sent);
        if (without.bytes !== '') answered++;
        if (!same(without, withTacho)) differences.push(difference(sent, without, withTacho));
      });
      console.log(`${server}: ${answered} of ${CORPUS.length} were answered`);
      expect(differences[0]).toBeUndefined();
      expect(answered).toBeGreaterThan(0.85 * CORPUS.length);
    },
  );

  it('is counted, as far as the application was told of it', async () => {
    await measured.ask('idle');
    expect((await measured.admin.summary()).total_requests).toBe(await measured.ask('handled'));
  });

  it('leaves no trace of trouble in the output', () => {
    expect(complaints(measured)).toEqual(complaints(plain));
    expect(measured.child.stdout).toBe(plain.child.stdout);
  });
});

/** Silence and differences may be the machine's, not the server's: they count only when patience confirms them. */
async function bothReplies(server: string, sent: Case): Promise<[RawReply, RawReply]> {
  const hasty = await replies(server, sent, QUIET_MS);
  if (hasty[0].bytes !== '' && same(...hasty)) return hasty;
  const patient = await replies(server, sent, PATIENT_MS);
  return same(...patient) ? patient : replies(server, sent, VERY_PATIENT_MS);
}

async function replies(server: string, sent: Case, quietMs: number): Promise<[RawReply, RawReply]> {
  const [without, withTacho] = await Promise.all(
    [plain, measured].map((service) => rawExchange(service.ports[server]!, sent.bytes, quietMs)),
  );
  return [without!, withTacho!];
}

function same(a: RawReply, b: RawReply): boolean {
  return a.closed === b.closed && withoutDate(a.bytes) === withoutDate(b.bytes);
}

function difference(sent: Case, without: RawReply, withTacho: RawReply): string {
  const a = withoutDate(without.bytes);
  const b = withoutDate(withTacho.bytes);
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const around = (text: string): string => JSON.stringify(text.slice(Math.max(0, at - 100), at + 200));
  return [
    `${sent.name}: ${shown(sent.bytes.toString('latin1', 0, 200))}`,
    `without tacho (${without.closed ? 'closed' : 'open'}): ${around(a)}`,
    `with tacho (${withTacho.closed ? 'closed' : 'open'}): ${around(b)}`,
  ].join('\n');
}

async function forEach<T>(all: readonly T[], atOnce: number, work: (one: T) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < all.length) await work(all[next++]!);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** What a program wrote to stderr beside what tacho says of itself and its JSON lines for failed requests. */
function complaints({ child }: Service): string[] {
  const lines = child.stderr.split('\n').filter((line) => !/^(tacho|\{)/.test(line));
  // Node warns of the first odd URL alone, and which one that is depends on the order of arrival.
  return lines.map((line) => line.replace(/^\(node:\d+\)/, '(node)').replace(/The URL \S+/, 'The URL'));
}
