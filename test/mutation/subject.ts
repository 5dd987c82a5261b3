import type { App } from 'aws-cdk-lib';
import type { Named, RequestTemplate } from '../simulation/sweep';

/** An app whose policies are changed, and how every change is to be noticed. */
export interface MutationSubject {
  readonly title: string;
  readonly app: App;
  /** Roles by the names of the results. */
  readonly roles: Named;
  /** The product of what exists, near misses included. */
  readonly requests: RequestTemplate[];
  /** What is allowed of it, by hand. */
  readonly allowed: readonly string[];
  /**
   * Token operations that the Denies leave to each role when somebody attaches `bedrock-agentcore:*` to it, by hand: for
   * operations that mint, the identity; for the others, on whatever they are used.
   */
  readonly leftByDenies: Record<string, readonly string[]>;
  /** ARNs of the app that a statement could name by mistake. */
  readonly arns: readonly string[];
  /** Folder of decision tables about the app. */
  readonly tables?: string;
}
