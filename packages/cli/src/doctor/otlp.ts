import { type Patient, variable } from './patient.ts';

export type Signal = 'TRACES' | 'METRICS';
export const SIGNALS: readonly Signal[] = ['TRACES', 'METRICS'];

/** Where a signal goes, as the environment says. */
export interface OtlpTarget {
  readonly signal: Signal;
  /** The variable that has the address; undefined where the default of OTLP is meant. */
  readonly variable: string | undefined;
  /** As it is written, or the default. */
  readonly endpoint: string;
  readonly protocol: string;
}

const DEFAULT_HTTP = 'http://localhost:4318';
const DEFAULT_GRPC = 'http://localhost:4317';

/** The signals that are to be exported: those with an address, or with `otlp` for an exporter. */
export function otlpTargets(patient: Patient): readonly OtlpTarget[] {
  return SIGNALS.flatMap((signal) => {
    const exporters = variable(patient, `OTEL_${signal}_EXPORTER`)
      ?.split(',')
      .map((name) => name.trim());
    const names = [`OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`, 'OTEL_EXPORTER_OTLP_ENDPOINT'];
    const name = names.find((each) => variable(patient, each) !== undefined);
    const isWanted = exporters === undefined ? name !== undefined : exporters.includes('otlp');
    if (!isWanted || exporters?.includes('none')) return [];
    const protocol =
      variable(patient, `OTEL_EXPORTER_OTLP_${signal}_PROTOCOL`) ??
      variable(patient, 'OTEL_EXPORTER_OTLP_PROTOCOL') ??
      'http/protobuf';
    const given = name === undefined ? undefined : variable(patient, name);
    const endpoint = given ?? (protocol === 'grpc' ? DEFAULT_GRPC : DEFAULT_HTTP);
    return { signal, variable: name, endpoint, protocol };
  });
}

/** Where a signal is sent over HTTP: below a common address each signal has its own path, its own address is taken as it is. */
export function httpAddress({ signal, variable, endpoint }: OtlpTarget): string {
  if (variable?.includes(signal)) return endpoint;
  return `${endpoint.replace(/\/+$/, '')}/v1/${signal.toLowerCase()}`;
}
