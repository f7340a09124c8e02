import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { context, createContextKey, trace } from '@opentelemetry/api';
import type { ContextCase, Exchange } from '../case.ts';

interface Visit {
  readonly id: number;
}

const storage = new AsyncLocalStorage<Visit>();
let requests = 0;

/** Rings for everybody at once, from a timer that belongs to whoever came first. */
const bell = new EventEmitter().setMaxListeners(0);
let rings = false;

function ringSoon(): void {
  if (rings) return;
  rings = true;
  setTimeout(() => {
    rings = false;
    bell.emit('ring');
  }, 2);
}

function endOnceSeen({ res, see }: Exchange, label: string): () => void {
  return () => {
    see(label);
    res.end();
  };
}

const required = createRequire(import.meta.url)('@opentelemetry/api') as typeof import('@opentelemetry/api');
const tracer = trace.getTracer('application');

export const applicationContext: readonly ContextCase[] = [
  {
    name: "an AsyncLocalStorage of the application's own, run",
    callbacks: ['own store in timer', 'own store after await', 'own store in nested run'],
    handle({ res, see }) {
      const mine = { id: ++requests };
      const seeStore = (where: string, wanted: Visit): void =>
        see(storage.getStore() === wanted ? `own store ${where}` : `lost store ${where}`);
      return storage.run(mine, async () => {
        setTimeout(() => seeStore('in timer', mine), 1);
        await pause(2);
        seeStore('after await', mine);
        const inner = { id: ++requests };
        await storage.run(inner, async () => {
          await pause(1);
          seeStore('in nested run', inner);
        });
        res.end();
      });
    },
  },
  {
    name: "an AsyncLocalStorage of the application's own, entered",
    callbacks: ['own store after await', 'outside of it'],
    async handle({ res, see }) {
      const mine = { id: ++requests };
      storage.enterWith(mine);
      await pause(1);
      see(storage.getStore() === mine ? 'own store after await' : 'lost store after await');
      storage.exit(() => see(storage.getStore() === undefined ? 'outside of it' : 'not outside of it'));
      res.end();
    },
  },
  {
    name: 'AsyncResource.bind of a callback that another request calls',
    callbacks: ['bound'],
    handle(exchange) {
      bell.once('ring', AsyncResource.bind(endOnceSeen(exchange, 'bound')));
      ringSoon();
    },
  },
  {
    name: 'AsyncLocalStorage.snapshot and bind, called by another request',
    callbacks: ['snapshot', 'bound'],
    handle(exchange) {
      const snapshot = AsyncLocalStorage.snapshot();
      bell.once('ring', () => snapshot(() => exchange.see('snapshot')));
      bell.once('ring', AsyncLocalStorage.bind(endOnceSeen(exchange, 'bound')));
      ringSoon();
    },
  },
  {
    name: 'context.bind and context.with of the OpenTelemetry API',
    callbacks: ['bound', 'with', 'emitter'],
    handle(exchange) {
      const active = context.active();
      const emitter = context.bind(active, new EventEmitter());
      emitter.on('event', () => exchange.see('emitter'));
      bell.once('ring', () => context.with(active, () => exchange.see('with')));
      bell.once('ring', () => emitter.emit('event'));
      bell.once('ring', context.bind(active, endOnceSeen(exchange, 'bound')));
      ringSoon();
    },
  },
  {
    name: "the API's CommonJS copy, which libraries load",
    callbacks: ['same at once', 'same after an await', 'same in finish'],
    async handle({ res, see }) {
      const seeSame = (where: string): void => {
        const isSame = required.trace.getActiveSpan() === trace.getActiveSpan();
        see(isSame ? `same ${where}` : `another ${where}`);
      };
      seeSame('at once');
      await pause(1);
      seeSame('after an await');
      res.on('finish', () => seeSame('in finish'));
      res.end();
    },
  },
  {
    name: 'a value of the application in the OpenTelemetry context',
    callbacks: ['kept after await', 'left again'],
    async handle({ res, see }) {
      const key = createContextKey('value');
      await context.with(context.active().setValue(key, 'mine'), async () => {
        await pause(1);
        see(context.active().getValue(key) === 'mine' ? 'kept after await' : 'lost after await');
      });
      see(context.active().getValue(key) === undefined ? 'left again' : 'not left');
      res.end();
    },
  },
  {
    name: 'a span of the application: a child while it lasts, and nothing afterwards',
    callbacks: ['before', 'was a child', 'afterwards', 'after an await'],
    async handle({ res, see }) {
      const { traceId } = trace.getActiveSpan()?.spanContext() ?? {};
      see('before');
      const isChild = await tracer.startActiveSpan('work', async (span) => {
        await pause(1);
        span.end();
        return trace.getActiveSpan() === span && span.spanContext().traceId === traceId;
      });
      see(isChild ? 'was a child' : 'was no child');
      tracer.startActiveSpan('more work', (span) => span.end());
      see('afterwards');
      await pause(1);
      see('after an await');
      res.end();
    },
  },
  {
    name: 'listeners on request and response, added and called while a span of the application is active',
    callbacks: ['data', 'end', 'finish', 'close'],
    sends: { method: 'POST', body: ['first ', 'second'] },
    handle({ req, res, see }) {
      tracer.startActiveSpan('work', async (span) => {
        req.on('data', () => see('data'));
        req.on('end', () => see('end'));
        res.on('finish', () => see('finish'));
        res.on('close', () => see('close'));
        await pause(8);
        res.end();
        span.end();
      });
    },
  },
];
