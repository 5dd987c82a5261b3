import { ChangeableApp, twoAgents } from './two-agents';
import { compareApps } from '../../src/comparison/compare-apps';
import type { ComparedApp } from '../../src/comparison/compared-app';
import { readStatement } from '../containment/written-statement';

/* ARNs that only deployment knows, policies that nobody reads, and policies of AWS. */
const secret = (path: string) => `arn:aws:secretsmanager:eu-west-1:111122223333:secret:\${AWS::SecretsManager::Secret ${path}}`;
const key = (path: string) => `arn:aws:kms:eu-west-1:111122223333:key/\${AWS::KMS::Key ${path}.KeyId}`;
const bucket = (path: string, rest = '/*') => `arn:aws:s3:::\${AWS::S3::Bucket ${path}.Ref}${rest}`;
const group = (path: string, rest = ':*') => `arn:aws:logs:eu-west-1:111122223333:log-group:\${AWS::Logs::LogGroup ${path}.Ref}${rest}`;
const ALL = ['A', 'B.c'].flatMap((path) => ['AWS::SecretsManager::Secret', 'AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::Logs::LogGroup'].map((type) => `${type} ${path}`));

function kinds(before: readonly string[], now: readonly string[], resources: string[] = ALL): string[] {
  const app = (arns: readonly string[]) => {
    const made = twoAgents();
    made.policies.resources = resources;
    made.policies.principals[2].statements = [readStatement({ Action: 'x:Use', Resource: [...arns] }) as never];
    return made as ComparedApp;
  };
  return compareApps(app(before), app(now)).changes.map(({ kind }) => kind);
}

describe('two resources of the app that deployment names', () => {
  test.each<[string, string[], string[], string[]]>([
    ['the same', [key('A')], [key('A')], []],
    ['another key', [key('A')], [key('B.c')], ['widened', 'narrowed']],
    ['another secret', [secret('A')], [secret('B.c')], ['widened', 'narrowed']],
    ['another bucket', [bucket('A')], [bucket('B.c')], ['widened', 'narrowed']],
    ['another log group', [group('A')], [group('B.c')], ['widened', 'narrowed']],
    ['one more', [key('A')], [key('A'), key('B.c')], ['widened']],
    ['one less', [key('A'), key('B.c')], [key('B.c')], ['narrowed']],
    // A name of a log group may hold a slash, so that the one may be the beginning of the other.
    ['something in a log group', [group('A', '/*')], [group('B.c', '/*')], ['undecided']],
    ['of other types, whose ARNs differ anyway', [key('A')], [secret('B.c')], ['widened', 'narrowed']],
    ['in a pattern that may hold the other', [key('A')], ['arn:aws:kms:eu-west-1:111122223333:key/${Key}'], ['undecided']],
  ])('%s', (_title, before, now, expected) => expect(kinds(before, now)).toEqual(expected));

  test('one that is no longer there may be the other under a new path', () => {
    expect(kinds([key('A')], [key('B.c')], ['AWS::KMS::Key B.c'])).toEqual(['undecided']);
  });
});

function after(change: (app: ChangeableApp) => void, first: (app: ChangeableApp) => void = () => undefined) {
  const [before, now] = [twoAgents(), twoAgents()];
  [before, now].forEach(first);
  change(now);
  return compareApps(before as ComparedApp, now as ComparedApp).changes;
}

describe('a policy that nobody can read', () => {
  const place = 'Sales/X Properties.Policies: known only at deployment';
  const unread = ({ policies }: ChangeableApp) => Object.assign(policies, { unread: [place], unreadTexts: { [place]: 'one' } });
  test.each<[string, (app: ChangeableApp) => void, string[]]>([
    ['the same text', () => undefined, []],
    ['another text', ({ policies }) => { policies.unreadTexts = { [place]: 'other' }; }, ['undecided']],
    ['no text', ({ policies }) => { delete policies.unreadTexts; }, ['undecided']],
    ['no longer', ({ policies }) => { policies.unread = []; }, ['undecided']],
  ])('%s', (_title, change, expected) => expect(after(change, unread).map(({ kind }) => kind)).toEqual(expected));
});

describe('policies of AWS', () => {
  const attach = (name: string) => ({ policies }: ChangeableApp) => { policies.principals[2].foreignPolicies.push(`arn:aws:iam::aws:policy/${name}`); };
  const detach = ({ policies }: ChangeableApp) => { policies.principals[2].foreignPolicies.pop(); };
  test.each(['AdministratorAccess', 'BedrockAgentCoreFullAccess'])('%s is more, and is named', (name) => {
    const [change, ...others] = after(attach(name));
    expect(others).toEqual([]);
    expect(change).toMatchObject({ kind: 'widened', what: `IAM of Sales/Cleaner/Role: more is allowed (attached now: arn:aws:iam::aws:policy/${name})`, example: expect.anything() });
  });

  test.each(['AdministratorAccess', 'BedrockAgentCoreFullAccess'])('without %s it is less, and that is named', (name) => {
    expect(after(detach, attach(name))).toMatchObject([{ kind: 'narrowed', what: `IAM of Sales/Cleaner/Role: less is allowed (no longer attached: arn:aws:iam::aws:policy/${name})` }]);
  });

  test('BedrockAgentCoreFullAccess is more than AgentCore\'s actions, and less than everything', () => {
    const everything = ({ policies }: ChangeableApp) => { policies.principals[2].statements.push(readStatement({ Action: '*', Resource: '*' }) as never); };
    expect(after(attach('BedrockAgentCoreFullAccess'), everything)).toEqual([]);
    const agentCore = ({ policies }: ChangeableApp) => { policies.principals[2].statements.push(readStatement({ Action: 'bedrock-agentcore:*', Resource: '*' }) as never); };
    expect(after(attach('BedrockAgentCoreFullAccess'), agentCore).map(({ kind }) => kind)).toEqual(['undecided']);
  });

  test('one that is not known is never unchanged', () => {
    expect(after(attach('PowerUserAccess')).map(({ kind }) => kind)).toEqual(['undecided']);
    expect(after(detach, attach('PowerUserAccess')).map(({ kind }) => kind)).toEqual(['undecided']);
  });
});
