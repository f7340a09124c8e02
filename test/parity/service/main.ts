import { startMonitoring } from 'tacho';
import { whenIdle } from '../../idle.ts';
import { ready } from '../../side-channel.ts';
import { listen, parityServers } from './servers.ts';

/**
 * The service whose spans are compared. The environment says which instrumentation it has, and where its spans
 * go; nothing is taken out of them. It survives every error that its listeners throw.
 */
process.on('uncaughtException', () => {});
process.on('unhandledRejection', () => {});

startMonitoring({
  privacy: { path: 'full', query: 'keep', headers: 'keep', clientAddress: 'full', errorText: 'keep' },
});

const servers = parityServers();
ready(await listen(servers), { idle: () => whenIdle(Object.values(servers)) });
