'use strict';

const { createRequire } = require('node:module');
const { join } = require('node:path');
const { serve } = require('./express.cjs');

const example = join(__dirname, '../../../examples/express-4-api/package.json');

exports.createServer = () => serve(createRequire(example)('express'));
