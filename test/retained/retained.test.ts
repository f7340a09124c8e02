import { ALL_WAYS, describeRetained } from './describe-retained.ts';

describeRetained(
  160,
  ALL_WAYS.filter(([way]) => way === 'spans of our own of which few are exported'),
);
