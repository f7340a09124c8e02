import { isNode, type SyntaxNode, stringValue } from './syntax.ts';

/** One place where a file names another module. */
export interface Reference {
  /** As written: `./record.ts`, `node:fs`, `@tacho/core`. */
  specifier: string;
  /** Nothing of it is left once types are stripped. */
  typeOnly: boolean;
}

/**
 * Every module a file names: static imports and re-exports, `import()` as an expression and as a type, and
 * calls such as `require('@tacho/core')` under whatever name `createRequire` was given.
 */
export function referencesIn(nodes: readonly SyntaxNode[]): Reference[] {
  return nodes.map(referenceAt).filter((reference) => reference !== undefined);
}

function referenceAt(node: SyntaxNode): Reference | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return named(node.source, node.typeOnly === true || onlyTypesAmong(node.specifiers));
    case 'TsExternalModuleReference':
      return named(node.expression, false);
    case 'TsImportType':
      return named(node.argument, true);
    case 'CallExpression':
      return calledWith(node);
    default:
      return undefined;
  }
}

function calledWith(call: SyntaxNode): Reference | undefined {
  const [first] = Array.isArray(call.arguments) ? call.arguments : [];
  const reference = named(first?.expression, false);
  if (reference === undefined) return undefined;
  return isLoader(call.callee) || isModuleName(reference.specifier) ? reference : undefined;
}

/** `import(…)`, `require(…)` and `require.resolve(…)`; other loaders are known by what they are given. */
function isLoader(callee: unknown): boolean {
  if (!isNode(callee)) return false;
  if (callee.type === 'MemberExpression') return isLoader(callee.object);
  return callee.type === 'Import' || (callee.type === 'Identifier' && callee.value === 'require');
}

function isModuleName(text: string): boolean {
  return /^(@tacho|@opentelemetry)\/[\w./-]+$/.test(text);
}

function named(node: unknown, typeOnly: boolean): Reference | undefined {
  const specifier = stringValue(node);
  return specifier === undefined ? undefined : { specifier, typeOnly };
}

function onlyTypesAmong(specifiers: unknown): boolean {
  return (
    Array.isArray(specifiers) &&
    specifiers.length > 0 &&
    specifiers.every((specifier) => specifier.isTypeOnly === true)
  );
}
