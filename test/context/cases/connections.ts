import { setTimeout as pause } from 'node:timers/promises';
import { type ContextCase, type Exchange, LEFT_OUT, type Sending } from '../case.ts';

const STREAM_MS = 2;
const FOUR = ['/context', '/context', '/context', '/context'];
const MIXED = ['/context', LEFT_OUT, '/context', LEFT_OUT, LEFT_OUT, '/context'];

let turns = 0;

/** The first of some requests waits longest, so that a pipeline has to hold back the responses of the others. */
function holdingBack(): number {
  return 6 - (turns++ % 3) * 3;
}

async function answerLater({ req, res, see }: Exchange): Promise<void> {
  req.on('end', () => see('end'));
  res.on('finish', () => see('finish'));
  res.on('close', () => see('close'));
  req.resume();
  await pause(holdingBack());
  see('after an await');
  res.end('text');
}

const ANSWERED_LATER = ['end', 'finish', 'close', 'after an await'];
const UPLOAD: Sending = { method: 'POST', body: ['first ', 'second'] };

/** Its interim response tells the client that the body has begun to arrive. */
function watchAbort({ req, res, see }: Exchange): void {
  req.on('data', () => {
    see('data');
    res.writeProcessing();
  });
  req.on('aborted', () => see('aborted'));
  req.on('error', () => see('request error'));
  req.on('close', () => see('request close'));
  res.on('close', () => {
    see('response close');
    setTimeout(() => see('after it'), 1);
  });
}

function writeOn({ req, res, see }: Exchange): void {
  req.on('close', () => see('request close'));
  res.on('error', () => see('response error'));
  const timer = setInterval(() => {
    see('tick');
    res.write('text');
  }, STREAM_MS);
  res.on('close', () => {
    see('response close');
    clearInterval(timer);
    setTimeout(() => see('after it'), 1);
  });
}

const ABORTED_UPLOAD = ['data', 'aborted', 'request error', 'request close', 'response close', 'after it'];
const ABORTED_STREAM = ['tick', 'request close', 'response close', 'after it'];

export const connections: readonly ContextCase[] = [
  {
    name: 'keep-alive: each of four requests on one connection sees its own',
    callbacks: ANSWERED_LATER,
    sends: { targets: FOUR },
    clients: 10,
    handle: answerLater,
  },
  {
    name: 'keep-alive, with bodies',
    callbacks: ANSWERED_LATER,
    sends: { ...UPLOAD, targets: FOUR },
    clients: 10,
    handle: answerLater,
  },
  {
    name: 'pipelining: each of four requests on one connection sees its own',
    callbacks: ANSWERED_LATER,
    sends: { targets: FOUR, pipelined: true },
    clients: 10,
    handle: answerLater,
  },
  {
    name: 'pipelining, with bodies',
    callbacks: ANSWERED_LATER,
    sends: { ...UPLOAD, targets: FOUR, pipelined: true },
    clients: 10,
    handle: answerLater,
  },
  {
    name: 'pipelining: callbacks of write and end of a response that is held back',
    callbacks: ['write', 'second write', 'end'],
    lostByStandard: true,
    sends: { targets: FOUR, pipelined: true },
    clients: 10,
    async handle({ res, see }) {
      await pause(holdingBack());
      res.write('text', () => see('write'));
      res.write('text', 'utf8', () => see('second write'));
      res.end(() => see('end'));
    },
  },
  {
    name: 'keep-alive: work that goes on during the next request',
    callbacks: ['at work'],
    sends: { targets: FOUR },
    clients: 10,
    handle({ res, see }) {
      let left = 4;
      const timer = setInterval(() => {
        see('at work');
        if (--left === 0) clearInterval(timer);
      }, 2);
      res.end('text');
    },
  },
  {
    name: 'a path that is left out has no span, in its callbacks neither',
    callbacks: ANSWERED_LATER,
    sends: { targets: [LEFT_OUT] },
    handle: answerLater,
  },
  {
    name: 'keep-alive: paths that are left out among others',
    callbacks: ANSWERED_LATER,
    sends: { targets: MIXED },
    clients: 10,
    handle: answerLater,
  },
  {
    name: 'pipelining: paths that are left out among others',
    callbacks: ANSWERED_LATER,
    sends: { targets: MIXED, pipelined: true },
    clients: 10,
    handle: answerLater,
  },
  {
    name: 'an upload whose client goes away, by FIN',
    callbacks: ABORTED_UPLOAD,
    sends: { ...UPLOAD, leaves: { while: 'sending', by: 'fin' } },
    handle: watchAbort,
  },
  {
    name: 'an upload whose client goes away, by RST',
    callbacks: ABORTED_UPLOAD,
    sends: { ...UPLOAD, leaves: { while: 'sending', by: 'rst' } },
    handle: watchAbort,
  },
  {
    name: 'a response whose client goes away, by FIN',
    callbacks: ABORTED_STREAM,
    sends: { leaves: { while: 'receiving', by: 'fin' } },
    handle: writeOn,
  },
  {
    name: 'a response whose client goes away, by RST',
    callbacks: ABORTED_STREAM,
    sends: { leaves: { while: 'receiving', by: 'rst' } },
    handle: writeOn,
  },
  {
    name: 'a connection that the application destroys',
    callbacks: ['request close', 'response close'],
    sends: { leaves: { while: 'receiving', by: 'fin' } },
    handle({ req, res, see }) {
      req.on('close', () => see('request close'));
      res.on('close', () => see('response close'));
      res.write('text', () => setTimeout(() => res.destroy(), 1));
    },
  },
  {
    name: 'HTTP/1.0',
    callbacks: ANSWERED_LATER,
    sends: { version: '1.0' },
    handle: answerLater,
  },
  {
    name: 'https',
    callbacks: [...ANSWERED_LATER, 'data'],
    sends: { ...UPLOAD, port: 'https' },
    clients: 10,
    handle(exchange) {
      exchange.req.on('data', () => exchange.see('data'));
      return answerLater(exchange);
    },
  },
  {
    name: "listeners on the request's socket, which is its connection's",
    callbacks: ['socket close'],
    unbound: ['socket close'],
    handle({ req, res, see }) {
      req.socket.on('close', () => see('socket close'));
      res.setHeader('Connection', 'close').end();
    },
  },
  {
    name: 'a request that one server hands on to another',
    callbacks: ANSWERED_LATER,
    lostByStandard: true,
    sends: { ...UPLOAD, port: 'handedOn' },
    handle: answerLater,
  },
  {
    name: "a server with classes of the application's own for request and response",
    callbacks: ANSWERED_LATER,
    sends: { ...UPLOAD, port: 'ownClasses' },
    handle: answerLater,
  },
  {
    name: 'a server with two listeners',
    callbacks: ANSWERED_LATER,
    sends: { ...UPLOAD, port: 'listeningTwice' },
    handle: answerLater,
  },
];
