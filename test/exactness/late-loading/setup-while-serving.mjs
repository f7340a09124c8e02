import { createServer } from 'node:http';
import Router from '@koa/router';
import Koa from 'koa';
import { startMonitoring } from 'tacho';
import { appOf, serve } from './app.ts';

const server = createServer(appOf(Koa, Router).callback());
server.once('listening', () => startMonitoring({ serviceName: 'setup-while-serving' }));
serve(server);
