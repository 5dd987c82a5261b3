import { resourcePolicyReason } from './resource-policy-explanation';
import { mutantsOfResourcePolicy } from './resource-policy-mutant';
import { shareOf } from './share';
import type { CheckedRequest } from '../simulation/access-request';
import { Judge } from '../simulation/decision';
import type { FakeAccount } from '../simulation/fake-account';
import type { NamedPolicy } from '../simulation/policy-document';
import { policiesOf, type Principal } from '../simulation/principal-policies';

/** A question to the policy of a resource. */
export interface Ask {
  readonly line: string;
  readonly principal: Principal;
  readonly checked: CheckedRequest;
}

/** What came of the mutants of one policy. */
export interface Noticed {
  readonly total: number;
  readonly killed: number;
  readonly reasons: Record<string, number>;
  readonly survivors: string[];
}

/** Everything that is asked of one resource's policy, and the answers before any change. */
export class ResourcePolicyNoticing {
  readonly before: ReadonlySet<string>;
  private readonly policies: Map<string, NamedPolicy>;
  private readonly original: NamedPolicy;

  constructor(private readonly account: FakeAccount, private readonly resource: string, private readonly asked: readonly Ask[]) {
    this.policies = policiesOf(account).resourcePolicies as Map<string, NamedPolicy>;
    this.original = this.policies.get(resource)!;
    this.before = new Set(this.letIn(this.original, asked));
  }

  /** Changes the policy in every single way. `others` has, by condition key, another value of its kind. */
  async mutants(others: Record<string, string>): Promise<Noticed> {
    const mutants = shareOf(await mutantsOfResourcePolicy(this.resource, this.original, others));
    const reasons: Record<string, number> = {};
    const survivors: string[] = [];
    let killed = 0;
    for (const mutant of mutants) {
      const about = (actions: readonly string[]) => this.asked.filter(({ checked }) => actions.includes(checked.action));
      const questions = about(mutant.actions);
      const now = new Set(this.letIn(mutant.policy, questions));
      if (questions.some(({ line }) => this.before.has(line) !== now.has(line))) {
        killed += 1;
        continue;
      }
      const reason = await resourcePolicyReason(this.resource, mutant, (policy, actions, account) => (
        this.letIn(policy, about(actions).filter(({ principal }) => account === undefined || principal.accountId === account))));
      if (reason === undefined) survivors.push(`${mutant.effect}: ${mutant.change}`);
      else reasons[reason] = (reasons[reason] ?? 0) + 1;
    }
    return { total: mutants.length, killed, reasons, survivors };
  }

  /** The questions that a policy in the place of the deployed one lets in. */
  private letIn(policy: NamedPolicy, questions: readonly Ask[]): string[] {
    this.policies.set(this.resource, policy);
    const judge = new Judge(this.account);
    const decide = ({ principal, checked, line }: Ask) => judge.decideOne(principal, { ...checked, key: `${line} ${checked.key}` }, this.resource);
    const allowed = questions.filter((ask) => decide(ask) === 'Allowed');
    this.policies.set(this.resource, this.original);
    return allowed.map(({ line }) => line);
  }
}

/** The result as a line of the test's output. */
export function summary(title: string, asked: number, { total, killed, survivors }: Noticed): string {
  return `mutants of the policy of ${title}: ${killed} of ${total} noticed in ${asked} requests, ${total - killed - survivors.length} make no difference, ${survivors.length} survive\n`;
}
