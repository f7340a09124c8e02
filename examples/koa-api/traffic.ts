import { Client } from './client.ts';
import { accounts } from './src/accounts.ts';

const REQUESTS_PER_SECOND = 30;

/** What is sent, and how many of 300 requests are of that kind: so many come in ten seconds. */
const SHAPES: readonly [of300: number, send: (client: Client) => void][] = [
  [20, (client) => client.signIn(oneOf(...accounts))],
  [2, (client) => client.signIn({ email: 'ada@example.org', password: 'guessed' })],
  [70, (client) => client.ask('GET', '/api/users')],
  [80, (client) => client.ask('GET', `/api/users/${oneOf(1, 2, 3)}`)],
  [5, (client) => client.ask('GET', '/api/users/99')],
  [10, (client) => client.ask('HEAD', '/api/users')],
  [25, (client) => client.ask('GET', '/api/reports')],
  [40, (client) => client.ask('GET', `/api/reports/monthly/2025/${oneOf(1, 4, 7, 11)}?detail=1`)],
  [10, (client) => client.ask('POST', '/api/reports', { title: 'March' })],
  [5, (client) => client.ask('PUT', '/api/reports/17', { title: 'April' })],
  [5, (client) => client.ask('DELETE', '/api/reports/17')],
  [12, (client) => client.ask('GET', `/api/reports/yearly/${oneOf(2022, 2023, 2024, 2025)}`)],
  [1, (client) => client.ask('GET', `/api/reports/yearly/${oneOf(2017, 2018)}`)],
  [1, (client) => client.ask('GET', '/api/reports/broken')],
  [2, (client) => client.ask('GET', '/api/events')],
  [2, (client) => client.leave('/api/reports/yearly/2020', 200)],
  [1, (client) => client.breakOffUpload('/api/reports')],
  [5, (client) => client.ask('GET', `/files/${oneOf(1, 22, 333)}/nowhere`)],
  [4, (client) => client.ask('GET', '/healthz')],
];

/** Sends requests of every shape until stopped: first one of each, then as often as its share says. */
export function startTraffic(origin: string): { stop(): void } {
  const client = new Client(origin);
  const tenSeconds = SHAPES.flatMap(([of300, send]) => Array.from({ length: of300 }, () => send));
  let waiting = SHAPES.map(([, send]) => send);
  const timer = setInterval(() => {
    waiting.shift()?.(client);
    if (waiting.length === 0) waiting = shuffled(tenSeconds);
  }, 1000 / REQUESTS_PER_SECOND);
  return {
    stop: () => {
      clearInterval(timer);
      client.close();
    },
  };
}

function oneOf<Choice>(...choices: Choice[]): Choice {
  return choices[Math.floor(Math.random() * choices.length)]!;
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
