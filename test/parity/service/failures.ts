import { pipeline, Readable } from 'node:stream';
import type { Behaviour } from './behaviour.ts';

class Unusual extends Error {
  override readonly name = 'Unusual';
  readonly code = 'E_UNUSUAL';
}

/** What code throws: errors, and what is none. */
const THROWN: Readonly<Record<string, () => unknown>> = {
  error: () => new Error('thrown'),
  'type-error': () => new TypeError('of the wrong type'),
  coded: () => Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
  numbered: () => Object.assign(new Error('refused'), { code: 42 }),
  unusual: () => new Unusual('unusual'),
  caused: () => new Error('outer', { cause: new Error('inner') }),
  aggregate: () => new AggregateError([new Error('one'), new Error('two')], 'both'),
  unsaid: () => new Error(),
  nameless: () => Object.assign(new Error('nameless'), { name: '' }),
  stackless: () => Object.assign(new Error('stackless'), { stack: undefined }),
  string: () => 'a text',
  number: () => 42,
  zero: () => 0,
  null: () => null,
  undefined: () => undefined,
  object: () => ({ reason: 'an object' }),
  'odd-name': () => Object.assign(new Error('oddly named'), { name: 42 }),
  'odd-message': () => Object.assign(new Error(), { message: 42 }),
  hostile: () => ({
    get message(): string {
      throw new Error('not to be read');
    },
  }),
  bare: () => Object.create(null),
  'like-an-error': () => ({ name: 'Likeness', message: 'like an error', code: 'E_LIKE' }),
};

const thrown = (name: string): unknown => THROWN[name]?.();

/** Ways in which listeners and responses fail. Each ends its response in the end. */
export const FAILURES: Readonly<Record<string, Behaviour>> = {
  /** The response is never answered: it is destroyed. */
  throws(_request, response, what) {
    setTimeout(() => response.destroy(), 20);
    throw thrown(what);
  },
  'throws-then-answers': (_request, response, what) => {
    setTimeout(() => response.writeHead(500).end('sorry'), 20);
    throw thrown(what);
  },
  'throws-after-headers': (_request, response, what) => {
    response.writeHead(200).write('a part');
    setTimeout(() => response.end(), 20);
    throw thrown(what);
  },
  'throws-after-end': (_request, response, what) => {
    response.end('ok');
    throw thrown(what);
  },
  'throws-in-timer': (_request, response, what) => {
    setTimeout(() => response.writeHead(500).end(), 20);
    setTimeout(() => {
      throw thrown(what);
    }, 5);
  },
  'throws-on-data': (request, response, what) => {
    setTimeout(() => response.writeHead(500).end(), 20);
    request.on('data', () => {
      throw thrown(what);
    });
  },
  'throws-on-finish': (_request, response, what) => {
    response.on('finish', () => {
      throw thrown(what);
    });
    response.end('ok');
  },
  'throws-on-close': (_request, response, what) => {
    response.on('close', () => {
      throw thrown(what);
    });
    response.end('ok');
  },
  async rejects(_request, response, what) {
    setTimeout(() => response.writeHead(500).end(), 20);
    await null;
    throw thrown(what);
  },
  emits(_request, response, what) {
    setTimeout(() => response.destroy(), 20);
    response.on('error', () => {});
    response.emit('error', thrown(what));
    response.end('ok');
  },
  /** Without a listener `emit` throws, here in the request's listener. */
  'emits-unheard': (_request, response, what) => {
    setTimeout(() => response.destroy(), 20);
    response.emit('error', thrown(what));
  },
  'emits-twice': (_request, response, what) => {
    response.on('error', () => {});
    response.emit('error', thrown(what));
    setTimeout(() => {
      response.emit('error', new RangeError('again'));
      response.end();
    }, 15);
  },
  'emits-on-finish': (_request, response, what) => {
    response.on('error', () => {});
    response.on('finish', () => response.emit('error', thrown(what)));
    response.end('ok');
  },
  'emits-on-close': (_request, response, what) => {
    response.on('error', () => {});
    response.on('close', () => response.emit('error', thrown(what)));
    response.end('ok');
  },
  'emits-after-close': (_request, response, what) => {
    response.on('error', () => {});
    response.on('close', () => setImmediate(() => response.emit('error', thrown(what))));
    response.end('ok');
  },
  'emits-on-request': (request, response, what) => {
    request.on('error', () => {});
    request.emit('error', thrown(what));
    response.end('ok');
  },
  'writes-after-end': (_request, response) => {
    response.on('error', () => {});
    response.end('ok');
    response.write('more');
  },
  'fails-pipeline': (_request, response, what) => {
    const body = Readable.from(
      (function* () {
        yield 'a part';
        throw thrown(what);
      })(),
    );
    pipeline(body, response, () => {});
  },
  destroys: (_request, response) => void response.destroy(),
  'destroys-with': (_request, response, what) => {
    response.on('error', () => {});
    response.destroy(thrown(what) as Error);
  },
  'destroys-half': (_request, response) => {
    response.write('half', () => response.destroy());
  },
  'destroys-late': (_request, response) => void setTimeout(() => response.destroy(), 15),
  'destroys-request': (request) => void request.destroy(),
  'hangs-up': (request) => void request.socket.destroy(),
  resets: (request) => void request.socket.resetAndDestroy(),
};
