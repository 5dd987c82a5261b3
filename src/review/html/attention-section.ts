import { Attention } from './attention';
import { escaped } from './html-text';
import { Mark, MarkId, MARKS } from './mark';

/** How many entries of one kind are listed. The directory marks all of them. */
const MOST_LISTED = 25;

/** A short list of these is open from the beginning. */
const URGENT: readonly MarkId[] = ['suspended', 'log-only', 'unverified', 'any-client'];
const SHORT = 4;

/** What a reviewer should look at first: what is cut off, not enforced, broad, or left to somebody. */
export function attentionSection(attention: readonly Attention[]): string {
  const groups = MARKS.map((mark) => ({ mark, entries: attention.filter((entry) => entry.mark === mark.id) })).filter(({ entries }) => entries.length > 0);
  return [
    '<section aria-labelledby="first"><h2 id="first">Look at this first</h2>',
    ...(groups.length === 0 ? ['<p>Nothing is suspended, broad, held by the application, left to others, or named with a wildcard.</p>'] : [
      '<ul class="attention">', ...groups.map(({ mark, entries }) => attentionGroup(mark, entries)), '</ul>',
    ]),
    '</section>',
  ].join('\n');
}

function attentionGroup({ id, label, meaning }: Mark, entries: readonly Attention[]): string {
  const listed = entries.slice(0, MOST_LISTED);
  const more = entries.length > listed.length
    ? `<li class="more">and ${(entries.length - listed.length).toLocaleString('en-US')} more, marked ${escaped(label)} in the directory</li>` : '';
  return `<li><details class="group"${URGENT.includes(id) && entries.length <= SHORT ? ' open' : ''}><summary><span class="mark ${id}">${escaped(label)}</span> <b>${entries.length.toLocaleString('en-US')}</b> <span class="meaning">${escaped(meaning)}</span></summary>`
    + `<ul>${listed.map(entryLine).join('')}${more}</ul></details></li>`;
}

function entryLine({ path, place, why }: Attention): string {
  return `<li><a href="#at:${escaped(encodeURIComponent(path))}" data-path="${escaped(path)}"><bdi>${escaped(path)}</bdi></a>`
    + `${place === '' ? '' : ` <bdi class="place">${escaped(place)}</bdi>`}: <bdi>${escaped(why)}</bdi></li>`;
}
