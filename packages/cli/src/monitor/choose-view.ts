import type { Environment } from '../environment.ts';
import { mayColour, paintWith } from '../paint.ts';
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
  const { stdout, variables } = environment;
  if (json) return lineView(stdout, (sample) => JSON.stringify(detailedSampleJson(sample)));
  if (!stdout.isTerminal) return saving ? undefined : lineView(stdout, plainLine);
  // A terminal that can't move its cursor.
  if (variables.TERM === 'dumb') return lineView(stdout, plainLine);
  return liveView(stdout, source, paintWith(mayColour(variables)));
}
