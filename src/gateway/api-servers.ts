import { shownAddress } from '../declaration/shown-address';

/** The addresses of the servers in an OpenAPI description in JSON, wherever it names some. YAML is not read. */
export function apiServers(text: string): string[] {
  const found = new Set<string>();
  const visit = (value: unknown, member: string): void => {
    if (Array.isArray(value)) {
      value.forEach((item) => visit(item, member));
    } else if (typeof value === 'object' && value !== null) {
      const { url } = value as { readonly url?: unknown };
      if (member === 'servers' && typeof url === 'string') {
        found.add(shownAddress(url));
      }
      Object.entries(value).forEach(([name, each]) => visit(each, name));
    }
  };
  try {
    visit(JSON.parse(text), '');
  } catch {
    return [];
  }
  return [...found].sort();
}
