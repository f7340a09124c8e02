/**
 * Serves one application before and one after the hooks are installed, from files that export `serve`, and prints what
 * the requests to each were counted under: `bundled-routes.ts <before> <after>`.
 */
import { createRequire } from 'node:module';
import { type Application, askAll, listeningHooks } from '../applications/asking.ts';
import { FASTIFY_HANDLED, FASTIFY_REFUSED, FASTIFY_UNMATCHED } from '../applications/fastify.ts';

const [, , before = '', after = ''] = process.argv;
const require = createRequire(import.meta.url);
const serve = (file: string): Promise<Application> => require(file).serve();

const questions = [...FASTIFY_HANDLED, ...FASTIFY_REFUSED, ...FASTIFY_UNMATCHED];
const { hooks, counted } = listeningHooks();
const first = await serve(before);
hooks.install();
const second = await serve(after);

const answers = {
  before: await askAll(first, questions, counted),
  after: await askAll(second, questions, counted),
};
await Promise.all([first.close(), second.close()]);
process.stdout.write(JSON.stringify(answers));
