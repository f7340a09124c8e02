/** What a review says, before it is text or HTML. All texts may hold any character: whoever renders them escapes. */
export interface Section {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly tables: readonly Table[];
  readonly sparklines?: readonly Sparkline[];
}

/** Values side by side, as bars that stand. */
export interface Sparkline {
  readonly caption: string;
  /** Shares of the greatest, 0 to 1. */
  readonly shares: readonly number[];
  /** Below the first and the last bar. */
  readonly first: string;
  readonly last: string;
  /** What the greatest is, in words. */
  readonly most: string;
}

export interface Table {
  /** Over the table; undefined where the section's title says it. */
  readonly caption?: string;
  readonly columns: readonly Column[];
  /** As many cells as there are columns. */
  readonly rows: readonly (readonly Cell[])[];
}

export interface Column {
  readonly title: string;
  /** `name` may be long and stands last; `bar` has numbers from 0 to 1. */
  readonly kind: 'label' | 'figure' | 'bar' | 'name';
}

export type Cell = string | number;

export const label = (title: string): Column => ({ title, kind: 'label' });
export const figure = (title: string): Column => ({ title, kind: 'figure' });
export const bar = (title: string): Column => ({ title, kind: 'bar' });
export const name = (title: string): Column => ({ title, kind: 'name' });
