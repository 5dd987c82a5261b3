import { App } from 'aws-cdk-lib';
import { DeclarationError } from '../../src/declaration/declaration-error';

/** One problem as a message must tell it. Texts may be given by their beginnings. */
export interface ExpectedProblem {
  readonly code: string;
  readonly what: string;
  /** The value as it is shown. Left out: the message shows none. */
  readonly received?: string;
  /** Left out: the message does not list what is allowed. */
  readonly allowed?: string;
  readonly fix: string;
  /** Construct path. Left out: the call knows no construct. */
  readonly path?: string;
}

/** The error with which a call is refused. */
export function refusalOf(call: () => unknown): DeclarationError {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(DeclarationError);
    return error as DeclarationError;
  }
  throw new Error('The call was not refused.');
}

/** Expects that a call is refused with exactly these problems, each told in full. */
export function expectRefusal(call: () => unknown, ...problems: ExpectedProblem[]): void {
  const error = refusalOf(call);
  expect(error.name).toBe('DeclarationError');
  expect(error.codes).toEqual(problems.map(({ code }) => code));
  const messages = error.message.split('\n');
  expect(messages).toHaveLength(problems.length);
  problems.forEach((problem, index) => expect(messages[index]).toMatch(form(problem)));
}

/** The messages of CDK's validation, without the construct path that CDK puts in front. */
export function lateMessages(app: App): string[] {
  try {
    app.synth();
  } catch (error) {
    const [title, ...messages] = String((error as Error).message).split('\n');
    expect(title).toBe('Validation failed with the following errors:');
    return messages.map((message) => message.replace(/^ {2}\[[^\]]*\] /, ''));
  }
  return [];
}

/** The codes in the messages of CDK's validation, each with its construct path. */
export function lateCodes(app: App): string[] {
  return lateMessages(app).map((message) => /\[([A-Za-z0-9]+\/[A-Za-z0-9]+)\] at (.+)$/.exec(message)?.slice(1).join(' at ') ?? message);
}

/** Expects that synthesis fails with exactly these problems, each told in full. */
export function expectLateProblems(app: App, ...problems: ExpectedProblem[]): void {
  const messages = lateMessages(app);
  expect(messages.map((message) => /\[([A-Za-z0-9]+\/[A-Za-z0-9]+)\]/.exec(message)?.[1])).toEqual(problems.map(({ code }) => code));
  problems.forEach((problem, index) => expect(messages[index]).toMatch(form(problem)));
}

/** `what; received …; allowed: …. fix [Code] at path`. The received value is compared in full, the other texts by their beginnings. */
function form({ what, received, allowed, fix, code, path }: ExpectedProblem): RegExp {
  const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp([
    `^${literally(what)}(?:(?!; received |; allowed: ).)*`,
    received !== undefined ? `; received ${literally(received)}` : '',
    allowed !== undefined ? `; allowed: ${literally(allowed)}.*` : '',
    `\\. ${literally(fix)}.*`,
    ` \\[${literally(code)}\\]${path !== undefined ? ` at ${literally(path)}` : ''}$`,
  ].join(''));
}
