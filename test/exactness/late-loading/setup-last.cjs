const { createServer } = require('node:http');
const Koa = require('koa');
const { Router } = require('@koa/router');
const { startMonitoring } = require('tacho');
const { appOf, serve } = require('./app.ts');

const server = createServer(appOf(Koa, Router).callback());
startMonitoring({ serviceName: 'setup-last' });
serve(server);
