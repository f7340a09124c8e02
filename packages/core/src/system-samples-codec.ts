import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { SystemSample } from './record.ts';
import { RESOLUTIONS_MS, type SystemSamples } from './system-samples.ts';
import { isValidSample } from './validity.ts';

/** The order in which figures are stored; each one's place is its bit in the byte that says which are known. */
const FIGURES = [
  'cpuPercent',
  'memoryPercent',
  'memoryAvailableBytes',
  'diskPercent',
  'diskFreeBytes',
] as const;

/** The stored form of samples: their resolution, their number, then each, oldest first. */
export function writeSystemSamples(writer: ByteWriter, samples: SystemSamples): void {
  const list = samples.list();
  writer.varint(samples.resolutionMs);
  writer.varint(list.length);
  for (const sample of list) writeSample(writer, sample);
}

/** @param samples takes what is read, thinned by its own limit */
export function readSystemSamples(reader: ByteReader, samples: SystemSamples): void {
  const resolutionMs = reader.varint();
  if (!RESOLUTIONS_MS.includes(resolutionMs))
    throw reader.bad(`samples have no resolution of ${resolutionMs} ms`);
  samples.lowerResolution(resolutionMs);
  const count = reader.varint();
  for (let read = 0; read < count; read++) samples.add(readSample(reader));
}

/** Its time, a byte with one bit for each figure that is known, and the known figures. */
function writeSample(writer: ByteWriter, sample: SystemSample): void {
  writer.float64(sample.timestampMs);
  writer.byte(FIGURES.reduce((bits, name, place) => (sample[name] === null ? bits : bits | (1 << place)), 0));
  for (const name of FIGURES) {
    const figure = sample[name];
    if (figure !== null) writer.float64(figure);
  }
}

function readSample(reader: ByteReader): SystemSample {
  const sample: SystemSample = {
    timestampMs: reader.float64(),
    cpuPercent: null,
    memoryPercent: null,
    memoryAvailableBytes: null,
    diskPercent: null,
    diskFreeBytes: null,
  };
  const known = reader.byte();
  if (known >= 1 << FIGURES.length) throw reader.bad('a system sample has a figure that is not known');
  for (const [place, name] of FIGURES.entries()) {
    if ((known & (1 << place)) !== 0) sample[name] = reader.float64();
  }
  if (!isValidSample(sample)) throw reader.bad('a system sample has a number that is none');
  return sample;
}
