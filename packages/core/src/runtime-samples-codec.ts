import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import {
  compareRuntimeSources,
  isValidRuntimeSample,
  NO_FIGURES,
  RUNTIME_FIGURES,
  type RuntimeSample,
  type RuntimeSource,
} from './runtime-sample.ts';
import type { RuntimeSamples } from './runtime-samples.ts';
import { RESOLUTIONS_MS } from './system-samples.ts';

/**
 * The stored form of samples of processes: their resolution, the number of sources, then each as start, pid and
 * thread; the number of samples, then each as its source's place, its time and its figures.
 */
export function writeRuntimeSamples(writer: ByteWriter, samples: RuntimeSamples): void {
  const list = samples.list();
  const sources = new Map(list.map((sample) => [keyOf(sample), sample]));
  const inOrder = [...sources.values()].sort(compareRuntimeSources);
  const places = new Map(inOrder.map((source, place) => [keyOf(source), place]));
  writer.varint(samples.resolutionMs);
  writer.varint(inOrder.length);
  for (const { startMs, pid, threadId } of inOrder) {
    writer.float64(startMs);
    writer.varint(pid);
    writer.varint(threadId);
  }
  writer.varint(list.length);
  for (const sample of list) {
    writer.varint(places.get(keyOf(sample)) ?? 0);
    writer.float64(sample.timestampMs);
    for (const name of RUNTIME_FIGURES) writer.varint(sample[name]);
  }
}

/**
 * @param samples takes what is read, thinned by its own limit
 * @returns how many samples were left out
 * @throws TachoError `TACHO_BAD_DATA`
 */
export function readRuntimeSamples(reader: ByteReader, samples: RuntimeSamples): number {
  const resolutionMs = reader.varint();
  if (!RESOLUTIONS_MS.includes(resolutionMs))
    throw reader.bad(`samples of processes have no resolution of ${resolutionMs} ms`);
  let leftOut = samples.lowerResolution(resolutionMs);
  const sources: RuntimeSource[] = [];
  const sourceCount = reader.varint();
  for (let read = 0; read < sourceCount; read++) {
    sources.push({ startMs: reader.float64(), pid: reader.varint(), threadId: reader.varint() });
  }
  const count = reader.varint();
  for (let read = 0; read < count; read++) leftOut += samples.add(readSample(reader, sources));
  return leftOut;
}

function readSample(reader: ByteReader, sources: readonly RuntimeSource[]): RuntimeSample {
  const source = sources[reader.varint()];
  if (source === undefined) throw reader.bad('a sample is of no process');
  const sample = { timestampMs: reader.float64(), ...source, ...NO_FIGURES };
  for (const name of RUNTIME_FIGURES) sample[name] = reader.varint();
  if (!isValidRuntimeSample(sample)) throw reader.bad('a sample of a process has a number that is none');
  return sample;
}

function keyOf({ startMs, pid, threadId }: RuntimeSource): string {
  return `${startMs} ${pid} ${threadId}`;
}
