import type { JournalEntry } from '@tacho/store';
import type { Role } from '../identity/identity.ts';
import type { Access, CountedAccess } from './access.ts';

/** Of the text's form. */
const VERSION = 1;

/** Characters of a field; what is longer is cut. */
const MAX_FIELD = 200;

/** JSON escapes what is below it, quotes and backslashes, and leaves the rest as it is. */
const BEYOND_PRINTABLE_ASCII = /[\u007f-\uffff]/g;

const FIELDS = ['who', 'network', 'method', 'operation', 'target', 'reason'] as const;

/** The same, with no field longer than is recorded. */
export function bounded(access: Access): Access {
  const { who, network, method, operation, reason } = access;
  return {
    ...access,
    who: who.slice(0, MAX_FIELD),
    network: network.slice(0, MAX_FIELD),
    method: method.slice(0, MAX_FIELD),
    operation: operation.slice(0, MAX_FIELD),
    reason: reason?.slice(0, MAX_FIELD),
  };
}

/** One line of JSON in printable ASCII. What is unknown is left out, as is a count of 1. */
export function textOf({ timestampMs: _, count, status, ...fields }: CountedAccess): string {
  const known = Object.entries(fields).filter(([, value]) => value !== '');
  const text = JSON.stringify({
    v: VERSION,
    ...Object.fromEntries(known),
    ...(status === 0 ? {} : { status }),
    ...(count === 1 ? {} : { count }),
  });
  return text.replace(
    BEYOND_PRINTABLE_ASCII,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** @returns undefined where the text is not one of ours, or of a later version */
export function accessOf({ timestampMs, text }: JournalEntry): CountedAccess | undefined {
  const { v, role, status = 0, count = 1, ...rest } = objectIn(text);
  const texts = FIELDS.map((name) => rest[name] ?? '');
  if (v !== VERSION || !texts.every((value) => typeof value === 'string')) return undefined;
  if (!isRole(role)) return undefined;
  if (!isCount(status) || !isCount(count) || count === 0) return undefined;
  const [who = '', network = '', method = '', operation = '', target = '', reason] = texts as string[];
  const fields = {
    who,
    role,
    network,
    method,
    operation,
    target,
    status,
    reason: reason || undefined,
    count,
  };
  return { timestampMs, ...fields };
}

function objectIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function isRole(value: unknown): value is Role | undefined {
  return value === undefined || value === 'admin' || value === 'viewer';
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
