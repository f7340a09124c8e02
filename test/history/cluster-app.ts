import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { ready } from '../side-channel.ts';

/** A cluster of as many workers as its argument says, on one port. tacho is loaded by `--import`, which workers inherit. */
if (cluster.isPrimary) {
  let listenings = 0;
  cluster.on('listening', () => {
    listenings++;
  });
  const start = async (): Promise<[Worker, number]> => {
    const worker = cluster.fork();
    const [{ port }] = (await once(worker, 'listening')) as [{ port: number }];
    return [worker, port];
  };
  const workers = await Promise.all(Array.from({ length: Number(process.argv[2]) }, start));
  const [[, port] = [undefined, 0]] = workers;
  ready(
    { http: port },
    {
      listenings: () => listenings,
      replace: async () => {
        const [first] = workers.shift() ?? [];
        const gone = first === undefined ? undefined : once(first, 'exit');
        first?.process.kill('SIGKILL');
        await gone;
        workers.push(await start());
        return true;
      },
    },
  );
} else {
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/fails' ? 500 : 200;
    response.end('ok');
  });
  server.listen(0, '127.0.0.1');
}
