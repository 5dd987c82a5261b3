import { aws_iam as iam } from 'aws-cdk-lib';

/** An inline policy that knows whether CDK put it on a role: an immutable role takes a policy without a word and does nothing. */
export class RolePolicy extends iam.Policy {
  private attached = false;

  public attachToRole(role: iam.IRole): void {
    super.attachToRole(role);
    this.attached = true;
  }

  public get isOnRole(): boolean {
    return this.attached;
  }
}
