import { setTimeout as pause } from 'node:timers/promises';
import { trace } from '@opentelemetry/api';
import type { ContextCase, Exchange } from '../case.ts';

const waiting: Exchange[] = [];

/** Listeners of one request that run inside another one's work, and spans that are asked for late. */
export const listenersElsewhere: readonly ContextCase[] = [
  {
    name: 'responses that another request ends',
    callbacks: ['finish', 'close', 'own event', 'after ending another'],
    handle(exchange) {
      const { res, see } = exchange;
      for (const event of ['finish', 'close', 'own event']) res.on(event, () => see(event));
      waiting.push(exchange);
      setTimeout(() => {
        const other = waiting.shift();
        other?.res.emit('own event');
        other?.res.end('text');
        see('after ending another');
      }, 3);
    },
  },
  {
    name: "events of the application's own on request and response keep arguments, this and result",
    callbacks: ['request event', 'response event', 'heard', 'not heard'],
    handle({ req, res, see }) {
      req.on('own', function (this: unknown, one, two) {
        if (this === req && one === 1 && two === 2) see('request event');
      });
      res.on('own', function (this: unknown, one, two) {
        if (this === res && one === 1 && two === 2) see('response event');
      });
      see(req.emit('own', 1, 2) && res.emit('own', 1, 2) ? 'heard' : 'lost');
      see(req.emit('nobody') || res.emit('nobody') ? 'wrongly heard' : 'not heard');
      res.end();
    },
  },
  {
    name: 'a listener that throws',
    callbacks: ['thrown', 'after it', 'after an await'],
    async handle({ req, res, see }) {
      res.on('own', () => {
        see('thrown');
        throw new Error('to be caught');
      });
      req.on('own', () => res.emit('own'));
      try {
        req.emit('own');
      } catch {
        see('after it');
      }
      await pause(1);
      see('after an await');
      res.end();
    },
  },
  {
    name: 'a request that the application destroys with an error',
    callbacks: ['request error', 'request close', 'response close'],
    sends: { leaves: { while: 'receiving', by: 'fin' } },
    handle({ req, res, see }) {
      req.on('error', () => see('request error'));
      req.on('close', () => see('request close'));
      res.on('close', () => see('response close'));
      res.write('text', () => setTimeout(() => req.destroy(new Error('given up')), 1));
    },
  },
  {
    name: 'work that goes on after the response has ended',
    callbacks: ['ended after close', 'ended in a timer', 'ended after more awaits'],
    async handle({ res, see }) {
      const seeEnded = (where: string): void =>
        see(trace.getActiveSpan()?.isRecording() === false ? `ended ${where}` : `not ended ${where}`);
      res.end('text');
      await new Promise<void>((settle) => res.on('close', settle));
      await pause(1);
      seeEnded('after close');
      setTimeout(() => seeEnded('in a timer'), 10);
      await pause(5);
      await pause(5);
      seeEnded('after more awaits');
    },
  },
  {
    name: 'a span first asked for in the last chunk of the request',
    callbacks: ['last chunk', 'finish'],
    asksLate: true,
    sends: { method: 'POST', body: ['first ', 'second ', 'third'] },
    handle({ req, res, see }) {
      req.on('data', (chunk: Buffer) => {
        if (String(chunk) === 'third') see('last chunk');
      });
      res.on('finish', () => see('finish'));
      req.on('end', () => res.end());
    },
  },
  {
    name: 'a span first asked for when the response has closed',
    callbacks: ['close', 'later'],
    asksLate: true,
    sends: { targets: ['/context', '/context'] },
    handle({ res, see }) {
      res.on('close', async () => {
        see('close');
        await pause(2);
        see('later');
      });
      res.end('text');
    },
  },
  {
    name: 'a span first asked for after the end, on a connection that is used again',
    callbacks: ['later', 'even later'],
    asksLate: true,
    sends: { targets: ['/context', '/context', '/context'] },
    async handle({ res, see }) {
      res.end('text');
      await pause(4);
      see('later');
      setTimeout(() => see('even later'), 1);
    },
  },
  {
    name: 'a span first asked for when the client has gone',
    callbacks: ['request close', 'response close', 'later'],
    asksLate: true,
    sends: { leaves: { while: 'receiving', by: 'rst' } },
    handle({ req, res, see }) {
      req.on('close', () => see('request close'));
      res.on('close', () => {
        see('response close');
        setTimeout(() => see('later'), 1);
      });
      res.write('text');
    },
  },
];
