import { PolicyCondition, PolicyStatement } from '../../containment/policy-statement';
import { CheckSeverity } from '../check-severity';
import { isAnything, namesAccount } from '../pattern';
import { Rule } from '../rule';

const PROTECTED = /^AWS::(BedrockAgentCore|KMS::Key|SecretsManager::Secret)/;

/** Keys that say who comes, or on whose behalf. Tags of a principal are not among them: each account gives its own what it likes. */
const NARROWING = /^(aws:(SourceAccount|SourceArn|SourceOrgID|SourceOrgPaths|SourceVpc|SourceVpce|SourceIp|PrincipalAccount|PrincipalArn|PrincipalOrgID|PrincipalOrgPaths|userid)|kms:CallerAccount|bedrock-agentcore:(InboundJwtClaim\/(sub|aud|client_id)|userid))$/i;

export const PUBLIC_RESOURCE_POLICY: Rule = {
  id: 'public-resource-policy',
  severity: CheckSeverity.ERROR,
  title: 'A policy lets in everybody',
  why: 'Principal `*` without a condition on who comes is any account of AWS, and for gateways and runtimes with a JWT authorizer any token that verifies.',
  fix: 'Name the principals, or limit them: `aws:PrincipalAccount`, `aws:PrincipalOrgID`, and for callers with tokens `bedrock-agentcore:InboundJwtClaim/aud`. A gateway is opened by `inbound` of `new ToolGateway(...)`.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html',
  trigger: '`CfnResourcePolicy`, or a key or secret policy, with `Principal: *`',
  find: ({ policies }) => [
    ...policies.resourcePolicies.filter(({ type }) => PROTECTED.test(type)).flatMap(({ statements }) => statements),
    ...policies.principals.flatMap(({ trust }) => trust),
  ].filter(({ statement }) => isPublic(statement))
    .map(({ place, statement }) => ({ resource: place.resource, location: place.location, detail: `everybody may ${(statement.actions ?? ['all but some']).join(',')}` })),
};

function isPublic({ effect, principals = [], notPrincipals, conditions }: PolicyStatement): boolean {
  const everybody = notPrincipals !== undefined || principals.some(({ type, value }) => type !== 'Service' && type !== 'Federated' && value === '*');
  return effect === 'Allow' && everybody && !conditions.some(narrows);
}

function narrows({ operator, key, values }: PolicyCondition): boolean {
  return NARROWING.test(key) && /^(ForAnyValue:)?(String(Equals|Like|EqualsIgnoreCase)|Arn(Equals|Like)|IpAddress)$/.test(operator)
    && !values.some((value) => isAnything(value) || (/^aws:PrincipalArn$/i.test(key) && !namesAccount(value)));
}
