import type { Scene } from './frame.ts';
import type { Progress } from './progress.ts';
import type { ReportSource } from './report-source.ts';
import { isMissed, type Sample } from './sample.ts';

/** The scene with a sample; where that was missed, the last answer stays. @returns undefined before the first answer */
export function nextScene(
  scene: Scene | undefined,
  sample: Sample,
  progress: Progress,
  { name, hours }: Pick<ReportSource, 'name' | 'hours'>,
): Scene | undefined {
  if (isMissed(sample)) return scene && { ...scene, missed: sample.missed, progress };
  const { timestampMs: answeredMs, reports } = sample;
  return { source: name, hours, answeredMs, reports, missed: undefined, progress };
}
