import { context, propagation, trace } from '@opentelemetry/api';
import { getRPCMetadata, isTracingSuppressed } from '@opentelemetry/core';
import type { Behaviour } from './behaviour.ts';

/** What can be read of the SDK's spans. */
type Readable = Readonly<
  Record<'name' | 'kind' | 'status' | 'ended' | 'links' | 'attributes' | 'events', unknown>
>;

/** Answers that tell what an application can see of its span and of what the client has sent along. */
export const TOLD: Readonly<Record<string, Behaviour>> = {
  tells(_request, response) {
    const span = trace.getActiveSpan();
    const { traceId, spanId, traceFlags, isRemote, traceState } = span?.spanContext() ?? {};
    const metadata = getRPCMetadata(context.active());
    const injected = {};
    propagation.inject(context.active(), injected);
    const told = {
      isRecording: span?.isRecording(),
      ids: { traceId, spanId },
      traceFlags,
      isRemote,
      traceState: traceState?.serialize(),
      isSuppressed: isTracingSuppressed(context.active()),
      rpcType: metadata?.type,
      isSameSpan: metadata?.span === span,
      baggage: propagation.getActiveBaggage()?.getAllEntries(),
      injected,
    };
    response.end(JSON.stringify(told));
  },
  reads(_request, response) {
    const span = trace.getActiveSpan();
    span?.addEvent('read');
    const { name, kind, status, ended, links, attributes } = span as unknown as Readable;
    span?.end();
    const { ended: isEnded } = span as unknown as Readable;
    const kept = Object.entries(attributes as object).filter(([key]) => key !== 'network.peer.port');
    const read = { name, kind, status, ended, links, attributes: Object.fromEntries(kept), isEnded };
    response.end(JSON.stringify({ ...read, isRecording: span?.isRecording() }));
  },
};
