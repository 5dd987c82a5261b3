import { aws_iam as iam, aws_kms as kms } from 'aws-cdk-lib';
import { keyBehind } from './key-arn';
import type { IOAuth2Provider } from './oauth2-provider';
import { environmentOfResource } from '../declaration/environment';
import { ArnScope } from '../permission/arn-scope';

/** The accounts that a key's policy lets sign already, by the key. */
const LET_SIGN = new WeakMap<object, Set<string>>();

/**
 * What the policy of a client's signing key must hold: principals of the provider's account may sign through AgentCore Identity, as far
 * as their own policies allow it, too.
 *
 * AWS's page adds that the key's account equals the caller's (`aws:ResourceAccount`). Here the principal is one account anyway, and the
 * condition would shut out a key of another account, which AWS allows.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/private-key-jwt.html
 */
function clientSigningStatement({ partition, account, region }: ArnScope, sid: string = 'SignForAgentCoreClients'): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid,
    principals: [new iam.ArnPrincipal(`arn:${partition}:iam::${account}:root`)],
    actions: ['kms:Sign', 'kms:DescribeKey'],
    resources: ['*'],
    conditions: { StringEquals: { 'kms:ViaService': `bedrock-agentcore-identity.${region}.amazonaws.com` } },
  });
}

/** The statement that the owner of the key has to add; nothing if this app does, or no key signs. */
export function requiredSigningStatement(provider: IOAuth2Provider): iam.PolicyStatement | undefined {
  const key = provider.clientAuthentication?.signingKey;
  return key === undefined || takesStatements(key) ? undefined : clientSigningStatement(environmentOfResource(provider));
}

/** Lets the provider's client sign, if its key is made here. */
export function letClientSign(provider: IOAuth2Provider): void {
  const key = provider.clientAuthentication?.signingKey;
  if (key === undefined || !takesStatements(key)) {
    return;
  }
  const scope = environmentOfResource(provider);
  const place = `${scope.account}/${scope.region}`;
  const known = LET_SIGN.get(keyBehind(key)) ?? new Set<string>();
  if (!known.has(place)) {
    const statement = clientSigningStatement(scope, `SignForAgentCoreClients${known.size === 0 ? '' : known.size + 1}`);
    (keyBehind(key) as kms.IKey).addToResourcePolicy(statement, true);
    LET_SIGN.set(keyBehind(key), known.add(place));
  }
}

/** A key that is made here as L2. An import drops statements, an L1 does not take any. */
function takesStatements(key: kms.IKeyRef): boolean {
  const behind = keyBehind(key);
  return 'addToResourcePolicy' in behind && kms.CfnKey.isCfnKey(behind.node.defaultChild);
}
