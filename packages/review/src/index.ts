export { reviewHtml } from './html/review-html.ts';
export { type ReviewOf, reviewSubject } from './subject.ts';
export { reviewText } from './text/review-text.ts';
