import { FakeAccount } from '../simulation/fake-account';
import { policiesOf } from '../simulation/principal-policies';

/** All statements that a role carries in the deployment, in the order of its policies. */
export function statementsOf(account: FakeAccount, role: string): unknown[] {
  return policiesOf(account).principal(role).policies.flatMap(({ document }) => (document as unknown as { Statement: unknown[] }).Statement);
}
