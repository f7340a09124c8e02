import type { Server } from 'node:http';
import express from 'express';
import { expressApp, listening } from './express-app.ts';

const app = expressApp(express, {
  wildcard: '/files/*path',
  optional: '/posts{/:slug}',
  catchAll: '/docs/*path',
});

export const listen = (): Promise<Server> => listening(app);
