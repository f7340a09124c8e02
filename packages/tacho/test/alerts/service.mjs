// A service of which /fail fails and all else does not. Its one rule fires at once, and is over once a minute has passed without a failure.
import { createServer } from 'node:http';
import { startMonitoring } from 'tacho';

const [, , store, webhook] = process.argv;
const others = ['slow-requests', 'endpoint-errors', 'cpu', 'memory', 'disk', 'degradation'];
startMonitoring({
  serviceName: 'shop',
  store,
  traces: 'off',
  adminApi: false,
  logger: false,
  alerts: {
    rules: [
      { name: 'error-rate', window: '1m', hold: '0s', keepFiring: '0s', minRequests: 5 },
      ...others.map((name) => ({ name, enabled: false })),
    ],
    webhooks: [{ url: webhook, allowPrivate: true, format: 'json' }],
  },
});
const server = createServer((request, response) => {
  response.statusCode = request.url === '/fail' ? 500 : 200;
  response.end();
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
