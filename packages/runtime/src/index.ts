export { ActiveResources } from './active-resources.ts';
export { GarbageCollections, type GcFigures, type GcType } from './garbage-collections.ts';
export { type LoopDelayFigures, LoopDelays } from './loop-delays.ts';
export { RuntimeSampler } from './runtime-sampler.ts';
