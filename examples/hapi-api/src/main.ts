import Hapi from '@hapi/hapi';
import { startMonitoring } from 'tacho';

startMonitoring();

const titles = ['Emma', 'Middlemarch', 'Ulysses'];

const loans: Hapi.Plugin<undefined> = {
  name: 'loans',
  register(part) {
    part.route({ method: 'GET', path: '/{reader}', handler: (request) => request.params });
  },
};

const library: Hapi.Plugin<undefined> = {
  name: 'library',
  async register(part) {
    part.route({
      method: 'GET',
      path: '/books/{id}',
      handler(request, h) {
        const title = titles[Number(request.params.id)];
        return title === undefined ? h.response({ error: 'no such book' }).code(404) : { title };
      },
    });
    part.route({
      method: 'GET',
      path: '/broken',
      handler() {
        throw new Error('broken on purpose');
      },
    });
    await part.register(loans, { routes: { prefix: '/books/{id}/loans' } });
  },
};

const app = Hapi.server({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' });
await app.register(library, { routes: { prefix: '/library' } });

await app.start();
console.log('listening', app.listener.address());
