const { listen } = require(process.argv[2]);
const { startMonitoring } = require('tacho');
const { serve } = require('../serve.ts');

startMonitoring();
listen().then(serve);
