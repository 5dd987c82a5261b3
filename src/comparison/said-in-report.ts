import { REPORTED_KINDS } from './reported-kinds';
import { Place, ReportedPlaces } from './reported-places';
import { differingLeaves, DifferingLeaves, Leaf } from './value-leaves';
import type { AccessModel } from '../review/access-model';
import { textDigest } from '../review/text-digest';

/** Whatever differs in a report is told. So it is asked here what differs in a template and not in the report. */
export class SaidInReport {
  private readonly before: ReportedPlaces;
  private readonly now: ReportedPlaces;

  constructor(before: AccessModel | undefined, now: AccessModel | undefined) {
    this.before = new ReportedPlaces(before);
    this.now = new ReportedPlaces(now);
  }

  /** The parts of a property that differ, and that the reports do not tell. `undefined`: all of it is told. */
  public untold(property: string, before: Place | undefined, now: Place | undefined, valueBefore: unknown, valueNow: unknown): DifferingLeaves | undefined {
    const leaves = differingLeaves(valueBefore, valueNow);
    const nothing = leaves.removed.length + leaves.added.length === 0;
    const [was, is] = [this.before.saying(property, before), this.now.saying(property, now)];
    if (nothing || (was === undefined && is === undefined)) {
      return leaves;
    }
    const words = differingLeaves(was?.words, is?.words);
    const parts = (was ?? is)!.parts.filter((_part, index) => JSON.stringify(was?.members[index]) !== JSON.stringify(is?.members[index]));
    const left = (some: readonly Leaf[], said: readonly Leaf[]) => some
      .filter(({ path, text }) => !parts.some((part) => part.test(path)) && !said.some((word) => fits(text, word.text)));
    const [removed, added] = [left(leaves.removed, words.removed), left(leaves.added, words.added)];
    return removed.length + added.length === 0 ? undefined : { removed, added };
  }

  /** Whether it is told in words of the report that a resource came. `values` is the value of a property. */
  public tellsAdded(place: Place, values: (property: string) => unknown): boolean {
    const before = this.before.samePlace(place, this.now);
    return this.tellsOne(this.now, place, before, (property) => this.untold(property, before, place, undefined, values(property)) === undefined);
  }

  /** Whether it is told in words of the report that a resource went. */
  public tellsRemoved(place: Place, values: (property: string) => unknown): boolean {
    const now = this.now.samePlace(place, this.before);
    return this.tellsOne(this.before, place, now, (property) => this.untold(property, place, now, values(property), undefined) === undefined);
  }

  /** The same text for the same resource of an agent, a gateway or the like that has another path now. */
  public stablePlace(place: Place, side: 'before' | 'now'): string | undefined {
    return this[side].stablePlace(place);
  }

  /** Where an agent, a gateway or the like comes or goes as a whole, what belongs to it does too. */
  private tellsOne(side: ReportedPlaces, place: Place, elsewhere: Place | undefined, isTold: (property: string) => boolean): boolean {
    const known = REPORTED_KINDS[place.kind]?.known;
    return side.has(place) && (known !== undefined ? isTold(known) : elsewhere === undefined);
  }
}

/** Where a value comes from that only deployment knows: as templates are read, and the word for it in the report. */
const SOURCES: readonly (readonly [text: RegExp, word: string])[] = [
  [/^\$\{Fn::ImportValue ([^{}]*)\}$/, 'import'], [/^\$\{Parameter ([^{}]*)\}$/, 'parameter'], [/^\$\{SSM \S+ \S+ ([^{}]*)\}$/, 'stored parameter'],
];

/** Whether a text of a template is what a text of the report names: itself, one of its words, its hash, a resource by its path, or where it comes from. */
function fits(text: string, said: string): boolean {
  const paths: string[] = [];
  const named = text.replace(/\$\{(?:AWS|Custom)::\S+ ([^}]*)\}/g, (_whole, path: string) => {
    paths.push(path.replace(/\.\w+$/, '').replace(/\/(Resource|Default)$/, ''));
    return paths[paths.length - 1];
  });
  const words = said.split(/[\s,]+/);
  return text !== '' && said !== '' && (text === said
    || words.includes(text)
    // The report leaves the partition to deployment.
    || words.includes(text.replace(/^arn:[^:]*:/, 'arn:${AWS::Partition}:'))
    || (paths.length > 0 && words.includes(named.replace(/^s3:\/\//, '')))
    || (/hash/.test(said) && words.includes(textDigest(text)))
    || SOURCES.some(([source, word]) => source.test(text) && said.includes(`${word} ${source.exec(text)![1]})`))
    || text.startsWith(`${said.replace(/\/$/, '')}/.well-known/`)
    || (text.startsWith('arn:') && text.endsWith(`/${said}`))
    || paths.some((path) => said === path || said.endsWith(` ${path}`)));
}
