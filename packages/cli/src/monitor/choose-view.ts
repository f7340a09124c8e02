import type { Environment } from '../environment.ts';
import { mayColour, paintWith } from '../paint.ts';
import { InteractiveView } from './interactive/interactive-view.ts';
import { lineView } from './line-view.ts';
import { liveView } from './live-view.ts';
import { plainLine } from './plain-line.ts';
import type { ReportSource } from './report-source.ts';
import { detailedSampleJson } from './sample-json.ts';
import type { View } from './view.ts';

export interface ViewSettings {
  source: ReportSource;
  json: boolean;
  /** A run that saves says nothing where nobody looks: cron mails whatever is said. */
  saving: boolean;
}

/** @returns undefined where nothing is to be shown */
export function chooseView(
  { source, json, saving }: ViewSettings,
  environment: Environment,
): View | undefined {
  const { stdout, terminal, variables, clock } = environment;
  if (json) return lineView(stdout, (sample) => JSON.stringify(detailedSampleJson(sample)));
  if (!stdout.isTerminal) return saving ? undefined : lineView(stdout, plainLine);
  // A terminal that can't move its cursor.
  if (variables.TERM === 'dumb') return lineView(stdout, plainLine);
  const paint = paintWith(mayColour(variables));
  if (terminal === undefined) return liveView(stdout, source, paint);
  return new InteractiveView({ output: stdout, terminal, source, paint, clock });
}
