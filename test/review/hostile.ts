import { wholeRange } from './whole-range';
import type { AccessModel } from '../../src/review/access-model';
import { accessModelOf } from '../../src/review/app-access';

/** Texts that would do harm as markup, or that look like something else. */
export const HOSTILE = {
  markup: '</script><img src=x onerror="window.owned=1"><!--<script>window.owned=2</script>',
  attribute: '"><svg onload=window.owned=3>\' onclick=\'window.owned=4',
  bidi: 'safe\u202egnitaler\u202c \u2066x\u2069 zero\u200bwidth',
  long: 'Lorem'.repeat(200),
  members: '__proto__ constructor ${7*7} {{7*7}} ]]> &lt;b&gt; \u2028 \u0000 \ud800',
};

/** A model in which every free text is hostile: names, reasons, limits, resources. */
export function hostileModel(): AccessModel {
  const texts = Object.values(HOSTILE);
  let next = 0;
  const keep = new Set(['kind', 'effect', 'enforcedBy', 'version', '$schema', 'sid', 'mode']);
  const spoil = (value: unknown, name: string): unknown => {
    if (typeof value === 'string') {
      return keep.has(name) ? value : `${value} ${texts[next++ % texts.length]}`;
    }
    if (Array.isArray(value)) {
      return value.map((member) => spoil(member, name));
    }
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, spoil(member, key)])) : value;
  };
  return spoil(accessModelOf(wholeRange()), '') as AccessModel;
}
