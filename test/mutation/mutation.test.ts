import { companyAgents } from './company-agents';
import { eachKind } from './each-kind';
import { explanationOf } from './explanation';
import { gatewayRole } from './gateway-role';
import { mutantsOf } from './mutant';
import { Noticing } from './noticing';
import { expectReasons, shareOf } from './share';
import type { MutationSubject } from './subject';
import { deploy, FakeAccount } from '../simulation/fake-account';
import { policiesOf } from '../simulation/principal-policies';

/*
 * Is the harness awake? Every single change of a synthesized identity policy has to be noticed by the sweep, by the sweep
 * with everything allowed beside (which is what the Denies are for), or by a decision row. What is not has to make no
 * difference, for a reason that is checked.
 */
function bothAccounts(subject: MutationSubject, account: FakeAccount): [FakeAccount, FakeAccount] {
  const open = new FakeAccount(subject.app, {});
  const keys = policiesOf(open).resourcePolicies as Map<string, unknown>;
  [...keys.keys()].filter((arn) => arn.includes(':kms:')).forEach((arn) => keys.delete(arn));
  return [account, open];
}

function company(): { subject: MutationSubject; account: FakeAccount } {
  let account: FakeAccount;
  const subject = companyAgents((app) => (account = deploy(app)));
  return { subject, account: account! };
}

function kinds(): { subject: MutationSubject; account: FakeAccount } {
  const subject = eachKind();
  return { subject, account: deploy(subject.app) };
}

function gatewayRoles(): { subject: MutationSubject; account: FakeAccount } {
  let account: FakeAccount;
  const subject = gatewayRole((app) => (account = deploy(app)));
  return { subject, account: account! };
}

describe.each<[string, () => { subject: MutationSubject; account: FakeAccount }, Record<string, number>]>([
  ['the role of a gateway', gatewayRoles, {
    'AWS asks for another resource as well': 24,
    'a Deny of the role holds it': 16,
    'a pattern of the statement covers it already': 1,
    'another statement of the role gives it already': 6,
    'no key has a longer ARN': 3,
    'the action has no such condition key': 44,
  }],
  ['the example app', company, {
    'a Deny of the role holds it': 46,
    'AWS asks for another resource as well': 82,
    'the action has no such condition key': 97,
    'no key has a longer ARN': 14,
    'the policy of the key holds it': 169,
    'another statement of the role gives it already': 2,
    'an account has one token vault': 2,
  }],
  ['one agent for each kind of capability', kinds, {
    'AWS asks for another resource as well': 97,
    'a Deny of the role holds it': 142,
    'another statement of the role gives it already': 2,
    'no key has a longer ARN': 9,
    'the action has no such condition key': 90,
  }],
])('%s', (title, make, explained) => {
  const { subject, account } = make();
  const [deployed, withOpenKeys] = bothAccounts(subject, account);
  let noticing: Noticing;

  beforeAll(async () => {
    noticing = await Noticing.of(subject, deployed);
  });

  test('before any change, what is expected by hand is allowed and nothing else', () => {
    expect(noticing.allowedBefore()).toEqual([...subject.allowed].sort());
  });

  test('before any change, the Denies leave the declared operations, whatever is attached beside', () => {
    expect(noticing.leftByDenies()).toEqual(subject.leftByDenies);
  });

  test('every role with rights of this library is among the subjects', () => {
    const others = policiesOf(deployed).principals.filter(({ arn }) => !Object.values(subject.roles).some((role) => arn === role || arn.endsWith(`/${role}`)));
    expect(others.filter(({ policies }) => JSON.stringify(policies).includes('bedrock-agentcore:')).map(({ arn }) => arn)).toEqual([]);
  });

  test('every single widening and narrowing is noticed, or makes no difference for a reason', async () => {
    const open = await Noticing.of(subject, withOpenKeys, 'kms:');
    const reasons: Record<string, number> = {};
    const survivors: string[] = [];
    let [total, killed] = [0, 0];
    for (const role of Object.keys(subject.roles)) {
      for (const mutant of shareOf(await mutantsOf(role, noticing.principal(role).policies, subject.arns))) {
        total += 1;
        if (await noticing.firstChange(role, mutant) !== undefined) {
          killed += 1;
          continue;
        }
        const reason = await explanationOf(mutant, role, noticing, open);
        if (reason === undefined) survivors.push(`${mutant.effect}: ${mutant.change}`);
        else reasons[reason] = (reasons[reason] ?? 0) + 1;
      }
    }
    process.stdout.write(`mutants of ${title}: ${killed} of ${total} noticed in ${noticing.requests} requests, ${total - killed - survivors.length} make no difference, ${survivors.length} survive\n`);
    expect(killed).toBeGreaterThan(0);
    expect(survivors).toEqual([]);
    expectReasons(reasons, explained);
  });
});
