import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endAll } from '../processes.ts';
import { type Service, startService } from '../service.ts';
import { removeFolders, temporaryFolder } from '../temporary-folder.ts';
import { cases } from './cases.ts';
import { CLIENTS, send } from './client.ts';
import type { Observation } from './observation.ts';
import { problemsOf } from './problems.ts';

const MODES = ['lean', 'standard'];

let backends: Service;
let folder: string;

/** @param share of the clients that ask at once */
export function describeContexts(share: number): void {
  beforeAll(async () => {
    folder = await temporaryFolder();
    backends = await startService(join(import.meta.dirname, 'backends.ts'), {
      monitored: 'no',
      arguments: [join(folder, '.s.PGSQL.5432')],
    });
  });
  afterAll(async () => {
    await endAll();
    await removeFolders();
  });

  describe.each(MODES)('the active span is the request’s own, with http: %s', (mode) => {
    let service: Service;

    beforeAll(async () => {
      service = await startService(join(import.meta.dirname, 'service.ts'), {
        env: { TACHO_HTTP: mode, TMPDIR: folder },
        arguments: [String(backends.ports.redis), String(backends.ports.mysql), folder],
      });
    });
    afterAll(() => service.stop());

    const held = cases.filter(({ lostByStandard }) => mode === 'lean' || lostByStandard === undefined);
    it.each(held)('$name', async (theCase) => {
      if (theCase.name.startsWith('pg:')) await backends.ask('postgres');
      const number = cases.indexOf(theCase);
      const clients = Math.max(1, Math.round((theCase.clients ?? CLIENTS) * share));
      const sent = await send(number, theCase.sends, service.ports, clients);
      const observations = await seen(service, number, sent.traceIds.length);
      expect(problemsOf(theCase, sent, observations)).toEqual([]);
    });
  });
}

async function seen({ ports }: Service, number: number, requests: number): Promise<Observation[]> {
  const reply = await fetch(`http://127.0.0.1:${ports.seen}/`, {
    method: 'POST',
    body: JSON.stringify({ number, requests }),
  });
  return (await reply.json()) as Observation[];
}
