import { ChangeableApp, identityArn, ISS, MINT, twoAgents } from './two-agents';
import { Change, kindsOf } from '../../src/comparison/change';
import { compareApps } from '../../src/comparison/compare-apps';
import type { ComparedApp } from '../../src/comparison/compared-app';
import { readStatement } from '../containment/written-statement';

function changesAfter(change: (app: ChangeableApp) => void): Change[] {
  const now = twoAgents();
  change(now);
  return [...compareApps(twoAgents() as ComparedApp, now as ComparedApp).changes];
}

const short = ({ kind, of, what }: Change) => `${kind} | ${of} | ${what}`;
const statement = (written: Parameters<typeof readStatement>[0]) => readStatement(written) as never;

describe('what changed, and how it is called', () => {
  test.each<[string, (app: ChangeableApp) => void, string[]]>([
    ['nothing', () => undefined, []],
    ['only the order', ({ model, policies }) => {
      model.agents.reverse();
      policies.principals.reverse().forEach(({ statements }) => statements.reverse());
    }, []],
    ['a reason', ({ model }) => { model.agents[0].capabilities[0].reason = 'Other'; }, ['reason-changed | Sales/Scheduler | act as user through Platform/Google: reason']],
    ['an owner', ({ model }) => { model.agents[0].owner.name = 'hr'; }, ['owner-changed | Sales/Scheduler | owner']],
    ['a scope more', ({ model }) => { model.agents[0].capabilities[0].scopes.push('calendar'); }, ['widened | Sales/Scheduler | act as user through Platform/Google: scope added']],
    ['a scope less', ({ model }) => { model.agents[0].capabilities[0].scopes = []; }, ['narrowed | Sales/Scheduler | act as user through Platform/Google: scope removed']],
    ['a capability more', ({ model }) => { model.agents[0].capabilities.push({ ...model.agents[0].capabilities[0], provider: 'Platform/GitHub', providerName: 'github' }); }, ['added | Sales/Scheduler | act as user through Platform/GitHub']],
    ['a capability less', ({ model }) => { model.agents[0].capabilities = []; }, ['removed | Sales/Scheduler | act as user through Platform/Google']],
    ['a limit is held by another layer', ({ model }) => { model.agents[0].capabilities[0].limits[1].enforcedBy = 'Cedar' as never; }, [
      'moved-enforcement | Sales/Scheduler | act as user through Platform/Google: limit users whose "groups" contains "sales"',
    ]],
    ['a limit is gone', ({ model }) => { model.agents[0].capabilities[0].limits.pop(); }, ['widened | Sales/Scheduler | act as user through Platform/Google: limit removed']],
    ['any user', ({ model }) => { model.agents[0].capabilities[0].asWhom = 'the signed-in user: any user of the issuer'; }, ['widened | Sales/Scheduler | act as user through Platform/Google: as whom']],
    ['other users', ({ model }) => { model.agents[0].capabilities[0].asWhom = 'the signed-in user: users whose "groups" contains "hr"'; }, ['undecided | Sales/Scheduler | act as user through Platform/Google: as whom']],
    ['an agent is suspended', ({ model }) => { model.agents[0].suspendedReason = 'Incident 7'; }, ['suspended | Sales/Scheduler | agent']],
    ['a return URL more', ({ model }) => { model.agents[0].returnUrls.push('https://evil.example.com'); }, ['widened | Sales/Scheduler | return URL added']],
    ['any audience', ({ model }) => { model.agents[0].callers[0].audiences = []; }, ['widened | Sales/Scheduler | no longer limited by audience of https://acme']],
    ['another issuer', ({ model }) => { model.agents[0].callers.push({ ...model.agents[0].callers[0], issuer: 'https://b' }); }, ['widened | Sales/Scheduler | token issuer added']],
    ['an agent at another path', ({ model }) => { model.agents[0].path = 'Sales/Nested/Scheduler'; }, ['moved | Sales/Nested/Scheduler | agent']],
    ['an agent less', ({ model }) => { model.agents.shift(); }, ['removed | Sales/Scheduler | agent']],
    ['a statement split, with a wildcard in one half', ({ policies }) => {
      const [mint] = policies.principals[0].statements;
      policies.principals[0].statements.unshift({ ...mint, resources: [identityArn('schedule?')] }, { ...mint, conditions: [...mint.conditions, { operator: 'Null', key: ISS, values: ['false'] }] });
      policies.principals[0].statements.splice(2, 1);
    }, ['widened | Sales/Scheduler | IAM of Sales/Function/ServiceRole: more is allowed']],
    ['a condition dropped in IAM alone', ({ policies }) => { policies.principals[0].statements[0].conditions = []; }, ['widened | Sales/Scheduler | IAM of Sales/Function/ServiceRole: more is allowed']],
    ['another policy on the agent\'s role', ({ policies }) => { policies.principals[0].statements.push(statement({ Action: 's3:GetObject', Resource: '*' })); }, [
      'widened | Sales/Scheduler | IAM of Sales/Function/ServiceRole: more is allowed',
    ]],
    ['another policy that allows what is allowed', ({ policies }) => { policies.principals[0].statements.push({ ...policies.principals[0].statements[0] }); }, []],
    ['an unknown policy of AWS on the role', ({ policies }) => { policies.principals[0].foreignPolicies.push('arn:aws:iam::aws:policy/PowerUserAccess'); }, [
      'undecided | Sales/Scheduler | IAM of Sales/Function/ServiceRole: cannot decide whether more is allowed, it may depend on condition what is allowed by arn:aws:iam::aws:policy/PowerUserAccess, '
        + 'condition what is denied by arn:aws:iam::aws:policy/PowerUserAccess (attached now: arn:aws:iam::aws:policy/PowerUserAccess)',
    ]],
    ['a Deny removed that no Allow reaches', ({ policies }) => { policies.principals[0].statements.pop(); }, ['guard-weakened | Sales/Scheduler | IAM of Sales/Function/ServiceRole: less is denied']],
    ['who may assume the role', ({ policies }) => { policies.principals[0].trust[0].principals!.push({ type: 'AWS', value: '444455556666' }); }, [
      'widened | Sales/Scheduler | who may assume Sales/Function/ServiceRole: more is allowed',
    ]],
    ['a role of no agent', ({ policies }) => { policies.principals[2].statements[0].actions = ['bedrock-agentcore:*']; }, ['widened | Sales/Cleaner/Role | IAM of Sales/Cleaner/Role: more is allowed']],
    ['a new role', ({ policies }) => { policies.principals.push({ ...policies.principals[2], id: 'Sales/New/Role' }); }, ['added | Sales/New/Role | principal']],
    ['a role less', ({ policies }) => { policies.principals.pop(); }, ['removed | Sales/Cleaner/Role | principal']],
    ['a boundary', ({ policies }) => { policies.principals[2].boundary = { arn: 'b', statements: [statement({ Action: 'kms:*', Resource: '*' })] }; }, ['narrowed | Sales/Cleaner/Role | IAM of Sales/Cleaner/Role: less is allowed']],
    ['a key for everybody', ({ policies }) => { policies.resourcePolicies[0].statements.push(statement({ Action: 'kms:Decrypt', Resource: '*', Principal: '*' })); }, [
      'widened | AWS::KMS::Key Platform/Key | policy of AWS::KMS::Key Platform/Key: more is allowed',
    ]],
    ['a policy on a function that was there', ({ policies }) => { policies.resourcePolicies.push({ id: 'AWS::Lambda::Function f', comesWithResource: false, statements: [statement({ Action: 'lambda:InvokeFunction', Principal: '*' })] }); }, [
      'widened | AWS::Lambda::Function f | policy of AWS::Lambda::Function f: more is allowed',
    ]],
    ['the key of the token vault is gone', ({ model }) => { model.tokenVaults = []; }, ['guard-weakened | Platform/TokenVault | customer key of the token vault']],
    ['another key of the token vault', ({ model }) => { model.tokenVaults[0].key = 'Platform/Other'; }, ['changed | Platform/TokenVault | customer key of the token vault']],
    ['a secret without customer key', ({ model }) => { model.providers[0].secret.protectedBy = 'the AWS managed key'; }, ['guard-weakened | Platform/Google | what protects the secret']],
    ['a gateway that only logs', ({ model }) => { model.gateways[0].enforcement = { mode: 'LOG_ONLY', logOnlyReason: 'trial' }; }, ['widened | Platform/Tools | rules for tools']],
    ['a gateway for everybody', ({ model }) => { model.gateways[0].inbound = { ...model.gateways[0].inbound, kind: 'NONE' }; }, ['widened | Platform/Tools | way in']],
    ['a gateway that demands no claim', ({ model }) => { model.gateways[0].inbound.claims = []; }, ['widened | Platform/Tools | demanded claim removed']],
    ['a tool permitted', ({ model }) => { model.gateways[0].targets[0].tools.push({ tool: 'write', effect: 'permit', who: 'everybody', cedar: [] }); }, ['widened | Platform/Tools | target crm: rule added']],
    ['a tool no longer forbidden', ({ model }) => { model.gateways[0].targets[0].tools.pop(); }, ['widened | Platform/Tools | target crm: rule removed']],
    ['Cedar in other white space', ({ policies }) => { policies.cedarPolicies[0].statement = 'permit(\n  principal,\n  action == AgentCore::Action::"crm___read",\n  resource\n);'; }, []],
    ['Cedar with other words in quotes', ({ policies }) => { policies.cedarPolicies[0].statement = policies.cedarPolicies[0].statement.replace('crm___read', 'crm___ read'); }, ['undecided | Platform/ReadPolicy | permit changed']],
    ['another permit in Cedar', ({ policies }) => { policies.cedarPolicies.push({ ...policies.cedarPolicies[0], id: 'Platform/All', statement: 'permit (principal, action, resource);' }); }, ['widened | Platform/All | permit added']],
    ['a forbid in Cedar', ({ policies }) => { policies.cedarPolicies.push({ ...policies.cedarPolicies[0], id: 'Platform/None', statement: 'forbid (principal, action, resource);' }); }, ['narrowed | Platform/None | forbid added']],
    ['a policy that nobody can read', ({ policies }) => { policies.unread.push('Sales/X Properties.Policies: known only at deployment'); }, ['undecided | Sales/X Properties.Policies: known only at deployment | the policy could not be read']],
  ])('%s', (_title, change, expected) => {
    expect(changesAfter(change).map(short)).toEqual(expected);
  });
});

