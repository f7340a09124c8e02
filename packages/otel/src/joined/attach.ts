import type { Tracing } from '@tacho/http';
import type { TelemetryNotices } from '../notices.ts';
import { namesOf, ownApi, requiredApis } from './api-copies.ts';
import { isTracedByOthers } from './registered-api.ts';
import { activeTraceOfOthers } from './trace-of-others.ts';

/**
 * Takes the API's globals where they are free. An application that has an SDK of its own has registered it by now:
 * its spans are left to it, as if we were not there, and the records have the traces that it makes.
 *
 * @param register takes the globals, or returns undefined where they refuse. Not called where somebody has them
 */
export function attachUnlessTraced(
  { info, warn }: TelemetryNotices,
  register: () => Tracing | undefined,
): Tracing | undefined {
  if (isTracedByOthers()) {
    info('the application has an OpenTelemetry SDK of its own: requests are counted, spans are left to it');
    return { others: activeTraceOfOthers };
  }
  const tracing = registered(register, warn);
  if (tracing === 'failed') return undefined;
  const unlike = tracing === undefined ? blindTo(() => true) : blindTo(isNewer);
  if (unlike !== undefined)
    warn(
      `there are several versions of @opentelemetry/api, and not all find the spans of requests: ${unlike}`,
    );
  return tracing;
}

function registered(
  register: () => Tracing | undefined,
  warn: (text: string) => void,
): Tracing | undefined | 'failed' {
  try {
    return register();
  } catch (error) {
    warn(`requests are counted, but not traced: ${String(error).split('\n', 1)[0]?.slice(0, 200)}`);
    return 'failed';
  }
}

/** The copies there are, where one is of a version that does not go with ours. */
function blindTo(isUnlike: (version: string, ownVersion: string) => boolean): string | undefined {
  const own = ownApi();
  const others = requiredApis().filter(({ folder }) => folder !== own.folder);
  return others.some(({ version }) => version !== own.version && isUnlike(version, own.version))
    ? namesOf([own, ...others])
    : undefined;
}

/** A copy finds what one of its own minor version or of a newer one has registered. */
function isNewer(version: string, ownVersion: string): boolean {
  return minorOf(version) > minorOf(ownVersion);
}

function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}
