import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { ThirtyDays } from './thirty-days.ts';

const QUERIES = ['hours=720', 'hours=720&sort=p95', 'hours=720&sort=name&limit=500', 'hours=719'];

/** Several readers at once, each with a question of its own. @returns what they read */
export async function readAtOnce(readers: number, { port }: Pick<ThirtyDays, 'port'>): Promise<string[]> {
  return Promise.all(
    Array.from({ length: readers }, async (_, reader) => {
      const path = `/api/performance/endpoints?${QUERIES[reader % QUERIES.length]}`;
      const asked = request({ host: '127.0.0.1', port, path, agent: false });
      asked.end();
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      return text(answer);
    }),
  );
}
