import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';

/** Has the exporter wait for what is still being found out about the process and its host. */
export function whenDetected(exporter: SpanExporter): SpanExporter {
  const send = exporter.export.bind(exporter);
  exporter.export = (spans, done) => {
    const pending = pendingIn(spans);
    if (pending.length === 0) send(spans, done);
    else
      Promise.allSettled(pending)
        .then(() => send(spans, done))
        .catch((error: Error) => done({ code: 1, error }));
  };
  return exporter;
}

function pendingIn(spans: readonly ReadableSpan[]): unknown[] {
  const resources = new Set(spans.map(({ resource }) => resource));
  return [...resources].flatMap((resource) =>
    resource.asyncAttributesPending ? [resource.waitForAsyncAttributes?.()] : [],
  );
}
