import { aws_iam as iam } from 'aws-cdk-lib';

/** An inline policy that knows whether CDK put it on a role: an immutable role takes a policy without a word and does nothing. */
export class RolePolicy extends iam.Policy {
  private readonly attached = new Set<iam.IPrincipal>();

  public attachToRole(role: iam.IRole): void {
    super.attachToRole(role);
    this.attached.add(role);
  }

  public attachToUser(user: iam.IUser): void {
    super.attachToUser(user);
    this.attached.add(user);
  }

  public attachToGroup(group: iam.IGroup): void {
    super.attachToGroup(group);
    this.attached.add(group);
  }

  public get isOnRole(): boolean {
    return this.attached.size > 0;
  }

  /** How many roles, users and groups carry it. */
  public get carriers(): number {
    return this.attached.size;
  }
}
