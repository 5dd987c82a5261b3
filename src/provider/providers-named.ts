import type { DeclaredProvider } from '../declaration/ledger';

interface Named {
  readonly providerName: string;
}

/** The ledger gives the same list until another provider is declared. */
const BY_NAME = new WeakMap<readonly DeclaredProvider<unknown>[], Map<string, DeclaredProvider<unknown>[]>>();

/** The declared providers of the same name, without which two are never the same. Whether they are is still to be asked. */
export function providersNamed<T extends Named>(family: readonly DeclaredProvider<T>[], { providerName }: Named): readonly DeclaredProvider<T>[] {
  let byName = BY_NAME.get(family) as Map<string, DeclaredProvider<T>[]> | undefined;
  if (byName === undefined) {
    byName = new Map();
    for (const declared of family) {
      const named = byName.get(declared.provider.providerName) ?? [];
      byName.set(declared.provider.providerName, named);
      named.push(declared);
    }
    BY_NAME.set(family, byName);
  }
  return byName.get(providerName) ?? [];
}
