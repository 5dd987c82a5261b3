import { Token, Tokenization } from 'aws-cdk-lib';

/** The parts of a text that are known before deployment, without those that are not. */
export function knownText(value: string): string {
  if (!Token.isUnresolved(value)) {
    return value;
  }
  return Tokenization.reverseString(value).mapTokens({ mapToken: () => '' })
    .join({ join: (left: unknown, right: unknown) => `${left ?? ''}${right ?? ''}` }) as string;
}

/** Whether IAM would read a known part of the text as a pattern or a variable. */
export function holdsPattern(value: string): boolean {
  return /[*?]|\$\{/.test(knownText(value));
}
