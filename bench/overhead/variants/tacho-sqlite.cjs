'use strict';

const { startMonitoring } = require('tacho');

/** The environment says where the file is. */
startMonitoring({ adminApi: { port: 0, tokens: ['a-token-for-the-benchmark-0123456789'] } });
