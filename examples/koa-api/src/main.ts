import { startMonitoring } from 'tacho';
import { accountOf } from './accounts.ts';
import { createService } from './service.ts';

startMonitoring({
  serviceName: 'koa-api',
  // The address is turned into a pseudonym at once; nothing else ever sees it.
  user: (request) => accountOf(request.headers.authorization)?.email,
});

createService().listen(Number(process.env.PORT ?? 3000), '127.0.0.1');
