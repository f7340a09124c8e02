import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Ignored by git. */
const BUILD = join(import.meta.dirname, 'build');
/** The program, once it is built. */
export const COLLECTOR = join(BUILD, 'collector', 'collector');
const MANIFEST = join(import.meta.dirname, 'collector.yaml');
const BUILDER = 'go.opentelemetry.io/collector/cmd/builder@v0.165.0';

/**
 * The file exporter's own tests import this module, which nothing else does and not every proxy of Go modules has. An
 * empty one in its place keeps the builder from looking for it.
 */
const LEFT_OUT =
  'github.com/open-telemetry/opentelemetry-collector-contrib/extension/encoding/otlpencodingextension';

/** Where Go is: on the PATH, or where its installer puts it; undefined where there is none. */
export function goProgram(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/local/go/bin'];
  return folders.map((folder) => join(folder, 'go')).find((path) => existsSync(path));
}

/**
 * Builds an OpenTelemetry Collector with the Collector's own builder: minutes at first, and nothing while the manifest
 * stays as it is.
 */
export async function buildCollector(go: string): Promise<void> {
  const manifest = await manifestText();
  const builtFrom = join(BUILD, 'built-from.yaml');
  if (existsSync(COLLECTOR) && (await readFile(builtFrom, 'utf8').catch(() => '')) === manifest) return;
  await rm(join(BUILD, 'collector'), { recursive: true, force: true });
  await mkdir(join(BUILD, 'left-out'), { recursive: true });
  await writeFile(join(BUILD, 'left-out', 'go.mod'), `module ${LEFT_OUT}\n\ngo 1.25\n`);
  await writeFile(join(BUILD, 'left-out', 'empty.go'), 'package otlpencodingextension\n');
  await writeFile(join(BUILD, 'manifest.yaml'), manifest);
  await run(go, ['install', BUILDER], { GOBIN: BUILD });
  await run(join(BUILD, 'builder'), ['--config', join(BUILD, 'manifest.yaml')]);
  await writeFile(builtFrom, manifest);
}

async function manifestText(): Promise<string> {
  const given = await readFile(MANIFEST, 'utf8');
  const placed = given.replace(/^dist:$/m, `dist:\n  output_path: ${join(BUILD, 'collector')}`);
  return `${placed}replaces:\n  - ${LEFT_OUT} => ../left-out\n`;
}

/** With the lowest priority, and what it says on our own output. */
function run(program: string, args: readonly string[], env: Record<string, string> = {}): Promise<void> {
  const PATH = `${process.env.PATH ?? ''}:/usr/local/go/bin`;
  const child = spawn('nice', ['-n', '19', program, ...args], {
    env: { ...process.env, PATH, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((settle, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => (code === 0 ? settle() : fail(new Error(`${program} ended with ${code}`))));
  });
}
