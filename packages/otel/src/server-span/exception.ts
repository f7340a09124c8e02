import type { Attributes, Exception } from '@opentelemetry/api';
import {
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_STACKTRACE,
  ATTR_EXCEPTION_TYPE,
} from '@opentelemetry/semantic-conventions';

/**
 * The attributes of an `exception` event (semantic conventions, "Exceptions on spans").
 * @returns undefined where it has neither a type nor a message, without which there is no such event
 */
export function exceptionAttributes(exception: Exception): Attributes | undefined {
  if (typeof exception === 'string')
    return exception === '' ? undefined : { [ATTR_EXCEPTION_MESSAGE]: exception };
  if (typeof exception !== 'object' || exception === null) return undefined;
  const { code, name, message, stack } = exception;
  const type = code ? String(code) : name;
  if (!type && !message) return undefined;
  return {
    ...(type ? { [ATTR_EXCEPTION_TYPE]: type } : {}),
    ...(message ? { [ATTR_EXCEPTION_MESSAGE]: message } : {}),
    ...(stack ? { [ATTR_EXCEPTION_STACKTRACE]: stack } : {}),
  };
}

/** What was thrown, by name; anything can be. */
export function nameOf(error: unknown): string {
  const name = (error as { name?: unknown } | null | undefined)?.name;
  return typeof name === 'string' && name !== '' ? name : typeof error;
}
