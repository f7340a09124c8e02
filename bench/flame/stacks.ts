import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What `Profiler.stop` of the inspector gives, as far as it is read here. */
export interface Profile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  /** Microseconds. */
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children?: readonly number[];
}

/** Whose code it is. */
export type Owner = 'tacho' | 'opentelemetry' | 'node' | 'application';

/** A function under all that called it, and the time spent in it and below. */
export interface Frame {
  readonly name: string;
  readonly owner: Owner;
  selfMicros: number;
  totalMicros: number;
  readonly below: Map<string, Frame>;
}

export function emptyFrame(name: string, owner: Owner): Frame {
  return { name, owner, selfMicros: 0, totalMicros: 0, below: new Map() };
}

/**
 * The stacks of a profile from which something of ours is reached, as a tree: what is not ours, and what is below
 * it, is one frame a piece, by whose it is.
 */
export function stacksOf(profile: Profile): Frame {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(
    profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])),
  );
  const root = emptyFrame('all', 'node');
  for (const [index, sample] of profile.samples.entries()) {
    const stack: ProfileNode[] = [];
    for (let id: number | undefined = sample; id !== undefined; id = parents.get(id))
      stack.push(nodes.get(id)!);
    add(root, stack.reverse().slice(1), profile.timeDeltas[index] ?? 0);
  }
  return root;
}

function add(root: Frame, stack: readonly ProfileNode[], micros: number): void {
  if (stack.at(-1)?.callFrame.functionName === '(idle)') return;
  let frame = root;
  frame.totalMicros += micros;
  for (const node of stack) {
    const owner = ownerOf(node.callFrame.url);
    const name = owner === 'tacho' ? nameOf(node) : owner;
    // Of what is not ours only the step into it counts.
    if (owner !== 'tacho' && frame.name === name) continue;
    let next = frame.below.get(name);
    if (next === undefined) {
      next = emptyFrame(name, owner);
      frame.below.set(name, next);
    }
    next.totalMicros += micros;
    frame = next;
  }
  frame.selfMicros += micros;
}

function ownerOf(url: string): Owner {
  if (url === '' || url.startsWith('node:')) return 'node';
  if (url.includes('/node_modules/@opentelemetry/')) return 'opentelemetry';
  if (url.includes('/packages/') && !url.includes('/node_modules/')) return 'tacho';
  return 'application';
}

function nameOf({ callFrame: { functionName, url } }: ProfileNode): string {
  const file = url.startsWith('file:') ? fileURLToPath(url) : url;
  return `${functionName || '(anonymous)'} ${basename(file).replace(/\.js$/, '')}`;
}

/** Time in each function of ours itself, wherever it was called from; the most first. */
export function selfTimes(root: Frame): { name: string; micros: number }[] {
  const times = new Map<string, number>();
  const visit = (frame: Frame): void => {
    if (frame.owner === 'tacho') times.set(frame.name, (times.get(frame.name) ?? 0) + frame.selfMicros);
    for (const below of frame.below.values()) visit(below);
  };
  visit(root);
  return [...times].map(([name, micros]) => ({ name, micros })).sort((a, b) => b.micros - a.micros);
}
