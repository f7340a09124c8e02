import { errorMonitor, once } from 'node:events';
import { createReadStream } from 'node:fs';
import { finished, PassThrough, pipeline, Readable } from 'node:stream';
import { finished as finishedPromise, pipeline as pipelinePromise } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import type { ContextCase } from '../case.ts';

const LARGE = 'x'.repeat(200_000);

export const response: readonly ContextCase[] = [
  {
    name: "res.on('finish'), 'close' and 'prefinish'",
    callbacks: ['prefinish', 'finish', 'close'],
    handle({ res, see }) {
      for (const event of ['prefinish', 'finish', 'close']) res.on(event, () => see(event));
      res.end('text');
    },
  },
  {
    name: 'listeners on the response, added after an await',
    callbacks: ['finish', 'close', 'once', 'prepended'],
    async handle({ res, see }) {
      await pause(1);
      res.once('finish', () => see('once'));
      res.prependListener('finish', () => see('prepended'));
      res.on('finish', () => see('finish'));
      res.on('close', () => see('close'));
      res.end('text');
    },
  },
  {
    name: 'listeners on the response, added while others of it are called',
    callbacks: ['finish', 'close', 'after close'],
    handle({ res, see }) {
      res.on('finish', () => {
        see('finish');
        res.on('close', () => {
          see('close');
          setTimeout(() => see('after close'), 1);
        });
      });
      res.end('text');
    },
  },
  {
    name: 'callbacks of write and end',
    callbacks: ['write', 'second write', 'end'],
    handle({ res, see }) {
      res.write('text', () => {
        see('write');
        res.write('more', () => see('second write'));
        res.end('rest', () => see('end'));
      });
    },
  },
  {
    name: "res.on('drain') of a response larger than its buffer",
    callbacks: ['drain', 'finish'],
    clients: 10,
    handle({ res, see }) {
      let left = 3;
      const write = (): void => {
        if (--left === 0) res.end();
        else if (res.write(LARGE)) write();
      };
      res.on('drain', () => {
        see('drain');
        write();
      });
      res.on('finish', () => see('finish'));
      write();
    },
  },
  {
    name: "Readable.from().pipe(res), with res.on('pipe') and 'unpipe'",
    callbacks: ['pipe', 'unpipe', 'generated', 'source end', 'finish'],
    handle({ res, see }) {
      res.on('pipe', () => see('pipe'));
      res.on('unpipe', () => see('unpipe'));
      res.on('finish', () => see('finish'));
      async function* parts(): AsyncGenerator<string> {
        for (let part = 0; part < 3; part++) {
          await pause(1);
          see('generated');
          yield 'text';
        }
      }
      Readable.from(parts())
        .on('end', () => see('source end'))
        .pipe(res);
    },
  },
  {
    name: "res.on('error') of a write after the end",
    callbacks: ['error', 'error monitor', 'write'],
    handle({ res, see }) {
      res.on(errorMonitor, () => see('error monitor'));
      res.on('error', () => see('error'));
      res.end('text');
      res.write('too late', () => see('write'));
    },
  },
  {
    name: 'stream.pipeline(req, gzip, res)',
    callbacks: ['gzip data', 'pipeline', 'finish', 'close'],
    sends: { method: 'POST', body: [LARGE, 'text', LARGE] },
    clients: 10,
    handle({ req, res, see }) {
      res.on('finish', () => see('finish'));
      res.on('close', () => see('close'));
      const packed = createGzip({ level: 1 });
      packed.on('data', () => see('gzip data'));
      pipeline(req, packed, res, () => see('pipeline'));
    },
  },
  {
    name: 'stream/promises.pipeline(req, gzip, res)',
    callbacks: ['pipeline', 'close'],
    sends: { method: 'POST', body: ['text', 'text', 'text'] },
    async handle({ req, res, see }) {
      res.on('close', () => see('close'));
      await pipelinePromise(req, createGzip(), res);
      see('pipeline');
    },
  },
  {
    name: 'a file as the response',
    callbacks: ['opened', 'file end', 'finish'],
    handle({ res, see }) {
      res.on('finish', () => see('finish'));
      createReadStream(import.meta.filename)
        .on('open', () => see('opened'))
        .on('end', () => see('file end'))
        .pipe(res);
    },
  },
  {
    name: "stream.finished(res), its promise and events.once(res, 'finish')",
    callbacks: ['finished', 'finished promised', 'once finish', 'once close'],
    async handle({ res, see }) {
      finished(res, () => see('finished'));
      finishedPromise(res).then(() => see('finished promised'));
      once(res, 'close').then(() => see('once close'));
      setTimeout(() => res.end('text'), 1);
      await once(res, 'finish');
      see('once finish');
    },
  },
  {
    name: 'res.setTimeout',
    callbacks: ['timeout', 'finish'],
    handle({ res, see }) {
      res.on('finish', () => see('finish'));
      res.setTimeout(5, () => {
        see('timeout');
        res.setHeader('Connection', 'close').end();
      });
    },
  },
  {
    name: 'interim responses: early hints',
    callbacks: ['hints', 'finish'],
    handle({ res, see }) {
      res.on('finish', () => see('finish'));
      res.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' }, () => {
        see('hints');
        res.end();
      });
    },
  },
  {
    name: 'a response to HEAD',
    callbacks: ['finish', 'close', 'end'],
    sends: { method: 'HEAD' },
    handle({ res, see }) {
      res.on('finish', () => see('finish'));
      res.on('close', () => see('close'));
      res.end('not sent', () => see('end'));
    },
  },
  {
    name: 'a stream of events, written by a timer',
    callbacks: ['tick', 'finish', 'close'],
    handle({ res, see }) {
      res.on('finish', () => see('finish'));
      res.on('close', () => see('close'));
      res.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
      let left = 3;
      const timer = setInterval(() => {
        see('tick');
        res.write('data: text\n\n');
        if (--left > 0) return;
        clearInterval(timer);
        res.end();
      }, 1);
    },
  },
  {
    name: 'a web stream as the response',
    callbacks: ['pull', 'pipeline', 'finish'],
    async handle({ res, see }) {
      res.on('finish', () => see('finish'));
      let left = 3;
      const body = new ReadableStream<Uint8Array>({
        async pull(controller) {
          await pause(1);
          see('pull');
          if (--left > 0) controller.enqueue(Buffer.from('text'));
          else controller.close();
        },
      });
      await pipelinePromise(Readable.fromWeb(body as never), new PassThrough(), res);
      see('pipeline');
    },
  },
];
