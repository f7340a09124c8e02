export type { AdminApi, AdminApiOptions, MountOptions } from './admin-api.ts';
export { createAdminApi } from './admin-api.ts';
export { bearerTokens } from './auth.ts';
export type { OnError } from './error-response.ts';
export type { ServiceParts } from './health-report.ts';
export type { Identification, Identify, Identity, Role } from './identity/identity.ts';
export type { Listener, ListenOptions } from './server/listener.ts';
export { listen } from './server/listener.ts';
export { createAdminServer } from './server/server.ts';
