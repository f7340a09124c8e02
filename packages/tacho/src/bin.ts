#!/usr/bin/env node
import { createRequire } from 'node:module';
import type { RunOptions } from '@tacho/cli';
import type { StoreTools } from '@tacho/store';
import { writeStderrLine } from './stderr-line.ts';
import { isSupportedNode, NODE_NEEDED } from './supported-node.ts';

const require = createRequire(import.meta.url);

if (isSupportedNode()) {
  const { run } = require('#cli') as typeof import('@tacho/cli');
  const { version } = require('tacho/package.json') as { version: string };
  void run({ version, variables: process.env, stores, checkVariables });
} else {
  writeStderrLine(`${NODE_NEEDED}; this is ${process.version}.`);
  process.exitCode = 1;
}

/** Loads SQLite, which only the commands need that work on a store's file. */
function stores(): StoreTools {
  const { createStoreTools } = require('#store-sqlite') as typeof import('@tacho/store-sqlite');
  return createStoreTools(() => Date.now());
}

/** Loads how the service is configured, which only `tacho doctor` needs. */
function checkVariables(
  variables: Readonly<Record<string, string | undefined>>,
): ReturnType<RunOptions['checkVariables']> {
  const { checkVariables: check } = require('#variables') as typeof import('./config/check-variables.ts');
  return check(variables);
}
