import { compareApps } from '../../src/comparison/compare-apps';
import { ComparedApp, ComparedPrincipal } from '../../src/comparison/compared-app';
import type { PolicyStatement } from '../../src/containment/policy-statement';

/*
 * Changes that a comparison of names, or of one side alone, would not see.
 */
const allow = (...actions: string[]): PolicyStatement => ({ effect: 'Allow', actions, resources: ['*'], conditions: [] });
const deny = (...actions: string[]): PolicyStatement => ({ ...allow(...actions), effect: 'Deny' });
const principal = (id: string, statements: PolicyStatement[], more: Partial<ComparedPrincipal> = {}): ComparedPrincipal => ({
  id, aliases: [], statements, foreignPolicies: [], trust: [], ...more,
});
const app = (principals: ComparedPrincipal[], more: Partial<NonNullable<ComparedApp['policies']>> = {}): ComparedApp => ({
  policies: { principals, resourcePolicies: [], cedarPolicies: [], gateways: [], unread: [], ...more },
} as ComparedApp);
const kinds = (before: ComparedApp, now: ComparedApp) => compareApps(before, now).changes.map(({ kind }) => kind);

test.each<[string, ComparedApp, ComparedApp, string]>([
  ['roles of one name in two accounts change places', app([principal('x', [allow('s3:*')], { aliases: ['1'] }), principal('x', [allow('sqs:*')], { aliases: ['2'] })]),
    app([principal('x', [allow('s3:*')], { aliases: ['2'] }), principal('x', [allow('sqs:*')], { aliases: ['1'] })]), 'widened'],
  ['a policy of others that may have denied is detached', app([principal('x', [allow('s3:*')], { foreignPolicies: ['arn:aws:iam::1:policy/guard'] })]), app([principal('x', [allow('s3:*')])]), 'undecided'],
  ['a policy that could not be read is gone', app([], { unread: ['S/R: known only at deployment'] }), app([]), 'undecided'],
  ['a condition of the template means something else', app([], { premises: [{ name: 'S IsProd', words: '1' }] }), app([], { premises: [{ name: 'S IsProd', words: '2' }] }), 'undecided'],
  ['a runtime\'s way in', app([], { settings: [{ id: 'S/R', kind: 'Runtime', values: { AuthorizerConfiguration: '1' } }] }), app([], { settings: [{ id: 'S/R', kind: 'Runtime', values: {} }] }), 'undecided'],
  ['a Deny that stood in front of nothing', app([principal('x', [allow('s3:*'), deny('sqs:*')])]), app([principal('x', [allow('s3:*')])]), 'guard-weakened'],
  ['a boundary is gone', app([principal('x', [allow('*')], { boundary: { arn: 'b', statements: [allow('s3:*')] } })]), app([principal('x', [allow('*')])]), 'widened'],
])('%s', (_title, before, now, kind) => expect(kinds(before, now)).toContain(kind));

test('what settings say is never shown: a secret may be among them', () => {
  const settings = (value: string) => app([], { settings: [{ id: 'S/P', kind: 'ApiKeyCredentialProvider', values: { ApiKey: JSON.stringify([value]) } }] });
  const compared = compareApps(settings('sk-live-one'), settings('sk-live-two'));
  expect(compared.changes).toMatchObject([{ kind: 'undecided', of: 'S/P', what: 'ApiKeyCredentialProvider: ApiKey' }]);
  expect(JSON.stringify(compared)).not.toContain('sk-live');
});
