import { keptText } from '@tacho/core';
import { isIdentifier } from './url-segment.ts';

/** Deeper paths end in `{...}`: a template is a label, and labels are short. */
const MAX_DEPTH = 8;
/** Distinct words learned below one prefix; what comes later there is one `{name}`. */
const MAX_WORDS_PER_NODE = 48;
/** Distinct prefixes learned in all; a path that would need one more has no template. */
const MAX_NODES = 600;

const IDENTIFIER = '{id}';
const NAME = '{name}';
const REST = '{...}';
const LABEL_START = 0x7b;

class Node {
  readonly children = new Map<string, Node>();
  /** The template this node stands for, made once. */
  readonly template: string;

  constructor(template: string) {
    this.template = template;
  }
}

/**
 * Learns route templates from raw paths, for requests that met no router: `/users/17` becomes
 * `/users/{id}`. A trie of words, bounded in breadth, depth and total size, so that any number of distinct
 * URLs yields at most `MAX_NODES` templates and the memory for them. What was learned stays.
 *
 * Only a path that the service has answered for teaches words: whoever makes up URLs, or has put a name or a
 * secret into one by mistake, leaves nothing of it behind. Its unknown words are `{name}`.
 */
export class UrlTemplates {
  readonly #root = new Node('');
  #nodes = 0;

  /**
   * @param answered whether the service has shown that it has something at this path
   * @returns the template, or undefined when the path is new and no more can be learned
   */
  learn(path: string, answered = true): string | undefined {
    if (path.charCodeAt(0) !== 0x2f) return path === '*' ? '*' : this.#child(this.#root, NAME)?.template;
    if (path === '/') return '/';
    let node: Node | undefined = this.#root;
    let start = 1;
    for (let depth = 0; node !== undefined; depth++) {
      if (depth === MAX_DEPTH) return this.#child(node, REST)?.template;
      const slash = path.indexOf('/', start);
      const segment = slash === -1 ? path.slice(start) : path.slice(start, slash);
      node = this.#step(node, segment, answered);
      if (slash === -1) return node?.template;
      start = slash + 1;
    }
    return undefined;
  }

  #step(node: Node, segment: string, answered: boolean): Node | undefined {
    const known = node.children.get(segment);
    // A segment that looks like a label (`{id}`) is none.
    if (known !== undefined && segment.charCodeAt(0) !== LABEL_START) return known;
    if (isIdentifier(segment)) return this.#child(node, IDENTIFIER);
    // What stands after the last slash is no word: `/users/` is not `/users`.
    const isWord = segment === '' || (answered && node.children.size < MAX_WORDS_PER_NODE);
    return this.#child(node, isWord ? segment : NAME);
  }

  #child(node: Node, label: string): Node | undefined {
    const known = node.children.get(label);
    if (known !== undefined) return known;
    if (this.#nodes >= MAX_NODES) return undefined;
    this.#nodes++;
    // Kept for good, so neither may be a slice that keeps the whole URL it was cut from alive.
    const child = new Node(keptText(`${node.template}/${label}`));
    node.children.set(keptText(label), child);
    return child;
  }
}
