import { Problem } from '../custom-resource/problem';

const KEY_ARN = /^arn:aws[a-z0-9-]*:kms:([a-z0-9-]+):\d{12}:key\/([a-zA-Z0-9-]{36})$/;
const ALIAS = /^(arn:aws[a-z0-9-]*:kms:[a-z0-9-]+:\d{12}:)?alias\//;
const MULTI_REGION_PREFIX = 'mrk-';
const EXPECTED = 'the ARN of a single-Region KMS key, arn:aws:kms:<region>:<account>:key/<key id>';

/**
 * Takes the key ARN that CloudFormation sent, or says what is wrong with it.
 *
 * The API's own pattern would let a multi-Region key through: its id, `mrk-` and 32 digits, is as long as any other.
 */
export function keyArn(value: unknown, region: string): string {
  const received = typeof value === 'string' ? `"${value}"` : `a value of type ${value === undefined ? 'undefined' : typeof value}`;
  if (typeof value === 'string' && ALIAS.test(value)) {
    throw new Problem('TokenVault/KeyAlias', {
      what: 'The token vault takes no key alias.',
      received,
      allowed: EXPECTED,
      action: 'Pass the ARN of the key that the alias points to.',
    });
  }
  const parts = typeof value === 'string' ? KEY_ARN.exec(value) : null;
  if (typeof value !== 'string' || parts === null) {
    throw new Problem('TokenVault/KeyArn', {
      what: 'KeyArn is not the ARN of a KMS key.',
      received,
      allowed: EXPECTED,
      action: 'Pass a key ARN.',
    });
  }
  const [, keyRegion, keyId] = parts;
  if (keyId.startsWith(MULTI_REGION_PREFIX)) {
    throw multiRegionProblem(value);
  }
  if (keyRegion !== region) {
    throw new Problem('TokenVault/KeyRegion', {
      what: 'The key is in another Region than the token vault.',
      received,
      allowed: `a key in ${region}`,
      action: `Pass a key that was made in ${region}.`,
    });
  }
  return value;
}

/** The key is a multi-Region key, as its id or its description says. */
export function multiRegionProblem(arn: string): Problem {
  return new Problem('TokenVault/KeyMultiRegion', {
    what: 'The token vault takes no multi-Region key.',
    received: `"${arn}"`,
    allowed: 'a single-Region key',
    action: 'Make a new key without MultiRegion and pass its ARN; a multi-Region key cannot be converted.',
  });
}
