import { CheckInput } from './check-input';
import { CheckSeverity } from './check-severity';
import { SynthesizedResource } from '../synthesized/synthesized-app';

/** One thing that is checked. */
export interface Rule {
  /** Stable: acknowledgements name it. */
  readonly id: string;
  readonly severity: CheckSeverity;
  readonly title: string;
  /** What can happen. */
  readonly why: string;
  /** What to write instead, with the call of this library. */
  readonly fix: string;
  /** The page of AWS. */
  readonly see: string;
  /** What usually brings it about in an app with the official L2s or L1s. */
  readonly trigger: string;
  find(input: CheckInput): readonly Found[];
}

/** One place where a rule finds something. */
export interface Found {
  readonly resource: SynthesizedResource;
  /** Where in the resource, such as `Properties.PolicyDocument`. */
  readonly location: string;
  /** Exactly what was found: part of the finding's id, so the same for the same input, and never a secret. */
  readonly detail: string;
}
