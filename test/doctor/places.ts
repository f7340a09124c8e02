import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createServer2 } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';

/** Files below a folder, by their paths; a folder that is missing is made for its owner alone. */
export async function put(folder: string, files: Readonly<Record<string, string | object>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content), { mode: 0o600 });
  }
}

export async function open(folder: string, path: string): Promise<void> {
  await chmod(join(folder, path), 0o644);
}

/** As npm lays packages out: `name@version`, or below another one: `outer@1.0.0/inner@2.0.0`. */
export async function install(folder: string, ...packages: readonly string[]): Promise<void> {
  for (const path of packages) {
    const names = path.split(/(?<=\d)\//).map((each) => {
      const at = each.lastIndexOf('@');
      return { name: each.slice(0, at), version: each.slice(at + 1) };
    });
    let place = '';
    for (const each of names) {
      place = join(place, 'node_modules', each.name);
      await put(folder, { [join(place, 'package.json')]: each });
    }
  }
}

export function git(folder: string, ...words: readonly string[]): void {
  const identity = ['-c', 'user.name=somebody', '-c', 'user.email=somebody@example.com'];
  execFileSync('git', [...identity, ...words], { cwd: folder, stdio: 'ignore' });
}

const opened: { close(): unknown }[] = [];

/** A server of the test's own. @returns its port */
export async function serving(answer: RequestListener): Promise<number> {
  return await portOf(createServer(answer));
}

/** One that speaks HTTP/2 alone, as gRPC's do. */
export async function servingHttp2(): Promise<number> {
  return await portOf(createServer2() as unknown as Server);
}

/** A port that nobody listens on. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export function closeLater(thing: { close(): unknown }): void {
  opened.push(thing);
}

export async function closeAll(): Promise<void> {
  for (const thing of opened.splice(0)) await thing.close();
}

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closeLater(server);
  return (server.address() as AddressInfo).port;
}
