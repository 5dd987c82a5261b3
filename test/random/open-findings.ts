import type { AppDescription } from './description';

/** Something that the library does not do as described, with a way to keep random apps off it until it is mended. */
export interface OpenFinding {
  readonly title: string;
  /** The nearest app that does not meet it. */
  readonly avoid: (app: AppDescription) => AppDescription;
}

/** What random apps have found, and what is not mended yet. Each has a test in `found.test.ts` that is expected to fail. */
export const OPEN_FINDINGS: readonly OpenFinding[] = [];

export function withoutOpenFindings(app: AppDescription): AppDescription {
  return OPEN_FINDINGS.reduce((avoided, { avoid }) => avoid(avoided), app);
}
