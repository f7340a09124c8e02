import { startMonitoring } from 'tacho';

startMonitoring({ serviceName: 'setup-first' });

const { createServer } = await import('node:http');
const { default: Koa } = await import('koa');
const { default: Router } = await import('@koa/router');
const { appOf, serve } = await import('./app.ts');

serve(createServer(appOf(Koa, Router).callback()));
