/** Stands in the source of each function of an instrumented package: so ours are told from others' when they run. */
export const OURS = '/*ours*/';
