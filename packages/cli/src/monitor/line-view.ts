import type { Output } from '../environment.ts';
import type { Sample } from './sample.ts';
import type { View } from './view.ts';

/** A line for each sample, each written as soon as it is known. */
export function lineView(output: Output, lineOf: (sample: Sample) => string): View {
  return {
    show(sample) {
      output.write(`${lineOf(sample)}\n`);
    },
    close() {},
  };
}
