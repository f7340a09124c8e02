'use strict';

const { startMonitoring } = require('tacho');

/** Where it listens, and by which token it opens, is in the environment. */
startMonitoring();
