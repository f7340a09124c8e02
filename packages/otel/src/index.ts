export type { Environment } from './environment.ts';
export type { Privacy } from './export/privacy.ts';
export type { TelemetryNotices } from './notices.ts';
export type { Telemetry, TelemetryOptions } from './telemetry.ts';
