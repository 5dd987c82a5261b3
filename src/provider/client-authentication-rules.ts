import { aws_kms as kms, Token } from 'aws-cdk-lib';
import { keyBehind, keyProblems } from './key-arn';
import type { IOAuth2Provider } from './oauth2-provider';
import { JwtSigningAlgorithm } from './vendors/private-key-jwt';
import { Problems } from '../declaration/problems';
import { knownToDiffer } from '../declaration/same-value';

const RSA_SPECS = ['RSA_2048', 'RSA_3072', 'RSA_4096'];
const SPECS: Record<JwtSigningAlgorithm, string[]> = {
  [JwtSigningAlgorithm.RS256]: RSA_SPECS,
  [JwtSigningAlgorithm.PS256]: RSA_SPECS,
  [JwtSigningAlgorithm.ES256]: ['ECC_NIST_P256'],
};

/** What would keep a client from signing, as far as it shows before deployment. */
export function expectUsableSigningKey(problems: Problems, provider: IOAuth2Provider): void {
  const { key, algorithm } = provider.clientAuthentication?._privateKey ?? {};
  if (key === undefined || algorithm === undefined) {
    return;
  }
  problems.addAll(keyProblems(key, 'the signing key of the client', 'ClientAuthentication/KeyIsAlias'));
  problems.expect(!knownToDiffer(key.env.region, provider.env.region), {
    code: 'ClientAuthentication/KeyElsewhere',
    what: `the signing key is in region ${key.env.region}, the provider in ${provider.env.region}; AgentCore signs with keys of its own region only`,
    received: key.node.path,
    fix: 'Make the key in the provider\'s region.',
  });
  const behind = keyBehind(key);
  const l1 = kms.CfnKey.isCfnKey(behind) ? behind : behind.node.defaultChild;
  if (!kms.CfnKey.isCfnKey(l1)) {
    return;
  }
  const spec = l1.keySpec ?? 'SYMMETRIC_DEFAULT';
  const usage = l1.keyUsage ?? 'ENCRYPT_DECRYPT';
  problems.expect(Token.isUnresolved(spec) || Token.isUnresolved(usage) || (SPECS[algorithm].includes(spec) && usage === 'SIGN_VERIFY'), {
    code: 'ClientAuthentication/KeySpec',
    what: `key ${behind.node.path} cannot sign with ${algorithm}`,
    received: [spec, usage],
    allowed: `keySpec ${SPECS[algorithm].join(', ')}, keyUsage SIGN_VERIFY`,
    fix: 'Make the key with that specification and usage, or choose the algorithm that fits it and that the authorization server expects.',
  });
}
