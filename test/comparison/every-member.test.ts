import { join } from 'path';
import * as ts from 'typescript';

/* A member of the access model that nobody thought of when apps are compared is an error here. */
const MODEL = join(__dirname, '..', '..', 'src', 'review', 'access-model.ts');

const RULES = 'the policies of the templates decide, or its own statements where there are none';
const FOLLOWS = 'follows from other members: told where nothing else is';
const KEY = 'what two things are the same by';
const WIDER = 'one more is widened';
const REASON = 'reason-changed';
const CHANGED = 'changed';
const UNDECIDED = 'undecided';

/** How each member is compared, or why it is not. */
const COMPARED: Record<string, Record<string, string>> = {
  AccessModel: {
    $schema: 'not: how the file is written', version: 'not: a version that is not understood is refused', agents: 'each', providers: 'each', gateways: 'each', machineClients: 'each', tokenVaults: 'each',
  },
  AgentAccess: {
    path: `${KEY}; another one is moved`,
    environment: CHANGED,
    identity: 'its members',
    owner: 'owner-changed',
    suspendedReason: 'suspended or resumed',
    callers: 'each',
    acceptsCallsFrom: 'one more, or none at all, is widened',
    returnUrls: WIDER,
    frontEnds: 'each',
    operators: 'each',
    invocation: 'its members',
    parts: 'each',
    capabilities: 'each',
    remainingWildcards: 'each',
    leftToOthers: CHANGED,
  },
  EnvironmentAccess: { account: CHANGED, region: CHANGED },
  IdentityAccess: { name: `${KEY}; ${CHANGED}`, madeHere: CHANGED },
  OwnerAccess: { name: 'owner-changed', contact: 'owner-changed' },
  CallerAccess: { issuer: `${KEY}; one more is widened`, audiences: 'one more, or none, is widened', clients: 'one more, or none, is widened', scopes: 'one more, or none, is widened', anyClientReason: 'there is one: widened' },
  FrontEndAccess: {
    name: KEY,
    host: CHANGED,
    role: UNDECIDED,
    endpoints: WIDER,
    webSocket: 'true is widened',
    userIds: WIDER,
    enforcedByApplication: 'there is none: widened',
    reason: REASON,
    attachedHere: CHANGED,
    statements: RULES,
    requiredPolicy: FOLLOWS,
  },
  OperatorAccess: {
    name: `${KEY}; one more is widened`, host: CHANGED, role: UNDECIDED, endpoints: WIDER, reason: REASON, attachedHere: CHANGED, statements: RULES, requiredPolicy: FOLLOWS,
  },
  InvocationAccess: { othersDenied: 'false is widened', attachedHere: CHANGED, resourcePolicies: 'undecided, unless the templates have them' },
  InvocationPolicyAccess: { resource: 'with its list', policy: 'with its list' },
  PartAccess: {
    name: KEY,
    host: CHANGED,
    role: CHANGED,
    verbs: WIDER,
    attachedHere: CHANGED,
    managedElsewhereReason: REASON,
    sharedReason: REASON,
    sharedWith: WIDER,
    statements: RULES,
    requiredPolicy: FOLLOWS,
  },
  StatementAccess: { sid: 'not: IAM does not look at it', effect: RULES, actions: RULES, resources: 'changed where the ARN is the same', notResources: 'changed where the ARN is the same', arns: RULES, conditions: RULES },
  ConditionAccess: { operator: RULES, key: RULES, values: RULES },
  CapabilityAccess: {
    kind: KEY,
    asWhom: 'widened, narrowed or undecided',
    broadBecause: 'there is one: widened',
    delegation: FOLLOWS,
    tokenPath: FOLLOWS,
    provider: KEY,
    providerName: CHANGED,
    readBy: WIDER,
    gateway: CHANGED,
    tools: WIDER,
    allToolsReason: 'there is one: widened',
    scopes: WIDER,
    audiences: WIDER,
    resources: WIDER,
    refreshTokens: CHANGED,
    limits: 'each',
    reason: REASON,
    code: FOLLOWS,
    suspendedReason: 'suspended or resumed',
    statements: FOLLOWS,
  },
  CodeAccess: { typescript: FOLLOWS, python: FOLLOWS },
  TokenHolderAccess: { kind: FOLLOWS, who: FOLLOWS },
  LimitAccess: { limit: `${KEY}; one less is widened, unless IAM holds it`, enforcedBy: 'moved-enforcement', how: CHANGED },
  WildcardAccess: { resource: `${KEY}; one more is widened`, reason: REASON },
  ProviderAccess: {
    path: `${KEY}; another one is moved`,
    name: CHANGED,
    kind: KEY,
    vendor: UNDECIDED,
    clientId: UNDECIDED,
    authorizationServer: UNDECIDED,
    environment: CHANGED,
    madeHere: CHANGED,
    secret: 'its members',
    clientAuthentication: CHANGED,
    onBehalfOf: UNDECIDED,
    requiredKeyPolicy: CHANGED,
    broadBecause: 'there is one: widened',
    namePrefix: 'there is one, or a shorter one: widened',
    madeBy: 'owner-changed',
    usedBy: CHANGED,
  },
  ProviderSecretAccess: { kept: CHANGED, jsonKey: CHANGED, bundledKeys: WIDER, protectedBy: 'without customer key is guard-weakened' },
  MachineClientAccess: {
    path: `${KEY}; another one is moved`,
    environment: CHANGED,
    madeHere: CHANGED,
    owner: 'owner-changed',
    reason: REASON,
    issuer: UNDECIDED,
    clientId: UNDECIDED,
    scopes: WIDER,
    accessTokenSeconds: 'more is widened',
    secret: 'its members',
    awsManagedKeyReason: 'there is one: guard-weakened',
    requiredKeyPolicy: CHANGED,
    letInBy: WIDER,
    usedBy: WIDER,
  },
  TokenVaultAccess: { path: 'moved', environment: KEY, key: CHANGED, formerKeys: CHANGED, setHere: KEY, requiredKeyPolicy: CHANGED },
  GatewayAccess: {
    path: `${KEY}; another one is moved`,
    environment: CHANGED,
    name: CHANGED,
    owner: 'owner-changed',
    protocol: CHANGED,
    suspendedReason: 'suspended or resumed',
    inbound: 'its members',
    onlyCallers: 'one more, or none at all, is widened',
    enforcement: 'its members',
    errorDetailsReason: 'there is one: widened',
    encryptionKey: 'there is none: guard-weakened',
    interceptors: UNDECIDED,
    targets: 'each',
    rateLimits: 'one less is widened',
    routingRules: UNDECIDED,
    role: CHANGED,
    statements: RULES,
    remainingWildcards: 'each',
    consentPortal: 'added, removed, or its members',
    returnPages: 'added, removed, or its members, with what its role may do',
    leftToOthers: CHANGED,
  },
  ConsentPortalAccess: { path: 'moved', name: CHANGED, signIn: UNDECIDED, role: CHANGED, statements: RULES },
  EnforcementAccess: { mode: 'anything but ENFORCE is widened', logOnlyReason: REASON },
  InboundAccess: {
    kind: 'without a check it is widened',
    issuers: 'one more, or none, is widened',
    audiences: 'one more, or none, is widened',
    clients: 'one more, or none, is widened',
    scopes: 'one more, or none, is widened',
    claims: 'one less is widened',
    weakerReason: REASON,
  },
  TargetAccess: {
    name: KEY,
    kind: CHANGED,
    backend: UNDECIDED,
    asWhom: UNDECIDED,
    credentials: UNDECIDED,
    provider: CHANGED,
    scopes: WIDER,
    forwards: WIDER,
    refreshTokens: CHANGED,
    suspendedReason: 'suspended or resumed',
    noCredentialsReason: 'there is one: widened',
    alsoWithoutUserReason: 'there is one: widened',
    privateCaCertificates: UNDECIDED,
    tools: 'each',
  },
  ToolRuleAccess: { tool: KEY, effect: `${KEY}; one more permit, or one forbid less, is widened`, who: KEY, reason: REASON, allToolsReason: REASON, cedar: 'undecided, unless the templates have it' },
  RoutingRuleAccess: { path: KEY, priority: 'with its rule', calls: 'with its rule', actions: 'with its rule' },
  RateLimitAccess: { dimensions: 'with its list', rules: 'with its list' },
  RateRuleAccess: { values: 'with its list', limit: 'with its list' },
};

