import { asRecord } from '../../synthesized/record';
import { resolvedProperties } from '../../synthesized/resolved-properties';
import { CheckInput } from '../check-input';
import { CheckSeverity } from '../check-severity';
import { allStatements } from '../every-statement';
import { canCover, splitArn } from '../pattern';
import { Found, Rule } from '../rule';
import { AGENTCORE_ARN_SHAPES } from '../service-reference';

/** The collections themselves, which listing and reading of providers is checked against as well. */
const COLLECTIONS = [
  'token-vault/*/oauth2credentialprovider', 'token-vault/*/apikeycredentialprovider', 'token-vault/*/paymentcredentialprovider', 'workload-identity-directory/*/workload-identity',
];
const SHAPES = [...Object.values(AGENTCORE_ARN_SHAPES), ...COLLECTIONS];

export const UNKNOWN_ARN: Rule = {
  id: 'unknown-arn',
  severity: CheckSeverity.ERROR,
  title: 'An ARN of AgentCore has a shape that no resource has',
  why: 'It never matches: an Allow gives nothing, a Deny protects nothing, a target finds no provider. Some pages of AWS print such ARNs (`api-key`, `oauth2-credential-provider`).',
  fix: 'Take the ARN from the construct (`providerArn`, `identityArn`), or write `token-vault/default/oauth2credentialprovider/<name>`, `.../apikeycredentialprovider/<name>`, '
    + '`workload-identity-directory/default/workload-identity/<name>`.',
  see: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrockagentcore.html',
  trigger: 'a hand-written ARN in a policy or a gateway target',
  find: (input) => [...inPolicies(input), ...inProperties(input)],
};

function inPolicies(input: CheckInput): Found[] {
  return allStatements(input).flatMap(({ place, statement }) => [...statement.resources ?? [], ...statement.notResources ?? []]
    .filter(isWrong).map((arn) => ({ resource: place.resource, location: place.location, detail: `${statement.effect} on ${arn}` })));
}

function inProperties({ app }: CheckInput): Found[] {
  return app.stacks.flatMap(({ resources }) => resources)
    .filter(({ type }) => type.startsWith('AWS::BedrockAgentCore::') && type !== 'AWS::BedrockAgentCore::ResourcePolicy')
    .flatMap((resource) => resolvedProperties(app, resource).flatMap(({ value }) => arnsIn(value, 'Properties'))
      .map(({ arn, location }) => ({ resource, location, detail: arn })));
}

function arnsIn(value: unknown, location: string): { arn: string; location: string }[] {
  if (typeof value === 'string') {
    return isWrong(value) ? [{ arn: value, location }] : [];
  }
  const members = Array.isArray(value) ? value.map((item, index) => [`${location}[${index}]`, item] as const)
    : Object.entries(asRecord(value)).map(([key, item]) => [`${location}.${key}`, item] as const);
  return members.flatMap(([path, item]) => arnsIn(item, path));
}

const KNOWN = new Map<string, boolean>();

function isWrong(arn: string): boolean {
  const known = KNOWN.get(arn) ?? (arn.startsWith('arn:') && fitsNoShape(arn));
  KNOWN.set(arn, known);
  return known;
}

function fitsNoShape(arn: string): boolean {
  const [head, , service, , , rest] = splitArn(arn);
  return head === 'arn' && service === 'bedrock-agentcore' && rest !== undefined && !SHAPES.some((shape) => canCover(rest, shape));
}
