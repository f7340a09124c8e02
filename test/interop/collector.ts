import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../eventually.ts';
import { closedPort } from '../otlp/backends/black-hole.ts';
import { start } from '../processes.ts';
import { decodeMetrics, decodeSpans } from '../receiver/decode.ts';
import type { ReceivedMetric, ReceivedSpan } from '../receiver/received.ts';

/** A running Collector that takes OTLP and writes what it gets to files. */
export interface Collector {
  readonly httpUrl: string;
  readonly grpcUrl: string;
  /** Of all receivers: how much was taken, and how much refused, by the Collector's own counters. */
  counters(): Promise<Readonly<Record<string, number>>>;
  /** What it has written. */
  spans(): Promise<ReceivedSpan[]>;
  metrics(): Promise<ReceivedMetric[]>;
  /** What it has logged above the level of information. */
  complaints(): string[];
}

/** @param folder for its configuration and what it writes */
export async function startCollector(program: string, folder: string): Promise<Collector> {
  const [http, grpc, own] = await Promise.all([closedPort(), closedPort(), closedPort()]);
  const configuration = join(folder, 'collector.json');
  await writeFile(configuration, JSON.stringify(configurationOf(folder, { http, grpc, own })));
  const child = start([program, '--config', `file:${configuration}`]);
  await child.output('stderr', /Everything is ready/);
  const lines = async (name: string): Promise<Buffer[]> => {
    const text = await readFile(join(folder, name), 'utf8').catch(() => '');
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => Buffer.from(line));
  };
  return {
    httpUrl: `http://127.0.0.1:${http}`,
    grpcUrl: `http://127.0.0.1:${grpc}`,
    counters: () => countersAt(`http://127.0.0.1:${own}/metrics`),
    spans: async () => (await lines('traces.json')).flatMap((line) => decodeSpans(line, 'json')),
    metrics: async () => (await lines('metrics.json')).flatMap((line) => decodeMetrics(line, 'json')),
    complaints: () => child.stderr.split('\n').filter((line) => /"level":"(warn|error|fatal)"/.test(line)),
  };
}

function configurationOf(folder: string, ports: { http: number; grpc: number; own: number }): object {
  const file = (name: string): object => ({ path: join(folder, name), flush_interval: '100ms' });
  const endpoint = (port: number): object => ({ endpoint: `127.0.0.1:${port}` });
  const prometheus = { host: '127.0.0.1', port: ports.own };
  return {
    receivers: { otlp: { protocols: { grpc: endpoint(ports.grpc), http: endpoint(ports.http) } } },
    exporters: { 'file/traces': file('traces.json'), 'file/metrics': file('metrics.json') },
    service: {
      telemetry: {
        logs: { level: 'info', encoding: 'json' },
        metrics: { level: 'detailed', readers: [{ pull: { exporter: { prometheus } } }] },
      },
      pipelines: {
        traces: { receivers: ['otlp'], exporters: ['file/traces'] },
        metrics: { receivers: ['otlp'], exporters: ['file/metrics'] },
      },
    },
  };
}

/** `otelcol_receiver_accepted_spans` and the like, summed over what they are labelled with. */
async function countersAt(url: string): Promise<Record<string, number>> {
  const text = await eventually('the counters', async () => {
    const answer = await fetch(url);
    return answer.ok ? answer.text() : undefined;
  });
  const sums: Record<string, number> = {};
  for (const [, name = '', value] of text.matchAll(/^otelcol_receiver_(\w+?)(?:_total)?\{.*\} (\S+)$/gm)) {
    sums[name] = (sums[name] ?? 0) + Number(value);
  }
  return sums;
}
