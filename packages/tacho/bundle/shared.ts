import type { ModuleInfo } from 'rolldown';

interface Modules {
  getModuleInfo(id: string): ModuleInfo | null;
}

/** Whether an entry and others besides have a module in common. */
export function isSharedWith(entry: string, id: string, modules: Modules): boolean {
  const entries = entriesOf(id, modules, new Set());
  return entries.size > 1 && entries.has(entry);
}

/** The entries that import a module statically, themselves or by what they import. */
function entriesOf(id: string, modules: Modules, met: Set<string>): Set<string> {
  met.add(id);
  const module = modules.getModuleInfo(id);
  const above = (module?.importers ?? []).filter((importer) => !met.has(importer));
  const found = above.flatMap((importer) => [...entriesOf(importer, modules, met)]);
  return new Set(module?.isEntry === true ? [id, ...found] : found);
}
