import { Change, ChangeKind } from './change';
import { ComparedSettings } from './compared-app';
import { matched } from './matched';
import { SaidInReport } from './said-in-report';
import { isShown } from './shown-values';
import { allowedValues } from './value-changes';
import { Leaf } from './value-leaves';

/** Properties that let nobody in, send tokens nowhere, and hold back no callers. Of these a change is only told; any other is undecided. */
const HARMLESS: readonly string[] = [
  'Description', 'Tags', 'ProtocolConfiguration', 'ProtocolType', 'descriptions and schemas of tools',
  // What runs, and how long.
  'AgentRuntimeArtifact', 'AgentRuntimeName', 'AgentRuntimeVersion', 'TargetVersion', 'EnvironmentArtifact', 'EnvironmentVariables', 'LifecycleConfiguration', 'EndpointName', 'HarnessName',
  'Model', 'SystemPrompt', 'MaxIterations', 'MaxTokens', 'TimeoutSeconds', 'Truncation', 'MemoryStrategies', 'EventExpiryDuration', 'IndexedKeys',
  // What is measured.
  'EvaluatorConfig', 'EvaluatorName', 'Level', 'DatasetName', 'SchemaType', 'ClusteringConfig', 'Insights', 'OnlineEvaluationConfigName', 'BundleName', 'BranchName', 'CommitMessage', 'CreatedBy',
  'ClientName', 'AnalyticsConfiguration', 'PreventUserExistenceErrors', 'ServiceTimeout',
];

/** Kinds whose names stand in policies. */
const NAMED_IN_POLICIES: readonly string[] = ['WorkloadIdentity', 'OAuth2CredentialProvider', 'ApiKeyCredentialProvider', 'PaymentCredentialProvider', 'GatewayTarget'];

/** Lists any value of which is allowed. */
const ALLOWED: readonly string[] = ['AllowedResourceOauth2ReturnUrls', 'AllowedOAuthScopes', 'AllowedOAuthFlows', 'CallbackURLs'];

/** Of these, the lists that allow nothing where they are not there. */
const NONE_BY_DEFAULT: readonly string[] = ['AllowedOAuthScopes', 'AllowedOAuthFlows', 'CallbackURLs'];

/** Kinds that give nobody anything by themselves: what refers to them is told. */
const NOTHING_ALONE: readonly string[] = [
  'PolicyEngine', 'UserPool', 'UserPoolResourceServer', 'AgentCoreMachineClientSecret',
  'IdentityPoolRoleAttachment', 'AWS::EKS::PodIdentityAssociation', // Told as users of their roles.
  'AWS::EC2::VPCEndpoint', 'AWS::IAM::Role', 'AWS::IAM::User', 'AWS::KMS::Key', 'AWS::SecretsManager::Secret',
];

/** Kinds that hold callers or principals back. Without one, more is allowed. */
const HOLD_BACK: Readonly<Record<string, string>> = {
  'GatewayRateLimit': 'rate limit removed',
  'AWS::Organizations::Policy': 'policy of the organization removed',
  'AWS::RolesAnywhere::CRL': 'list of revoked certificates removed',
};

/** A property that says the same as another in more words. */
const FOLLOWS: Readonly<Record<string, string>> = { 'descriptions and schemas of tools': 'TargetConfiguration' };

/** More than this is not listed. */
const MOST_PARTS = 4;

/** What became of resources as the templates have them, as far as the reports do not tell it. Values are not shown: secrets may be among them. */
export function settingChanges(before: readonly ComparedSettings[], now: readonly ComparedSettings[], said: SaidInReport): Change[] {
  const own = new Map([...before.map((each) => [each, 'before'] as const), ...now.map((each) => [each, 'now'] as const)]);
  const { pairs, removed, added } = matched(before, now, ({ id, kind }) => `${kind} ${id}`, (each) => said.stablePlace(each, own.get(each)!) ?? `${own.get(each)} ${each.kind} ${each.id}`);
  return [
    ...pairs.flatMap((pair) => changesOf(pair.before, pair.now, said)),
    ...added.filter((each) => !isToldElsewhere(each) && !said.tellsAdded(each, (name) => valueOf(each, name)))
      .map((each): Change => ({ ...subject(each), kind: 'added', what: each.kind, ...shownScopes('now', each) })),
    ...removed.filter((each) => !isToldElsewhere(each) && !said.tellsRemoved(each, (name) => valueOf(each, name))).map(removal),
  ];
}

