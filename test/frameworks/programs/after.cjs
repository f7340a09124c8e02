const { startMonitoring } = require('tacho');
const { serve } = require('../serve.ts');

startMonitoring();
const { listen } = require(process.argv[2]);
listen().then(serve);
