export type { AdminApi, AdminApiOptions } from './admin-api.ts';
export { createAdminApi } from './admin-api.ts';
export type { OnError } from './error-response.ts';
export type { NoticesStatus, RunningProcess, ServiceParts } from './health-report.ts';
export type { IdentificationOptions } from './identity/identification.ts';
export { identification } from './identity/identification.ts';
export type {
  Authenticate,
  Identification,
  Identify,
  Identity,
  JwtKeys,
  JwtVerification,
  Role,
  StaticToken,
} from './identity/identity.ts';
export type { FetchKeys } from './identity/key-fetch.ts';
export type { Listener, ListenOptions } from './server/listener.ts';
export { listen } from './server/listener.ts';
export { createAdminServer } from './server/server.ts';
