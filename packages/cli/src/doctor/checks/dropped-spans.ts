import { count } from '../../figures.ts';
import type { Check } from '../check.ts';
import { ok, problem, skipped, warning } from '../finding.ts';
import { otlpTargets } from '../otlp.ts';

const REMEDIES = {
  queue_full:
    'the backend is slower than the service: sample less (OTEL_TRACES_SAMPLER), or raise OTEL_BSP_MAX_QUEUE_SIZE',
  refused: 'the backend refused them: see "exporter" and the log of the backend',
  timed_out: 'the backend was silent: see "exporter", and OTEL_EXPORTER_OTLP_TIMEOUT',
  failed: 'the backend was away: see "exporter"',
  shut_down: '',
} as const;

/** What became of the spans that the service has exported. */
export const droppedSpans: Check = {
  id: 'dropped-spans',
  group: 'export',
  async examine(patient) {
    const { export: exported } = await patient.service.health();
    if (exported === null) {
      // Before the first server serves there is none either.
      const isWanted = otlpTargets(patient).length > 0;
      return [
        skipped(
          isWanted
            ? 'the service exports nothing: it was started with other variables, or before'
            : 'nothing is exported',
        ),
      ];
    }
    const { spans } = exported;
    if (spans === null) return [skipped('no spans are exported')];
    const { dropped_because, dropped, sent } = spans;
    const why = (Object.keys(REMEDIES) as (keyof typeof REMEDIES)[]).filter(
      (reason) => reason !== 'shut_down' && dropped_because[reason] > 0,
    );
    if (why.length === 0) return [ok(`${count(sent)} spans were sent, none dropped`)];
    const found = `${count(dropped)} spans were dropped, ${count(sent)} sent (${why.map((reason) => `${reason}: ${count(dropped_because[reason])}`).join(', ')})`;
    const remedy = `Mend what keeps the backend from taking them: ${why.map((reason) => REMEDIES[reason]).join('; ')}.`;
    return [sent === 0 ? problem(found, remedy) : warning(found, remedy)];
  },
};
