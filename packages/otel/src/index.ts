export type { Environment } from './environment.ts';
export { SystemSampler, type SystemSamplerOptions } from './host/system-sampler.ts';
export type { TelemetryNotices } from './notices.ts';
export type { Privacy } from './privacy.ts';
export { RecordingSpanExporter, type RecordingSpanExporterOptions } from './span-exporter.ts';
export { startTelemetry, type Telemetry, type TelemetryOptions } from './telemetry.ts';
