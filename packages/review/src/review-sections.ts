import type { ReviewReport } from '@tacho/core';
import type { Section } from './section.ts';
import { capacity } from './sections/capacity.ts';
import { changes } from './sections/changes.ts';
import { course } from './sections/course.ts';
import { lists } from './sections/lists.ts';
import { totals } from './sections/totals.ts';

/** What a review has to say, the most important first. */
export function reviewSections(review: ReviewReport): Section[] {
  const changed = changes(review);
  return [
    totals(review),
    ...(changed === undefined ? [] : [changed]),
    ...lists(review),
    course(review),
    capacity(review),
  ];
}
