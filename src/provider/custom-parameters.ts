import { Token } from 'aws-cdk-lib';
import { Problems } from '../declaration/problems';

const LONGEST_NAME = 256;
const LONGEST_VALUE = 2048;

/**
 * Expects custom parameters that AgentCore takes when it asks for a token. Values are not shown, and may be known only at deployment.
 *
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/APIReference/API_GetResourceOauth2Token.html
 * https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_OAuthCredentialProvider.html
 */
export function expectCustomParameters(problems: Problems, parameters: { readonly [name: string]: unknown } | undefined, code: string): void {
  const invalid = Object.entries(parameters ?? {}).filter(([name, value]) => !isName(name) || !isValue(value)).map(([name]) => name.slice(0, LONGEST_NAME));
  problems.expect(invalid.length === 0, {
    code,
    what: 'AgentCore takes no such custom parameters',
    received: invalid,
    allowed: `names of 1 to ${LONGEST_NAME} letters, digits and "-", "_", ".", each with a text of 1 to ${LONGEST_VALUE} characters`,
    fix: 'Correct name or value. The values are not shown here.',
  });
}

function isName(name: string): boolean {
  return name.length <= LONGEST_NAME && /^[a-zA-Z0-9\-_.]+$/.test(name);
}

function isValue(value: unknown): boolean {
  return typeof value === 'string' && (Token.isUnresolved(value) || (value.length > 0 && value.length <= LONGEST_VALUE));
}
