export type { AdminApiOptions } from './app.ts';
export { createAdminApi } from './app.ts';
export type { OnError } from './error-response.ts';
export type { ServiceParts } from './health-report.ts';
export type { Listener, ListenOptions } from './listener.ts';
export { listen } from './listener.ts';
export { createAdminServer } from './server.ts';
