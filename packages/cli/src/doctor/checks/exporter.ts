import { once } from 'node:events';
import { connect } from 'node:http2';
import { failureReason } from '../../failure-reason.ts';
import { quoted } from '../../shown.ts';
import type { Check } from '../check.ts';
import { type Finding, ok, problem, skipped } from '../finding.ts';
import { httpAddress, type OtlpTarget, otlpTargets } from '../otlp.ts';
import { type Patient, variable } from '../patient.ts';
import { hostOf, reach } from '../reach.ts';

const PROTOCOLS = ['http/protobuf', 'http/json', 'grpc'];

/** By custom, and what collectors listen on. */
const PORT_OF = { http: '4318', grpc: '4317' };

/** Sends each signal's backend an export with nothing in it, as the service would send one. */
export const exporter: Check = {
  id: 'exporter',
  group: 'export',
  async examine(patient, signal) {
    const targets = otlpTargets(patient);
    if (targets.length === 0) return [skipped('nothing is exported')];
    const findings = await Promise.all(targets.map((target) => tried(target, patient, signal)));
    // What is to be done is to be done once.
    const about = ({ remedy, found }: Finding): string => remedy ?? found;
    return findings.filter(
      (one, index) => findings.findIndex((other) => about(other) === about(one)) === index,
    );
  },
};

async function tried(target: OtlpTarget, patient: Patient, signal: AbortSignal): Promise<Finding> {
  const { protocol, endpoint, variable: name = 'OTEL_EXPORTER_OTLP_ENDPOINT' } = target;
  if (!PROTOCOLS.includes(protocol))
    return problem(
      'OTEL_EXPORTER_OTLP_PROTOCOL names no protocol of OTLP',
      `Set it to one of ${PROTOCOLS.join(', ')}.`,
    );
  const isGrpc = protocol === 'grpc';
  const given = isGrpc && !endpoint.includes('://') ? `http://${endpoint}` : endpoint;
  const url = URL.parse(given);
  if (url === null || !/^https?:$/.test(url.protocol))
    return problem(
      `${name} is no URL of http or https`,
      `Write it with its scheme: ${name}=http://localhost:${isGrpc ? PORT_OF.grpc : PORT_OF.http}`,
    );
  const where = `${url.protocol}//${url.host}`;
  try {
    const isTls = url.protocol === 'https:';
    const port = Number(url.port) || (isTls ? 443 : 80);
    (await reach({ host: hostOf(url), port, isTls: false }, signal)).destroy();
  } catch (error) {
    return problem(
      `${where}, of ${name}, can't be reached: ${failureReason(error)}`,
      `Start the collector there, or let ${name} lead to where it is; within a container, localhost is the container.`,
    );
  }
  return isGrpc ? await overGrpc(url, where, signal) : await overHttp(target, where, patient, signal);
}

async function overGrpc(url: URL, where: string, signal: AbortSignal): Promise<Finding> {
  const session = connect(url.origin);
  session.on('error', () => {});
  try {
    await once(session, 'remoteSettings', { signal });
    return ok(`${where} speaks HTTP/2, as gRPC needs`);
  } catch (error) {
    signal.throwIfAborted();
    return problem(
      `${where} does not speak gRPC: ${failureReason(error)}`,
      `OTLP over gRPC has port ${PORT_OF.grpc} by custom; over HTTP ${PORT_OF.http}: change the port, or set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf.`,
    );
  } finally {
    session.destroy();
  }
}

async function overHttp(
  target: OtlpTarget,
  where: string,
  patient: Patient,
  signal: AbortSignal,
): Promise<Finding> {
  if (variable(patient, 'OTEL_EXPORTER_OTLP_CERTIFICATE') !== undefined)
    return ok(`${where} can be reached; what it answers is left to the service, which has its certificate`);
  const isJson = target.protocol === 'http/json';
  const headers = {
    ...headersOf(variable(patient, `OTEL_EXPORTER_OTLP_${target.signal}_HEADERS`)),
    ...headersOf(variable(patient, 'OTEL_EXPORTER_OTLP_HEADERS')),
    'content-type': isJson ? 'application/json' : 'application/x-protobuf',
  };
  const init = { method: 'POST', headers, body: isJson ? '{}' : '', signal, redirect: 'manual' } as const;
  try {
    const { status, body } = await patient.environment.fetch(httpAddress(target), init);
    await body?.cancel();
    return judged(status, where, target);
  } catch (error) {
    signal.throwIfAborted();
    return problem(
      `${where} does not speak HTTP/1.1: ${failureReason(error)}`,
      `OTLP over HTTP has port ${PORT_OF.http} by custom, over gRPC ${PORT_OF.grpc}: change the port, or set OTEL_EXPORTER_OTLP_PROTOCOL=grpc.`,
    );
  }
}

function judged(status: number, where: string, target: OtlpTarget): Finding {
  const path = quoted(new URL(httpAddress(target)).pathname);
  const found = `${where} answers ${status} to an empty export at ${path}`;
  if (status >= 200 && status < 300) return ok(found);
  if (status === 401 || status === 403)
    return problem(found, 'Give the key that the backend wants in OTEL_EXPORTER_OTLP_HEADERS=name=value');
  if (status === 404 || status === 405)
    return problem(
      found,
      `Leave /v1/… out of OTEL_EXPORTER_OTLP_ENDPOINT, where it is added; OTEL_EXPORTER_OTLP_${target.signal}_ENDPOINT is taken as it is, and needs it.`,
    );
  if (status >= 300 && status < 400)
    return problem(found, 'Give the address that it redirects to: exporters follow none.');
  if (status === 415)
    return problem(found, 'Set OTEL_EXPORTER_OTLP_PROTOCOL to http/json, or to http/protobuf.');
  return problem(found, 'Look into the log of the backend: it was reached, and did not take an export.');
}

/** As OTLP has them: `a=b,c=d`, percent-encoded. What is none is left out. */
function headersOf(text: string | undefined): Record<string, string> {
  const pairs = (text ?? '').split(',').flatMap((pair): [string, string][] => {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    if (at < 1 || !/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return [];
    try {
      return [[name.toLowerCase(), decodeURIComponent(pair.slice(at + 1).trim())]];
    } catch {
      return [];
    }
  });
  return Object.fromEntries(pairs);
}
