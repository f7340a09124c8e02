/** Writes the OpenAPI document beside what `tsc` has compiled. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPERATIONS } from '../src/operations.ts';
import { openApiDocument } from './document.ts';

const PACKAGE = join(import.meta.dirname, '..');

const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
const document = openApiDocument(OPERATIONS, version);
writeFileSync(join(PACKAGE, 'dist/openapi.json'), `${JSON.stringify(document, undefined, 2)}\n`);