/** The members of all interfaces that the model refers to. */
function interfaces(): Record<string, string[]> {
  const program = ts.createProgram([MODEL], { strict: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Node16, skipLibCheck: true, types: ['node'] });
  const checker = program.getTypeChecker();
  const found: Record<string, string[]> = {};
  const visit = (given: ts.Type): void => {
    const type = checker.getNonNullableType(given);
    if (checker.isArrayType(type)) {
      checker.getTypeArguments(type as ts.TypeReference).forEach(visit);
    } else if (type.isClassOrInterface() && found[type.symbol.name] === undefined) {
      found[type.symbol.name] = type.getProperties().map(({ name }) => name);
      type.getProperties().forEach((member) => visit(checker.getTypeOfSymbol(member)));
    }
  };
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(MODEL)!)!);
  visit(checker.getDeclaredTypeOfSymbol(exported.find(({ name }) => name === 'AccessModel')!));
  return found;
}

test('every member of the access model is compared, or has a reason why not', () => {
  const sorted = (members: Record<string, string[]>) => Object.fromEntries(
    Object.entries(members).map(([name, all]) => [name, [...all].sort()]).sort(([a], [b]) => (a < b ? -1 : 1)));
  expect(sorted(Object.fromEntries(Object.entries(COMPARED).map(([name, members]) => [name, Object.keys(members)])))).toEqual(sorted(interfaces()));
});
