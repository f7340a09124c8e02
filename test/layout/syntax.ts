import { parseSync } from '@swc/core';

/** A node of swc's syntax tree, known by its `type` alone. */
export interface SyntaxNode {
  type: string;
  [property: string]: unknown;
}

/** Every node of the source, outermost first, in the order it is written. */
export function syntaxNodes(source: string): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  collect(parseSync(source, { syntax: 'typescript', target: 'es2024' }), found);
  return found;
}

/** The value of a string literal; undefined for any other node. */
export function stringValue(node: unknown): string | undefined {
  return isNode(node) && node.type === 'StringLiteral' && typeof node.value === 'string'
    ? node.value
    : undefined;
}

/** Whether the node is the identifier `name`. */
export function isIdentifier(node: unknown, name: string): boolean {
  return isNode(node) && node.type === 'Identifier' && node.value === name;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function collect(value: unknown, found: SyntaxNode[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (isNode(value)) found.push(value);
  for (const child of Object.values(value)) collect(child, found);
}
