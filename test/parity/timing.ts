import { BY_THE_CLOCK } from './comparable-span.ts';
import type { Observed } from './observed.ts';

const NS_IN_MS = 1e6;
/** A span's start is a wall clock's in whole milliseconds; what follows is told by the monotonic clock. */
const ROUNDING_MS = 1.5;

/** What lies outside of what it should lie in, in words. Times that the application has made up don't count. */
export function untimely({ spans, received, startMs, endMs }: Observed): string[] {
  return received.flatMap(({ span }, index) => {
    const comparable = spans[index]!;
    const began = ms(span.startTimeUnixNano);
    const ended = comparable.end === BY_THE_CLOCK ? ms(span.endTimeUnixNano) : Number.POSITIVE_INFINITY;
    const wrong: string[] = [];
    if (began < startMs - ROUNDING_MS) wrong.push(`${span.name} began ${startMs - began} ms too early`);
    if (began > ended) wrong.push(`${span.name} ended ${began - ended} ms before it began`);
    if (Number.isFinite(ended) && ended > endMs + ROUNDING_MS)
      wrong.push(`${span.name} ended ${ended - endMs} ms too late`);
    span.events.forEach(({ name, timeUnixNano }, at) => {
      if (comparable.events[at]?.time !== BY_THE_CLOCK) return;
      const happened = ms(timeUnixNano);
      if (happened < began - ROUNDING_MS || happened > ended + ROUNDING_MS)
        wrong.push(`${name} was at ${happened}, and ${span.name} from ${began} to ${ended}`);
    });
    return wrong;
  });
}

/** How long each span took, in the order of the spans; those aside whose end the application has made up. */
export function durationsMs({ spans, received }: Observed): number[] {
  return received
    .filter((_span, index) => spans[index]?.end === BY_THE_CLOCK)
    .map(({ span }) => ms(span.endTimeUnixNano) - ms(span.startTimeUnixNano));
}

/** Epoch milliseconds with what a double has room for behind the point: a quarter of a microsecond. */
function ms(unixNano: string): number {
  return Number(unixNano) / NS_IN_MS;
}
