import { isIdentifier, isNode, type SyntaxNode, stringValue } from './syntax.ts';

/** Whether a file reads the environment: `process.env`, `{ env } = process`, `import { env } from 'node:process'`. */
export function readsEnvironment(nodes: readonly SyntaxNode[]): boolean {
  return nodes.some((node) => {
    if (node.type === 'MemberExpression')
      return isIdentifier(node.object, 'process') && namesEnv(node.property);
    if (node.type === 'VariableDeclarator') return isIdentifier(node.init, 'process') && takesEnv(node.id);
    if (node.type === 'ImportDeclaration') return isProcess(node.source) && takesEnv(node);
    return false;
  });
}

function isProcess(source: unknown): boolean {
  return /^(node:)?process$/.test(stringValue(source) ?? '');
}

/** A pattern `{ env }`, `{ env: x }`, or an import clause naming `env`. */
function takesEnv(node: unknown): boolean {
  if (!isNode(node)) return false;
  const parts = node.type === 'ObjectPattern' ? node.properties : node.specifiers;
  return (
    Array.isArray(parts) && parts.some((part) => namesEnv(part.key) || namesEnv(part.imported ?? part.local))
  );
}

function namesEnv(node: unknown): boolean {
  if (isNode(node) && node.type === 'Computed') return stringValue(node.expression) === 'env';
  return isIdentifier(node, 'env') || stringValue(node) === 'env';
}
