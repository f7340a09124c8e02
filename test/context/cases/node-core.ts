import { exec, spawn } from 'node:child_process';
import { generateKeyPair, pbkdf2, randomBytes, scrypt, subtle } from 'node:crypto';
import { lookup } from 'node:dns';
import { lookup as lookupPromise } from 'node:dns/promises';
import { EventEmitter, once } from 'node:events';
import { createReadStream, readFile, stat } from 'node:fs';
import { open, readFile as readFilePromise } from 'node:fs/promises';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { MessageChannel, Worker } from 'node:worker_threads';
import { createGzip, deflate, gunzipSync, gzip } from 'node:zlib';
import type { ContextCase } from '../case.ts';

const THIS_FILE = import.meta.filename;

export const nodeCore: readonly ContextCase[] = [
  {
    name: 'fs with callbacks',
    callbacks: ['stat', 'readFile', 'stat of nothing'],
    handle({ res, see }) {
      stat(THIS_FILE, () => {
        see('stat');
        readFile(THIS_FILE, () => {
          see('readFile');
          stat('/nothing/here', () => {
            see('stat of nothing');
            res.end();
          });
        });
      });
    },
  },
  {
    name: 'fs with promises, and lines of a file',
    callbacks: ['readFile', 'open', 'line', 'readline'],
    async handle({ res, see }) {
      await readFilePromise(THIS_FILE);
      see('readFile');
      const file = await open(THIS_FILE);
      see('open');
      for await (const _ of file.readLines()) see('line');
      createInterface({ input: createReadStream(THIS_FILE) })
        .on('line', () => see('readline'))
        .on('close', () => res.end());
    },
  },
  {
    name: 'events of a file stream',
    callbacks: ['open', 'data', 'end', 'close'],
    handle({ res, see }) {
      const file = createReadStream(THIS_FILE, { highWaterMark: 1_000 });
      for (const event of ['open', 'data', 'end', 'close']) file.on(event, () => see(event));
      file.on('close', () => res.end());
    },
  },
  {
    name: 'zlib, with callbacks and as a stream',
    callbacks: ['gzip', 'deflate', 'data', 'end'],
    handle({ res, see }) {
      gzip('text', () => {
        see('gzip');
        deflate('text', () => {
          see('deflate');
          const stream = createGzip();
          stream.on('data', () => see('data'));
          stream.on('end', () => {
            see('end');
            res.end();
          });
          stream.end('text'.repeat(10_000));
        });
      });
    },
  },
  {
    name: 'crypto on the thread pool',
    callbacks: ['pbkdf2', 'randomBytes', 'scrypt', 'generateKeyPair', 'subtle'],
    handle({ res, see }) {
      pbkdf2('secret', 'salt', 1, 16, 'sha256', () => {
        see('pbkdf2');
        randomBytes(16, async () => {
          see('randomBytes');
          scrypt('secret', 'salt', 16, { N: 2 }, () => see('scrypt'));
          generateKeyPair('ec', { namedCurve: 'P-256' }, () => see('generateKeyPair'));
          await subtle.digest('SHA-256', Buffer.from('text'));
          see('subtle');
          res.end();
        });
      });
    },
  },
  {
    name: 'dns.lookup',
    callbacks: ['lookup', 'lookup promised'],
    handle({ res, see }) {
      lookup('localhost', async () => {
        see('lookup');
        await lookupPromise('127.0.0.1');
        see('lookup promised');
        res.end();
      });
    },
  },
  {
    name: 'child processes',
    callbacks: ['exec', 'data', 'exit', 'close'],
    clients: 4,
    handle({ res, see }) {
      exec('true', () => {
        see('exec');
        const child = spawn('echo', ['text']);
        child.stdout.on('data', () => see('data'));
        child.on('exit', () => see('exit'));
        child.on('close', () => {
          see('close');
          res.end();
        });
      });
    },
  },
  {
    name: 'messages of a worker, and of a message channel',
    callbacks: ['online', 'message', 'exit', 'channel'],
    clients: 4,
    handle({ res, see }) {
      const { port1, port2 } = new MessageChannel();
      port1.once('message', () => {
        see('channel');
        const code = `require('node:worker_threads').parentPort.postMessage('text')`;
        const worker = new Worker(code, { eval: true, execArgv: [], env: {} });
        worker.on('online', () => see('online'));
        worker.on('message', () => see('message'));
        worker.on('exit', () => {
          see('exit');
          res.end();
        });
      });
      port2.postMessage('text');
    },
  },
  {
    name: 'an emitter of the application',
    callbacks: ['at once', 'later', 'once'],
    async handle({ res, see }) {
      const emitter = new EventEmitter();
      emitter.on('at once', () => see('at once'));
      emitter.on('later', () => see('later'));
      emitter.emit('at once');
      setTimeout(() => emitter.emit('later'), 1);
      await once(emitter, 'later');
      see('once');
      res.end();
    },
  },
  {
    name: 'an event target of the application',
    callbacks: ['at once', 'later'],
    handle({ res, see }) {
      const target = new EventTarget();
      target.addEventListener('now', () => see('at once'));
      target.addEventListener('then', () => {
        see('later');
        res.end();
      });
      target.dispatchEvent(new Event('now'));
      setTimeout(() => target.dispatchEvent(new Event('then')), 1);
    },
  },
  {
    name: 'a socket of the application to elsewhere',
    callbacks: ['connect', 'data', 'close'],
    handle({ req, res, see }) {
      const socket = connect(req.socket.localPort ?? 0, '127.0.0.1', () => {
        see('connect');
        socket.write('not HTTP\r\n\r\n');
      });
      socket.on('data', () => see('data'));
      socket.on('close', () => {
        see('close');
        res.end();
      });
    },
  },
  {
    name: 'synchronous work between two awaits',
    callbacks: ['before', 'after'],
    async handle({ res, see }) {
      const packed = await new Promise<Buffer>((settle) => gzip('text', (_error, done) => settle(done)));
      see('before');
      gunzipSync(packed);
      await null;
      see('after');
      res.end();
    },
  },
];
