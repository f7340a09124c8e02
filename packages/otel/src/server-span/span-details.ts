import type { Attributes, HrTime, Link } from '@opentelemetry/api';
import { cleanAttributes, cleanSimpleAttributes } from '@opentelemetry/core';
import type { TimedEvent } from '@opentelemetry/sdk-trace';
import type { SpanLimits } from '../span-limits.ts';

/** What few spans have: events and links, within limits, of which the oldest goes. */
export class SpanDetails {
  readonly events: TimedEvent[] = [];
  readonly links: Link[] = [];
  droppedEvents = 0;
  droppedLinks = 0;
  readonly #limits: SpanLimits;

  constructor(limits: SpanLimits) {
    this.#limits = limits;
  }

  addEvent(name: string, time: HrTime, attributes: Attributes | undefined): void {
    const { eventCountLimit, attributePerEventCountLimit, attributeValueLengthLimit } = this.#limits;
    this.droppedEvents += makeRoom(this.events, eventCountLimit);
    if (eventCountLimit === 0) return;
    const limits = { attributeCountLimit: attributePerEventCountLimit, attributeValueLengthLimit };
    this.events.push({ name, time, ...cleanSimpleAttributes(attributes, limits) });
  }

  addLink({ context, attributes }: Link): void {
    const { linkCountLimit, attributePerLinkCountLimit, attributeValueLengthLimit } = this.#limits;
    this.droppedLinks += makeRoom(this.links, linkCountLimit);
    if (linkCountLimit === 0) return;
    const limits = { attributeCountLimit: attributePerLinkCountLimit, attributeValueLengthLimit };
    this.links.push({ context, ...cleanAttributes(attributes, limits) });
  }
}

/** @returns how many had to go, or could not come */
function makeRoom(list: unknown[], limit: number): 0 | 1 {
  if (list.length < limit) return 0;
  list.shift();
  return 1;
}
