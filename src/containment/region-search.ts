import { Literal, literalId, negation, Region, SideAnswer, solveSubject, subject } from './region';

/** Literals by what they are about. */
export type Cube = ReadonlyMap<string, readonly Literal[]>;

/** `none`: no request is there. A cube: one surely is, by each of its subjects. `unsure`: nobody knows, or it was too much to look at. */
export type Remainder = 'none' | 'unsure' | Cube;

/** Choices that are looked at before giving up. */
const LIMIT = 4_000;

/** Looks for a request in one region and outside of others. Answers about the same literals are remembered. */
export class RegionSearch {
  private readonly answers = new Map<string, SideAnswer>();

  constructor(private readonly resources?: ReadonlySet<string>) {}

  /** What is in all of the regions `within`, and in none of `without`. */
  public remainder(within: readonly Region[], without: readonly Region[]): Remainder {
    const cube = this.meet(new Map(), within.flatMap(({ literals }) => literals));
    return cube === undefined ? 'none' : this.search(cube, without.map(({ literals }) => literals), { left: LIMIT });
  }

  private search(given: Cube, clauses: readonly (readonly Literal[])[], budget: { left: number }): Remainder {
    budget.left -= 1;
    if (budget.left < 0) {
      return 'unsure';
    }
    let cube = given;
    let open = clauses;
    for (let changed = true; changed;) {
      changed = false;
      const left: (readonly Literal[])[] = [];
      for (const clause of open) {
        if (clause.some((literal) => this.meet(cube, [literal]) === undefined)) {
          continue;
        }
        const choices = clause.filter((literal) => this.meet(cube, [negation(literal)]) !== undefined);
        if (choices.length === 0) {
          return 'none';
        }
        if (choices.length === 1) {
          cube = this.meet(cube, [negation(choices[0])])!;
          changed = true;
        } else {
          left.push(choices);
        }
      }
      open = left;
    }
    return open.length === 0 ? this.settled(cube) : this.choose(cube, open, budget);
  }

  /** A request is outside of a region if it misses one of its literals. */
  private choose(cube: Cube, clauses: readonly (readonly Literal[])[], budget: { left: number }): Remainder {
    const shortest = clauses.reduce((least, clause) => (clause.length < least.length ? clause : least), clauses[0]);
    const others = clauses.filter((clause) => clause !== shortest);
    let unsure = false;
    for (const literal of shortest) {
      const found = this.search(this.meet(cube, [negation(literal)])!, others, budget);
      if (typeof found === 'object') {
        return found;
      }
      unsure ||= found === 'unsure';
    }
    return unsure ? 'unsure' : 'none';
  }

  private settled(cube: Cube): Remainder {
    return [...cube.values()].every((literals) => typeof this.answer(literals) === 'object') ? cube : 'unsure';
  }

  /** The cube with more literals; `undefined` if surely nothing is left. */
  private meet(cube: Cube, literals: readonly Literal[]): Cube | undefined {
    const met = new Map(cube);
    const touched = new Set<string>();
    for (const literal of literals) {
      const about = subject(literal);
      const known = met.get(about) ?? [];
      if (!known.some((other) => literalId(other) === literalId(literal))) {
        met.set(about, [...known, literal]);
        touched.add(about);
      }
    }
    return [...touched].some((about) => this.answer(met.get(about)!) === 'none') ? undefined : met;
  }

  private answer(literals: readonly Literal[]): SideAnswer {
    const key = `${subject(literals[0])}\n${literals.map(literalId).sort().join('\n')}`;
    let answer = this.answers.get(key);
    if (answer === undefined) {
      const ids = new Set(literals.map(literalId));
      answer = literals.some((literal) => ids.has(literalId(negation(literal)))) ? 'none' : solveSubject(literals, this.resources);
      this.answers.set(key, answer);
    }
    return answer;
  }
}
