'use strict';

require('dd-trace').init();
