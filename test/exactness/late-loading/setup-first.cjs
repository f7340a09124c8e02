const { startMonitoring } = require('tacho');

startMonitoring({ serviceName: 'setup-first' });

const { createServer } = require('node:http');
const { default: Koa } = require('koa');
const { default: Router } = require('@koa/router');
const { appOf, serve } = require('./app.ts');

serve(createServer(appOf(Koa, Router).callback()));
