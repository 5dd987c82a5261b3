/** A value and everything equal to it. */
interface Node {
  readonly value: unknown;
  readonly children: readonly number[];
  readonly shape?: number;
  uses: number;
}

const NOTHING: readonly number[] = [];

/** Shorter texts are not worth a reference. */
const SHORTEST_SHARED_TEXT = 6;

/**
 * JSON in which what occurs more than once is written once: the statements of a thousand agents are mostly the same words.
 *
 * `{ shapes, table, root }`, where a number is a reference into the table; a list that begins with 0 is a list; one that begins with
 * n is an object whose member names are `shapes[n - 1]`; `{ "n": 5 }` is the number 5; anything else is itself. Safe inside a script
 * element: there is no `<` in it.
 */
export function sharedJson(value: unknown): string {
  const nodes: Node[] = [];
  const texts = new Map<string, number>();
  const known = new Map<string, number>();
  const shapes: string[][] = [];
  const knownShapes = new Map<string, number>();

  const enter = (index: Map<string, number>, key: string, node: Omit<Node, 'uses'>): number => {
    node.children.forEach((child) => { nodes[child].uses += 1; });
    index.set(key, nodes.length);
    return nodes.push({ ...node, uses: 0 }) - 1;
  };
  const shapeOf = (names: string[]): number => {
    const key = JSON.stringify(names);
    const before = knownShapes.get(key);
    if (before !== undefined) {
      return before;
    }
    const shape = shapes.push(names);
    knownShapes.set(key, shape);
    return shape;
  };
  const add = (given: unknown): number => {
    if (typeof given === 'string') {
      return texts.get(given) ?? enter(texts, given, { value: given, children: NOTHING });
    }
    if (Array.isArray(given)) {
      const children = given.map(add);
      const key = `[${children.join()}`;
      return known.get(key) ?? enter(known, key, { value: given, children, shape: 0 });
    }
    if (typeof given === 'object' && given !== null) {
      const names = Object.keys(given).filter((name) => (given as Record<string, unknown>)[name] !== undefined);
      const shape = shapeOf(names);
      const children = names.map((name) => add((given as Record<string, unknown>)[name]));
      const key = `{${shape}:${children.join()}`;
      return known.get(key) ?? enter(known, key, { value: given, children, shape });
    }
    const key = `${typeof given} ${String(given)}`;
    return known.get(key) ?? enter(known, key, { value: given, children: NOTHING });
  };

  const root = add(value);
  // The most used ones come first, since their references are the shortest.
  const shared = nodes.map((_node, index) => index).filter((index) => isShared(nodes[index])).sort((a, b) => nodes[b].uses - nodes[a].uses || a - b);
  const places = new Map(shared.map((index, place) => [index, place]));
  const written = (index: number): unknown => places.get(index) ?? inFull(index);
  const inFull = (index: number): unknown => {
    const { value: given, children, shape } = nodes[index];
    if (shape !== undefined) {
      return [shape, ...children.map(written)];
    }
    return typeof given === 'number' ? { n: given } : given;
  };
  return JSON.stringify({ shapes, table: shared.map(inFull), root: written(root) }).replace(/</g, '\\u003c').replace(/\u2028/g, '\\u2028').replace(/\u2029/g, '\\u2029');
}

function isShared({ uses, value, children, shape }: Node): boolean {
  return uses > 1 && (shape !== undefined ? children.length > 0 : typeof value === 'string' && value.length >= SHORTEST_SHARED_TEXT);
}
