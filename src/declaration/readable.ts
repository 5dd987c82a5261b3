import { Token, Tokenization } from 'aws-cdk-lib';

/**
 * A value for people: literals as they are, pseudo parameters by their CloudFormation name, and anything else that only
 * deployment knows by the given words. The same input gives the same text, before and after synthesis.
 */
export function readable(value: string, otherwise: string): string {
  if (!Token.isUnresolved(value)) {
    return value;
  }
  const fragments = Tokenization.reverseString(value);
  return fragments.mapTokens({ mapToken: (token) => pseudoParameter(token.toString(), token) ?? otherwise })
    .join({ join: (left: unknown, right: unknown) => `${left ?? ''}${right ?? ''}` }) as string;
}

function pseudoParameter(_text: string, token: object): string | undefined {
  const value = (token as { value?: { Ref?: unknown } }).value;
  const name = value?.Ref;
  return typeof name === 'string' && name.startsWith('AWS::') ? `\${${name}}` : undefined;
}
