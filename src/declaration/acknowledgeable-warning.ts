import { Annotations } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';

/**
 * Warns at synthesis, unless the warning is acknowledged at the construct or above it. CDK itself only looks above a construct where an
 * acknowledgement came before its warning, as it does here, so it is asked about something below.
 */
export function warn(scope: IConstruct, id: string, message: string): void {
  const below = new Construct(scope as Construct, 'Acknowledged');
  Annotations.of(below).addWarningV2(id, message);
  const acknowledged = below.node.metadata.length === 0;
  scope.node.tryRemoveChild('Acknowledged');
  if (!acknowledged) {
    Annotations.of(scope).addWarningV2(id, message);
  }
}
