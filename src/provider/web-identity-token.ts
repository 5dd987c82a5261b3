import { Token } from 'aws-cdk-lib';
import { WebIdentityTokenAlgorithm, WebIdentityTokenOptions } from './web-identity-token-options';
import { BroadLimitOptions } from '../capability/users';
import { expectKnownFields } from '../declaration/known-fields';
import { Problems } from '../declaration/problems';

/** STS takes as many audiences for one token. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html */
const MOST_AUDIENCES = 10;

/** Tokens that AWS issues for a role. No audience and no reason: the token endpoint, once it is known. */
export interface WebIdentityToken {
  readonly audiences: readonly string[];
  readonly signingAlgorithm?: string;
  readonly anyAudienceReason?: string;
}

/** A token for some audiences. Problems have codes of this area. */
export function webIdentityToken(options: WebIdentityTokenOptions, what: string, area: string): WebIdentityToken {
  const problems = new Problems();
  expectKnownFields(problems, options, ['audiences', 'signingAlgorithm'], what, `${area}/UnknownField`);
  expectAudiences(problems, options.audiences, area);
  problems.expect(options.signingAlgorithm === undefined || Object.values(WebIdentityTokenAlgorithm).includes(options.signingAlgorithm), {
    code: `${area}/Algorithm`,
    what: 'signingAlgorithm is not one that AWS signs tokens of a role with',
    received: options.signingAlgorithm,
    allowed: Object.values(WebIdentityTokenAlgorithm).join(', '),
    fix: 'Use WebIdentityTokenAlgorithm, or leave it out.',
  });
  problems.raise();
  return { audiences: [...options.audiences ?? []], signingAlgorithm: options.signingAlgorithm };
}

/** A token for whatever audience. */
export function webIdentityTokenForAnyAudience(options: BroadLimitOptions, area: string): WebIdentityToken {
  const problems = new Problems();
  problems.expectText(options?.reason, {
    name: 'reason',
    code: `${area}/Reason`,
    minimum: 10,
    forPeople: true,
    maximum: 500,
    allowed: 'a sentence of 10 to 500 characters',
    fix: 'Say why the role may get a token for any audience; the sentence stands in the access report.',
  });
  problems.raise();
  return { audiences: [], anyAudienceReason: options.reason };
}

/** Whether the audience is still to be taken from the token endpoint. */
function lacksAudience(token: WebIdentityToken | undefined): boolean {
  return token !== undefined && token.audiences.length === 0 && token.anyAudienceReason === undefined;
}

/** The token for the token endpoint, unless it says something else. */
export function forTokenEndpoint(token: WebIdentityToken, tokenEndpoint: string | undefined): WebIdentityToken {
  return lacksAudience(token) && tokenEndpoint !== undefined ? { ...token, audiences: [tokenEndpoint] } : token;
}

/** Expects that the audience is known by now. */
export function expectAudience(problems: Problems, token: WebIdentityToken | undefined, call: string, code: string): void {
  problems.expect(!lacksAudience(token), {
    code,
    what: 'the audience of the tokens that AWS issues for the role is not known, since only OAuth2Discovery.serverMetadata tells the token endpoint',
    fix: `Write ${call}({ audiences: ['https://…'] }) with the token endpoint, or whatever the authorization server accepts as aud.`,
  });
}

function expectAudiences(problems: Problems, audiences: string[] | undefined, area: string): void {
  if (audiences === undefined) {
    return;
  }
  const code = `${area}/Audience`;
  problems.expect(Array.isArray(audiences) && audiences.length > 0 && audiences.length <= MOST_AUDIENCES && new Set(audiences).size === audiences.length, {
    code, what: 'audiences are not valid', received: audiences, allowed: `1 to ${MOST_AUDIENCES} values, each once`, fix: 'Give what the authorization server accepts as aud, or leave it out.',
  });
  for (const audience of Array.isArray(audiences) ? audiences : []) {
    if (typeof audience === 'string' && Token.isUnresolved(audience)) {
      continue;
    }
    problems.expectText(audience, {
      name: 'audience',
      code,
      maximum: 1000,
      pattern: /^(?!.*\$\{)\S+$/,
      allowed: '1 to 1000 characters without blanks and without ${, which IAM would read as a variable',
      fix: 'Give what the authorization server accepts as aud, character by character.',
    });
  }
}
