'use strict';

const { startMonitoring } = require('tacho');

startMonitoring({ store: 'memory', adminApi: false, traces: 'off' });
