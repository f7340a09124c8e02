import { on, once } from 'node:events';
import { finished, pipeline, Readable, Transform, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { finished as finishedPromise, pipeline as pipelinePromise } from 'node:stream/promises';
import type { ContextCase } from '../case.ts';
import { CHUNKS, counted, UPLOAD } from '../three-chunks.ts';

export const requestStreams: readonly ContextCase[] = [
  {
    name: 'for await over the request',
    callbacks: [...CHUNKS, 'after it'],
    sends: UPLOAD,
    async handle({ req, res, see }) {
      const chunk = counted(see);
      for await (const _ of req) chunk();
      see('after it');
      res.end();
    },
  },
  {
    name: "events.once(req, 'end') and events.on(req, 'data')",
    callbacks: [...CHUNKS, 'end'],
    sends: UPLOAD,
    async handle({ req, res, see }) {
      const ended = once(req, 'end').then(() => see('end'));
      const chunk = counted(see);
      for await (const _ of on(req, 'data', { close: ['end'] })) chunk();
      await ended;
      res.end();
    },
  },
  {
    name: 'stream/consumers and operators of streams',
    callbacks: ['map', 'text'],
    sends: UPLOAD,
    async handle({ req, res, see }) {
      const mapped = req.map((chunk: Buffer) => {
        see('map');
        return chunk.toString();
      });
      await text(mapped);
      see('text');
      res.end();
    },
  },
  {
    name: 'the request as a web stream',
    callbacks: [...CHUNKS, 'after it'],
    sends: UPLOAD,
    async handle({ req, res, see }) {
      const reader = Readable.toWeb(req).getReader();
      const chunk = counted(see);
      while (!(await reader.read()).done) chunk();
      see('after it');
      res.end();
    },
  },
  {
    name: 'req.pipe() into a stream of the application',
    callbacks: ['write 1', 'write 2', 'write 3', 'final', 'finish'],
    sends: UPLOAD,
    handle({ req, res, see }) {
      const chunk = counted(see, 'write');
      const target = new Writable({
        write(_chunk, _encoding, done) {
          chunk();
          setImmediate(done);
        },
        final(done) {
          see('final');
          done();
        },
      });
      target.on('finish', () => {
        see('finish');
        res.end();
      });
      req.pipe(target);
    },
  },
  {
    name: 'stream.pipeline and finished of the request',
    callbacks: ['transform 1', 'transform 2', 'transform 3', 'pipeline', 'finished', 'finished promised'],
    sends: UPLOAD,
    async handle({ req, res, see }) {
      finished(req, () => see('finished'));
      const promised = finishedPromise(req).then(() => see('finished promised'));
      const chunk = counted(see, 'transform');
      const through = new Transform({
        transform(part, _encoding, done) {
          chunk();
          done(null, part);
        },
      });
      const sink = new Writable({ write: (_part, _encoding, done) => done() });
      pipeline(req, through, sink, async () => {
        see('pipeline');
        await promised;
        res.end();
      });
    },
  },
  {
    name: 'stream/promises.pipeline through an async generator',
    callbacks: ['part', 'pipeline'],
    sends: UPLOAD,
    async handle({ req, res, see }) {
      await pipelinePromise(
        req,
        async function* (parts: AsyncIterable<Buffer>) {
          for await (const part of parts) {
            see('part');
            yield part;
          }
        },
        new Writable({ write: (_part, _encoding, done) => done() }),
      );
      see('pipeline');
      res.end();
    },
  },
];
