import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';

const PACKAGE = join(fileURLToPath(import.meta.resolve('@electric-sql/pglite')), '../../package.json');
const { version } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string };
const CACHED = join(import.meta.dirname, `../../node_modules/.cache/pglite/${version}.tar`);

/** PostgreSQL, as WebAssembly, with an empty database: to make that takes seconds, so it is kept for the next. */
export async function createPostgres(): Promise<PGlite> {
  if (existsSync(CACHED)) return PGlite.create({ loadDataDir: new Blob([readFileSync(CACHED)]) });
  const db = await PGlite.create();
  const dump = await db.dumpDataDir('none');
  mkdirSync(dirname(CACHED), { recursive: true });
  const unfinished = `${CACHED}.${process.pid}`;
  writeFileSync(unfinished, Buffer.from(await dump.arrayBuffer()));
  renameSync(unfinished, CACHED);
  return db;
}