test('IAM that allows more although the agent declares nothing new is loud', () => {
  const [alone] = changesAfter(({ policies }) => { policies.principals[0].statements[0].conditions = []; });
  expect(alone).toMatchObject({ unannounced: true, example: { action: MINT, resource: identityArn('scheduler'), without: [ISS.toLowerCase()] } });
  const [declared] = changesAfter(({ model, policies }) => {
    policies.principals[0].statements[0].conditions = [];
    model.agents[0].callers[0].audiences = [];
  }).filter(({ subject }) => subject === 'IAM');
  expect(declared.unannounced).toBeUndefined();
});

test('without templates the report\'s own statements decide', () => {
  const [before, now] = [twoAgents(), twoAgents()];
  now.model.agents[0].parts[0].statements[0].conditions = [];
  const { changes } = compareApps({ model: before.model } as ComparedApp, { model: now.model } as ComparedApp);
  expect(changes.map(short)).toEqual(['widened | Sales/Scheduler | IAM of Sales/Function/ServiceRole: more is allowed']);
});

test('a suspended agent that may again is resumed', () => {
  const before = twoAgents();
  before.model.agents[0].suspendedReason = 'Incident 7';
  expect(kindsOf(compareApps(before as ComparedApp, twoAgents() as ComparedApp))).toEqual(['resumed']);
});

describe('what cannot be compared', () => {
  test('a report beside templates', () => {
    const { model } = twoAgents();
    expect(() => compareApps({ model } as ComparedApp, twoAgents() as ComparedApp)).toThrow('[Comparison/OneSideWithoutTemplates]');
  });

  test('a report of a later version', () => {
    const now = twoAgents();
    now.model.version = '2.0';
    expect(() => compareApps(twoAgents() as ComparedApp, now as ComparedApp)).toThrow('[Comparison/UnknownVersion]');
  });
});
