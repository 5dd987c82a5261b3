import { compareApps } from '../../src/comparison/compare-apps';
import type { ComparedApp } from '../../src/comparison/compared-app';
import { readStatement, WrittenStatement } from '../containment/written-statement';
import { companyAgents } from '../mutation/company-agents';
import { Mutant, mutantsOf } from '../mutation/mutant';
import { deploy, FakeAccount } from '../simulation/fake-account';
import { asList, NamedPolicy } from '../simulation/policy-document';
import { policiesOf } from '../simulation/principal-policies';

/** A role and its policies as one side of a comparison. */
function appWith(policies: readonly NamedPolicy[], denials = true): ComparedApp {
  const statements = policies.flatMap(({ document }) => asList(document.Statement)).map((statement) => readStatement(statement as WrittenStatement));
  return {
    policies: {
      principals: [{ id: 'role', aliases: [], statements: statements.filter(({ effect }) => denials || effect === 'Allow'), foreignPolicies: [], trust: [] }],
      resourcePolicies: [],
      cedarPolicies: [],
      gateways: [],
      unread: [],
    },
  };
}

function kinds(before: readonly NamedPolicy[], now: readonly NamedPolicy[], denials = true): string[] {
  return compareApps(appWith(before, denials), appWith(now, denials)).changes.map(({ kind }) => kind);
}

// On a machine that does much else, this takes its time.
jest.setTimeout(300_000);

/** What another statement of the role allows on the same identity, or on the same key, anyway. */
const GIVEN_ALREADY = [
  'scheduler, ActAsUserMint: bedrock-agentcore:GetResourceApiKey is added',
  'scheduler, ActAsUserMint: bedrock-agentcore:GetResourceOauth2Token is added',
  'pullRequests, ActAsUserMint: bedrock-agentcore:GetResourceOauth2Token is added',
  'triage, ActAsItselfMint: bedrock-agentcore:GetResourceOauth2Token is added',
  'triage, ActAsUserMint: bedrock-agentcore:GetResourceOauth2Token is added',
  'triage, ActAsUserMint: bedrock-agentcore:GetWorkloadAccessToken is added',
  'vaultKeySetter, UseKeyThroughAgentCore: kms:DescribeKey is added',
];

describe('every single change of the policies of the example app', () => {
  const found: { readonly mutant: Mutant; readonly before: readonly NamedPolicy[]; readonly kinds: readonly string[] }[] = [];

  beforeAll(async () => {
    let account: FakeAccount;
    const subject = companyAgents((app) => (account = deploy(app)));
    for (const [name, arn] of Object.entries(subject.roles)) {
      const { policies } = policiesOf(account!).principal(arn as string);
      for (const mutant of await mutantsOf(name, policies, subject.arns)) {
        found.push({ mutant, before: policies, kinds: kinds(policies, mutant.policies) });
      }
    }
  });

  const of = (effect: Mutant['effect'], statement: 'Allow' | 'Deny') => found.filter(({ mutant }) => mutant.effect === effect && mutant.before.Effect === statement);

  test('there are many, and each can be decided', () => {
    expect(found.length).toBeGreaterThan(500);
    expect(found.filter((each) => each.kinds.includes('undecided'))).toEqual([]);
  });

  test('an Allow that says more is widened, but where a Deny of the role holds it', () => {
    const quiet = of('widens', 'Allow').filter((each) => !each.kinds.includes('widened'));
    // Without the Denies each of them is.
    const covered = quiet.filter(({ mutant, before }) => !kinds(before, mutant.policies, false).includes('widened'));
    expect(covered.map(({ mutant }) => mutant.change)).toEqual(GIVEN_ALREADY);
    expect(quiet.flatMap((each) => each.kinds)).toEqual([]);
    process.stdout.write(`${of('widens', 'Allow').length} Allows say more: ${of('widens', 'Allow').length - quiet.length} widened, ${quiet.length} held by a Deny\n`);
    expect(quiet.length).toBeLessThan(of('widens', 'Allow').length / 4);
  });

  test('an Allow that says less is narrowed, and nothing else', () => {
    expect(of('narrows', 'Allow').filter((each) => each.kinds.join() !== 'narrowed').map(({ mutant }) => mutant.change)).toEqual([]);
  });

  test('a Deny that says less is a weaker guard, or widens', () => {
    expect(of('widens', 'Deny').filter((each) => !each.kinds.includes('guard-weakened') && !each.kinds.includes('widened')).map(({ mutant }) => mutant.change)).toEqual([]);
    expect(of('widens', 'Deny').filter((each) => each.kinds.includes('narrowed') || each.kinds.includes('guard-strengthened'))).toEqual([]);
  });

  test('a Deny that says more is a stronger guard, or narrows', () => {
    expect(of('narrows', 'Deny').filter((each) => !each.kinds.includes('guard-strengthened') && !each.kinds.includes('narrowed')).map(({ mutant }) => mutant.change)).toEqual([]);
    expect(of('narrows', 'Deny').filter((each) => each.kinds.includes('widened') || each.kinds.includes('guard-weakened'))).toEqual([]);
  });

  test('the other way round, each widening is a narrowing', () => {
    const loud = of('widens', 'Allow').filter((each) => each.kinds.includes('widened'));
    expect(loud.filter(({ mutant, before }) => kinds(mutant.policies, before).join() !== 'narrowed').map(({ mutant }) => mutant.change)).toEqual([]);
  });
});
