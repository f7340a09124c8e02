'use strict';

require('newrelic');
