import { Construct } from 'constructs';
import { placeOf } from '../declaration/arn-text';
import { environmentOf } from '../declaration/environment';
import { Problems, refuse } from '../declaration/problems';
import { ArnScope } from '../permission/arn-scope';

/** The two families of credential providers, as their ARNs spell them. */
export enum ProviderFamily {
  OAUTH2 = 'oauth2credentialprovider',
  API_KEY = 'apikeycredentialprovider',
}

/** The longest derived name: the console says 50 where the API says 128, so the tighter one is kept. */
export const LONGEST_DERIVED_NAME = 50;

/** Expects a name that AgentCore accepts for a credential provider. */
export function expectProviderName(problems: Problems, name: string, fix = 'Change the name, or leave it out to have one derived from stack and construct.'): void {
  problems.expectText(name, {
    name: 'credential provider name',
    code: 'Provider/Name',
    maximum: 128,
    pattern: /^[A-Za-z0-9_-]+$/,
    allowed: '1 to 128 letters, digits, hyphens and underscores',
    fix,
  });
}

/** Where a provider is, and what it is called. */
export interface ProviderLocation {
  readonly scope: ArnScope;
  readonly name: string;
}

/** A provider of that name in the environment of the scope's stack. */
export function locationByName(scope: Construct, id: string, name: string): ProviderLocation {
  const problems = new Problems(pathOf(scope, id));
  expectProviderName(problems, name, typeof name === 'string' && name.startsWith('arn:')
    ? 'It is an ARN: write fromProviderArn(scope, id, arn, options).'
    : 'Give the name that the provider has; for an ARN write fromProviderArn.');
  problems.raise();
  return { scope: environmentOf(scope), name };
}

/** Expects a construct that refers to a provider. A text is not shown: it may be a secret. */
export function expectProviderRef(provider: unknown, member: string, path: string): void {
  if (typeof provider !== 'object' || provider === null || !(member in provider)) {
    refuse({
      code: 'Provider/Ref',
      what: 'it is not a provider of this kind',
      ...(typeof provider === 'string' ? {} : { received: provider }),
      fix: 'Pass the official L2, the L1 or an import of either; for a name or an ARN write fromProviderName or fromProviderArn.',
    }, path);
  }
}

/** Reads partition, region, account and name from a provider's ARN, which may be a deploy-time value. */
export function locationByArn(scope: Construct, id: string, arn: string, family: ProviderFamily): ProviderLocation {
  const place = placeOf(arn, `token-vault/default/${family}`, /^[A-Za-z0-9_-]{1,128}$/);
  return place ?? refuse({
    code: 'Provider/Arn',
    what: 'credential provider ARN is not valid',
    received: arn,
    allowed: `arn:<partition>:bedrock-agentcore:<region>:<account>:token-vault/default/${family}/<name>`,
    fix: 'Copy it from the provider; several pages of the documentation print other spellings, which match nothing.',
  }, pathOf(scope, id));
}

/** Of an import, which is not made yet. */
function pathOf(scope: Construct, id: string): string {
  return [scope.node.path, id].filter((part) => part !== '').join('/');
}