function removal(settings: ComparedSettings): Change {
  return settings.kind in HOLD_BACK
    ? { ...subject(settings), kind: 'widened', what: HOLD_BACK[settings.kind] }
    : { ...subject(settings), kind: 'removed', what: settings.kind, ...shownScopes('before', settings) };
}

function changesOf(before: ComparedSettings, now: ComparedSettings, said: SaidInReport): Change[] {
  const differs = (name: string | undefined) => name !== undefined && before.values[name] !== now.values[name];
  const names = [...new Set([...Object.keys(before.values), ...Object.keys(now.values)])].sort();
  return names.filter((name) => differs(name) && !differs(FOLLOWS[name])).flatMap((name): Change[] => {
    const untold = said.untold(name, before, now, valueOf(before, name), valueOf(now, name));
    if (untold === undefined) {
      return [];
    }
    if (ALLOWED.includes(name) && isPlain(before, name) && isPlain(now, name) && untold.added.length + untold.removed.length > 0) {
      const texts = (leaves: readonly Leaf[]) => leaves.map(({ text }) => text);
      return allowedValues(subject(now), `${now.kind}: ${name}`, texts(untold.removed), texts(untold.added));
    }
    return [{ ...subject(now), kind: kindOf(now.kind, name), what: `${now.kind}: ${name}${partsOf([...untold.removed, ...untold.added])}` }];
  });
}

function subject({ id }: ComparedSettings) {
  return { subject: 'AgentCore resource', of: id } as const;
}

/** Whether nobody can say what another value of a property gives. */
export function isDeciding(kind: string, name: string): boolean {
  return kindOf(kind, name) === 'undecided';
}

function kindOf(kind: string, name: string): ChangeKind {
  // Scopes that exist are nobody's yet.
  const harmless = HARMLESS.includes(name) || (name === 'Name' && !NAMED_IN_POLICIES.includes(kind)) || (kind === 'UserPoolResourceServer' && name === 'Scopes');
  return harmless ? 'changed' : 'undecided';
}

function isToldElsewhere({ kind, withGateway }: ComparedSettings): boolean {
  return withGateway === true || NOTHING_ALONE.includes(kind);
}

function valueOf({ values }: ComparedSettings, name: string): unknown {
  return values[name] === undefined ? undefined : JSON.parse(values[name]);
}

function isPlain(settings: ComparedSettings, name: string): boolean {
  return isPlainList(settings, name) || (settings.values[name] === undefined && NONE_BY_DEFAULT.includes(name));
}

/** One list of texts that may be shown, which is the same under all conditions. */
function isPlainList(settings: ComparedSettings, name: string): boolean {
  const forms = valueOf(settings, name);
  return Array.isArray(forms) && forms.length === 1 && Array.isArray(forms[0]) && forms[0].length > 0 && forms[0].every((each) => typeof each === 'string' && isShown(each));
}

function shownScopes(side: 'before' | 'now', settings: ComparedSettings): Pick<Change, 'before' | 'now'> {
  return isPlainList(settings, 'AllowedOAuthScopes') ? { [side]: `scopes ${(valueOf(settings, 'AllowedOAuthScopes') as string[][])[0].join(', ')}` } : {};
}

/** Such as ` (ClientId)`: members as CloudFormation calls them, and no names that people gave. */
function partsOf(leaves: readonly Leaf[]): string {
  const names = [...new Set(leaves.map(({ path }) => path.split('.').filter((member) => /^([A-Z][a-z0-9]+)+$/.test(member)).pop()).filter((each) => each !== undefined))].sort();
  return names.length === 0 || names.length > MOST_PARTS ? '' : ` (${names.join(', ')})`;
}
