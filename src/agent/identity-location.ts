import { ArnScope } from '../permission/arn-scope';

/** Name and place of a workload identity. */
export interface IdentityLocation {
  readonly scope: ArnScope;
  readonly name: string;
}
