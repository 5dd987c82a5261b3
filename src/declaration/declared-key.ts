import { aws_kms as kms } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { declareResource } from './declared-properties';

/** Notes a key that this library has made. Statements for its other users may be added to its policy. */
export function declareKey(owner: IConstruct, key: kms.Key): void {
  const l1 = key.node.defaultChild as kms.CfnKey;
  declareResource(owner, l1, { keyPolicy: l1.keyPolicy, enabled: l1.enabled }, { maybeExtended: true });
}
