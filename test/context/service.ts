import { createServer, IncomingMessage, type RequestListener, type Server, ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { SELF_SIGNED } from '../../packages/http/test/self-signed.ts';
import { ready } from '../side-channel.ts';
import { cases } from './cases.ts';
import { type Observation, observe, see, whenComplete } from './observation.ts';

/** Answers each request as the case that its header names wants it; another port tells what the callbacks saw. */
const observed = cases.map((): Observation[] => []);

const watch: RequestListener = (req) => {
  observe(req, cases[Number(req.headers.case)]?.asksLate ?? false);
};

const answer: RequestListener = (req, res) => {
  const number = Number(req.headers.case);
  const theCase = cases[number];
  const observation = observe(req, theCase?.asksLate ?? false);
  observed[number]?.push(observation);
  const failed = (error: unknown): void => {
    observation.failure = String(error);
    res.destroy();
  };
  try {
    const handled = theCase?.handle({ req, res, see: (label) => see(req, label) });
    Promise.resolve(handled).catch(failed);
  } catch (error) {
    failed(error);
  }
};

const http = createServer(answer);
/** Says `100 Continue` itself, as applications do that look at the headers first. */
const continuing = createServer(answer).on('checkContinue', (req, res) => {
  res.writeContinue();
  continuing.emit('request', req, res);
});
const ownClasses = createServer(
  { IncomingMessage: class extends IncomingMessage {}, ServerResponse: class extends ServerResponse {} },
  answer,
);

const servers = {
  http,
  continuing,
  ownClasses,
  https: createHttpsServer(SELF_SIGNED, answer),
  handedOn: createServer((req, res) => setImmediate(() => http.emit('request', req, res))),
  listeningTwice: createServer(watch).on('request', answer),
  seen: createServer(async (req, res) => {
    const { number, requests } = (await json(req)) as { number: number; requests: number };
    const observations = observed[number] ?? [];
    await whenComplete(observations, requests, cases[number]?.callbacks ?? []);
    res.end(JSON.stringify(observations));
  }),
};

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  return (server.address() as AddressInfo).port;
}

const ports: Record<string, number> = {};
for (const [name, server] of Object.entries(servers)) ports[name] = await portOf(server);
ready(ports);
