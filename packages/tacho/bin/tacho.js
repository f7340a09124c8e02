#!/usr/bin/env node
// Outside dist: npm links a command when it installs, which is before anything is compiled.
import '../dist/bin.js';
