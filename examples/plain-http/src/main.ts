import { createServer } from 'node:http';
import { startMonitoring } from 'tacho';

startMonitoring();

const titles = ['Emma', 'Middlemarch', 'Ulysses'];

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://library.test');
  const [, library, books, id, loans, reader] = pathname.split('/');
  const title = titles[Number(id)];
  const answer = (status: number, body: object): void => {
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  };
  if (pathname === '/library/broken') answer(500, { error: 'broken on purpose' });
  else if (library !== 'library' || books !== 'books' || title === undefined)
    answer(404, { error: 'not found' });
  else if (loans === 'loans') answer(200, { id, reader });
  else answer(200, { title });
});

server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log('listening', server.address());
});
