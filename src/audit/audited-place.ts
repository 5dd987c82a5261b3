import { ResourceEnvironment, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { knownToDiffer } from '../declaration/same-value';
import { environmentKey } from '../provider/provider-key';

/** A construct in an account and region. */
interface Placed extends IConstruct {
  readonly env: ResourceEnvironment;
}

/** Whether what happens at a place stands in the events of the audit's account and region, as far as is known. */
export function isAudited(audit: Placed, other: IConstruct, place: ResourceEnvironment): boolean {
  return environmentKey(other, place) === environmentKey(audit, audit.env)
    || (Stage.of(other) === Stage.of(audit) && !knownToDiffer(place.account, audit.env.account) && !knownToDiffer(place.region, audit.env.region));
}
