import { setTimeout as pause } from 'node:timers/promises';
import type { ContextCase } from '../case.ts';
import { CHUNKS, counted, UPLOAD } from '../three-chunks.ts';

export const requestListeners: readonly ContextCase[] = [
  {
    name: "req.on('data'), 'end' and 'close'",
    callbacks: [...CHUNKS, 'end', 'close'],
    sends: UPLOAD,
    handle({ req, res, see }) {
      req.on('data', counted(see));
      req.on('end', () => {
        see('end');
        res.end();
      });
      req.on('close', () => see('close'));
    },
  },
  {
    name: 'listeners on the request, added after an await',
    callbacks: [...CHUNKS, 'end', 'close'],
    sends: UPLOAD,
    async handle({ req, res, see }) {
      await pause(2);
      req.on('data', counted(see));
      req.on('close', () => see('close'));
      req.on('end', async () => {
        see('end');
        await pause(1);
        res.end();
      });
    },
  },
  {
    name: 'listeners on the request, added in its first chunk',
    callbacks: ['data 2', 'data 3', 'end'],
    sends: UPLOAD,
    handle({ req, res, see }) {
      let chunks = 1;
      req.once('data', () => {
        req.on('data', () => see(`data ${++chunks}`));
        req.on('end', () => {
          see('end');
          res.end();
        });
      });
    },
  },
  {
    name: 'addListener, once, prependListener and prependOnceListener of the request',
    callbacks: ['addListener', 'once', 'prependListener', 'prependOnceListener'],
    sends: UPLOAD,
    handle({ req, res, see }) {
      req.addListener('data', () => see('addListener'));
      req.prependListener('data', () => see('prependListener'));
      req.prependOnceListener('data', () => see('prependOnceListener'));
      req.once('end', () => {
        see('once');
        res.end();
      });
    },
  },
  {
    name: 'listeners that were removed are not called',
    callbacks: ['end', 'finish'],
    sends: UPLOAD,
    handle({ req, res, see }) {
      const removed = (): void => see('removed');
      req.on('data', removed).off('data', removed);
      req.once('end', removed).removeListener('end', removed);
      req.prependListener('end', removed).off('end', removed);
      req.on('own', removed).removeAllListeners('own').emit('own');
      res.on('finish', removed).off('finish', removed);
      res.once('close', removed).off('close', removed);
      res.on('finish', () => see('finish'));
      req.on('end', () => {
        see('end');
        res.end();
      });
      req.resume();
    },
  },
  {
    name: 'a listener that removes itself in its first call',
    callbacks: ['data 1', 'end'],
    sends: UPLOAD,
    handle({ req, res, see }) {
      const onData = (): void => {
        see('data 1');
        req.off('data', onData);
        req.resume();
      };
      req.on('data', onData);
      req.on('end', () => {
        see('end');
        res.end();
      });
    },
  },
  {
    name: "req.on('readable') and read()",
    callbacks: ['readable', 'end'],
    sends: UPLOAD,
    handle({ req, res, see }) {
      req.on('readable', () => {
        see('readable');
        while (req.read() !== null);
      });
      req.on('end', () => {
        see('end');
        res.end();
      });
    },
  },
  {
    name: 'setEncoding, pause and resume',
    callbacks: ['data', 'resumed', 'end'],
    sends: UPLOAD,
    handle({ req, res, see }) {
      req.setEncoding('utf8');
      req.on('data', () => {
        see('data');
        req.pause();
        setTimeout(() => {
          see('resumed');
          req.resume();
        }, 1);
      });
      req.on('end', () => {
        see('end');
        res.end();
      });
    },
  },
  {
    name: 'a body sent after 100 Continue, by Node or by the application',
    callbacks: [...CHUNKS, 'end', 'finish'],
    sends: { ...UPLOAD, headers: ['Expect: 100-continue'], port: 'continuing' },
    handle({ req, res, see }) {
      req.on('data', counted(see));
      res.on('finish', () => see('finish'));
      req.on('end', () => {
        see('end');
        res.end();
      });
    },
  },
  {
    name: 'req.setTimeout while the body is on its way',
    callbacks: ['timeout', 'end'],
    sends: { ...UPLOAD, awaitsInterim: true },
    handle({ req, res, see }) {
      req.setTimeout(5, () => {
        see('timeout');
        res.writeProcessing();
      });
      req.on('end', () => {
        see('end');
        res.setHeader('Connection', 'close').end();
      });
      req.resume();
    },
  },
];
