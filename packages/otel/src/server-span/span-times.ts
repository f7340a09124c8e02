import type { HrTime, TimeInput } from '@opentelemetry/api';
import { addHrTimes, hrTime, isTimeInputHrTime, millisToHrTime } from '@opentelemetry/core';
import type { Exchange } from '@tacho/http';

/** The times of a span as the SDK has them: the wall clock at the start, the monotonic clock from there. */
export class SpanTimes {
  readonly startTime: HrTime;
  readonly #startedAt: number;
  /** Milliseconds that the wall clock is ahead of the process's own at the start. */
  readonly #offsetMs: number;

  constructor({ startMs, startedAt }: Exchange) {
    this.startTime = millisToHrTime(startMs);
    this.#startedAt = startedAt;
    this.#offsetMs = startMs - (startedAt + performance.timeOrigin);
  }

  /** @param input of the API: an epoch, a `performance.now()`, a Date, a tuple; now where it is undefined */
  at(input: TimeInput | undefined): HrTime {
    if (typeof input === 'number')
      return input <= performance.now() ? hrTime(input + this.#offsetMs) : millisToHrTime(input);
    if (input instanceof Date) return millisToHrTime(input.getTime());
    if (isTimeInputHrTime(input)) return input;
    return this.after(performance.now() - this.#startedAt);
  }

  /** @param durationMs from the start */
  after(durationMs: number): HrTime {
    return addHrTimes(this.startTime, millisToHrTime(durationMs));
  }
}
