import { Problem, renderProblem } from './problem';

/**
 * Thrown where a declaration contradicts itself or AWS's rules.
 *
 * It carries every independent problem of the call, so that a user mends them in one go.
 */
export class DeclarationError extends Error {
  public readonly codes: string[];

  constructor(problems: readonly Problem[], path?: string) {
    super(problems.map((problem) => renderProblem(problem, path)).join('\n'));
    this.name = 'DeclarationError';
    this.codes = problems.map((problem) => problem.code);
  }
}
