import type { AttributeValue } from '@opentelemetry/api';

const FRAME = '    at ';

/**
 * The lines of a stack that say where an error was thrown, without the message above them.
 *
 * @param message the error's, which may go over several lines
 * @returns undefined where it cannot be told from the rest
 */
export function framesOf(stack: AttributeValue, message: AttributeValue | undefined): string | undefined {
  if (typeof stack !== 'string') return undefined;
  const text = message ?? '';
  if (typeof text !== 'string') return undefined;
  const messageAt = stack.indexOf(text);
  if (messageAt === -1) return undefined;
  const lineEnd = stack.indexOf('\n', messageAt + text.length);
  const frames = lineEnd === -1 ? '' : stack.slice(lineEnd + 1);
  // A message that was changed since may have left a part of its first text here.
  return frames.startsWith(FRAME) ? frames : undefined;
}
