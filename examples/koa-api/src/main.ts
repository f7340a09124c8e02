import { startMonitoring } from 'tacho';
import { accountOf } from './accounts.ts';
import { createService } from './service.ts';

const monitoring = startMonitoring({
  serviceName: 'koa-api',
  // The address is turned into a pseudonym at once; nothing else ever sees it.
  user: (request) => accountOf(request.headers.authorization)?.email,
});

const service = createService();
// Beside its own port. Whoever asks needs the same token.
service.use(monitoring.adminMiddleware({ prefix: '/ops/performance' }));
service.listen(Number(process.env.PORT ?? 3000), '127.0.0.1');
