import { createServer, get } from 'node:http';

/**
 * Ways for a process to end. The first argument names one; tacho, where it is there, was loaded before.
 * Plain JavaScript, so that any Node runs it.
 */
const scenarios = {
  'drains its event loop': () => servesOnce(() => {}),
  'calls process.exit(3)': () => servesOnce(() => process.exit(3)),
  'sets process.exitCode': () => servesOnce(() => (process.exitCode = 4)),
  'throws later': () =>
    servesOnce(() => {
      throw new Error('uncaught');
    }),
  'rejects unheard': () => servesOnce(() => void Promise.reject(new Error('unhandled'))),
  'throws in a request handler': () => serves(() => get({ port: port() })).on('request', () => failing()),
  'survives by a listener of its own': () => {
    process.on('uncaughtException', (error) => console.log('caught', error.message));
    process.on('exit', (code) => console.log('exit', code));
    process.on('beforeExit', () => console.log('beforeExit'));
    servesOnce(() => failing());
  },
  'waits for a signal': () => serves(() => console.log('waiting')),
  'listens for SIGTERM itself': () => {
    process.on('SIGTERM', () => {
      console.log('my own way');
      setTimeout(() => process.exit(7), 300);
    });
    serves(() => console.log('waiting'));
  },
  'ignores SIGINT': () => {
    process.on('SIGINT', () => console.log('no'));
    serves(() => console.log('waiting'));
  },
  'counts its listeners': () =>
    servesOnce(() => {
      const count = (name) => [name, process.listenerCount(name)];
      console.log(JSON.stringify(Object.fromEntries(process.eventNames().map(String).sort().map(count))));
    }),
};

const server = createServer((_request, response) => response.end('ok'));
const port = () => server.address().port;

function failing() {
  throw new Error('failed');
}

function serves(then) {
  return server.listen(0, '127.0.0.1', then);
}

/** One request, so that whatever measures it is at work; then the server closes and the ending begins. */
function servesOnce(ending) {
  serves(() => {
    get({ port: port(), agent: false }, (response) => {
      response.resume().on('end', () => server.close(() => setTimeout(ending, 20)));
    });
  });
}

// For the case that nobody is left to end it.
setTimeout(() => process.exit(99), 60_000).unref();
scenarios[process.argv[2]]();
