import { createServer } from 'node:http';
import { startMonitoring } from 'tacho';
import { whenIdle } from '../idle.ts';
import { ready } from '../side-channel.ts';

startMonitoring({
  serviceName: 'throwing-hook',
  user() {
    throw new Error('no user today');
  },
});
const server = createServer((_request, response) => response.end('ok'));
server.listen(0, '127.0.0.1', () =>
  ready({ http: server.address().port }, { idle: () => whenIdle([server]) }),
);
