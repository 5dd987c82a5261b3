import { Token } from 'aws-cdk-lib';
import { DeclarationError } from './declaration-error';
import { holdsPattern } from './known-text';
import { Problem, renderProblem } from './problem';
import { receivedAddress } from './shown-address';

/** Collects the independent problems of one declaration, so that they are raised together. */
export class Problems {
  private readonly found: Problem[] = [];

  constructor(private readonly path?: string) {}

  public add(problem: Problem): void {
    this.found.push(problem);
  }

  public addAll(problems: readonly Problem[]): void {
    this.found.push(...problems);
  }

  /** Adds the problem unless the condition holds. Returns whether it holds. */
  public expect(condition: boolean, problem: Problem): boolean {
    if (!condition) {
      this.add(problem);
    }
    return condition;
  }

  /**
   * Expects a text that is there, within its length and its pattern. A value known only at deployment passes, unless it is for
   * people, or IAM would read what is known of it as a pattern.
   */
  public expectText(value: unknown, rule: TextRule): void {
    const shown = rule.mayBeSecret === true && typeof value === 'string' && value.trim() !== '' ? {} : { received: rule.isAddress === true ? receivedAddress(value) : value };
    this.expect(isText(value, rule), { code: rule.code, what: `${rule.name} is not valid`, ...shown, allowed: rule.allowed, fix: rule.fix });
  }

  public get any(): boolean {
    return this.found.length > 0;
  }

  /** The problems as messages for CDK's own validation, which puts the construct path in front. */
  public messages(): string[] {
    return this.found.map((problem) => renderProblem(problem, this.path));
  }

  /** Throws one error with all problems found so far, if there are any. */
  public raise(): void {
    if (this.any) {
      throw new DeclarationError(this.found, this.path);
    }
  }
}

/** Control and format characters but line ends: a reader of the report would not see what is declared. */
const INVISIBLE = /(?!\n)[\p{Cc}\p{Cf}]/u;

/** What a text must look like, and what to say if it does not. */
export interface TextRule {
  /** What the text is called by the user, such as `identity name`. */
  readonly name: string;
  readonly code: string;
  /** @default 1 */
  readonly minimum?: number;
  readonly maximum: number;
  readonly pattern?: RegExp;
  /** For people: it has to be known now. @default false */
  readonly forPeople?: boolean;
  /** Somebody may have put a secret there, so a message does not show it. @default false */
  readonly mayBeSecret?: boolean;
  /** A message shows of it what it shows of an address. @default false */
  readonly isAddress?: boolean;
  readonly allowed: string;
  readonly fix: string;
}

function isText(value: unknown, rule: TextRule): boolean {
  if (typeof value !== 'string') {
    return false;
  }
  if (Token.isUnresolved(value)) {
    return rule.forPeople !== true && !(rule.pattern !== undefined && holdsPattern(value));
  }
  const minimum = rule.minimum ?? 1;
  return value.trim().length >= minimum
    && value.length <= rule.maximum
    && !INVISIBLE.test(value)
    && (rule.pattern === undefined || rule.pattern.test(value));
}

/** Throws at once for a single problem. */
export function refuse(problem: Problem, path?: string): never {
  throw new DeclarationError([problem], path);
}
