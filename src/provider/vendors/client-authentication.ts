import { aws_kms as kms } from 'aws-cdk-lib';
import { JwtSigningAlgorithm, PrivateKeyJwtOptions } from './private-key-jwt';
import { BroadLimitOptions } from '../../capability/users';
import { expectKnownFields } from '../../declaration/known-fields';
import { Problems } from '../../declaration/problems';
import { forTokenEndpoint, WebIdentityToken, webIdentityToken, webIdentityTokenForAnyAudience } from '../web-identity-token';
import { WebIdentityTokenOptions } from '../web-identity-token-options';

const MOST_CLAIMS = 10;
const SET_IN_HEADER = ['alg', 'typ'];
const SET_IN_PAYLOAD = ['iss', 'sub', 'jti', 'exp', 'iat', 'nbf'];

/**
 * How AgentCore proves to the token endpoint that it is the client. Two ways need no secret at all: a token that AWS issues for the
 * agent's role, and an assertion that is signed with a key in KMS.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/client-auth-methods.html
 */
export class ClientAuthentication {
  /** The client secret in the `Authorization` header (`client_secret_basic`). */
  public static readonly CLIENT_SECRET_BASIC = new ClientAuthentication('CLIENT_SECRET_BASIC', 'client secret in the Authorization header');
  /** The client secret in the body of the request (`client_secret_post`). */
  public static readonly CLIENT_SECRET_POST = new ClientAuthentication('CLIENT_SECRET_POST', 'client secret in the body of the request');

  /**
   * Without a secret: a token that AWS issues for the role of the agent (`AWS_IAM_ID_TOKEN_JWT`). The authorization server has to
   * trust AWS as an issuer, and the account has to have outbound web identity federation switched on
   * (`iam:EnableOutboundWebIdentityFederation`); the access report reminds of it.
   *
   * The template holds the method, and no secret. On each role that gets tokens of the provider: `sts:GetWebIdentityToken`, for these
   * audiences only, and through AWS services only (`aws:ViaAWSService`), so that the agent's own code cannot pass for the client.
   * AWS offers no resource level for this action.
   *
   * @throws [ClientAuthentication/Audience] when audiences are given and not valid
   * @throws [ClientAuthentication/Algorithm] when AWS does not sign with this algorithm
   * @throws [ClientAuthentication/UnknownField] for any other field
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound.html
   */
  public static iamIdToken(options: WebIdentityTokenOptions = {}): ClientAuthentication {
    const token = webIdentityToken(options, 'ClientAuthentication.iamIdToken', 'ClientAuthentication');
    return new ClientAuthentication('AWS_IAM_ID_TOKEN_JWT', 'no secret: a token that AWS issues for the role', token);
  }

  /**
   * The same without a limit on the audience of these tokens. The longer word, with a reason: AgentCore then decides alone for whom AWS
   * issues a token in the name of the role.
   *
   * @throws [ClientAuthentication/Reason] when the reason is missing
   */
  public static iamIdTokenForAnyAudience(options: BroadLimitOptions): ClientAuthentication {
    const token = webIdentityTokenForAnyAudience(options, 'ClientAuthentication');
    return new ClientAuthentication('AWS_IAM_ID_TOKEN_JWT', 'no secret: a token that AWS issues for the role', token);
  }

  /**
   * Without a secret: an assertion that is signed with a private key in KMS (`PRIVATE_KEY_JWT`). The key never leaves KMS.
   *
   * The template holds the key's ARN, the algorithm and the claims, and no secret. On each role that gets tokens of the provider:
   * `kms:Sign` and `kms:DescribeKey` on this key, through AgentCore Identity only (`kms:ViaService`), so that the agent's own code
   * cannot sign.
   *
   * @throws [ClientAuthentication/Key] when the key is missing
   * @throws [ClientAuthentication/Algorithm] when AgentCore does not sign with this algorithm
   * @throws [ClientAuthentication/Claims] when there are too many claims, or one is not valid or reserved
   * @throws [ClientAuthentication/UnknownField] for any other field
   * @throws [ClientAuthentication/KeySpec], [ClientAuthentication/KeyElsewhere] or [ClientAuthentication/KeyIsAlias] at synthesis, when
   * the key cannot sign with the algorithm, is in another region, or is an alias
   * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/private-key-jwt.html
   */
  public static privateKeyJwt(options: PrivateKeyJwtOptions): ClientAuthentication {
    const { key, algorithm, headerClaims, payloadClaims } = options ?? {};
    const problems = new Problems();
    expectKnownFields(problems, options ?? {}, ['key', 'algorithm', 'headerClaims', 'payloadClaims'], 'ClientAuthentication.privateKeyJwt', 'ClientAuthentication/UnknownField');
    problems.expect(typeof key === 'object' && key !== null && 'keyRef' in key, {
      code: 'ClientAuthentication/Key', what: 'key is not a KMS key', received: key, fix: 'Pass an asymmetric key: new kms.Key(this, \'Key\', { keySpec: kms.KeySpec.RSA_2048, keyUsage: kms.KeyUsage.SIGN_VERIFY }).',
    });
    problems.expect(Object.values(JwtSigningAlgorithm).includes(algorithm), {
      code: 'ClientAuthentication/Algorithm',
      what: 'algorithm is not one that AgentCore signs with',
      received: algorithm,
      allowed: Object.values(JwtSigningAlgorithm).join(', '),
      fix: 'Use JwtSigningAlgorithm, as the authorization server expects it.',
    });
    expectClaims(problems, 'headerClaims', headerClaims, SET_IN_HEADER);
    expectClaims(problems, 'payloadClaims', payloadClaims, SET_IN_PAYLOAD);
    problems.raise();
    return new ClientAuthentication('PRIVATE_KEY_JWT', `no secret: an assertion signed with ${algorithm}`, undefined, options);
  }

  private constructor(
    /** `clientAuthenticationMethod`, as CloudFormation takes it. */
    public readonly method: string,
    /** The same in words. */
    public readonly description: string,
    /** The tokens that AWS issues for the client. @internal */
    public readonly _webIdentityToken?: WebIdentityToken,
    /** @internal */
    public readonly _privateKey?: PrivateKeyJwtOptions,
  ) {}

  /** Whether the client has no secret. */
  public get isSecretless(): boolean {
    return this._webIdentityToken !== undefined || this._privateKey !== undefined;
  }

  /**
   * The key that signs for the client.
   *
   * @default - none does
   */
  public get signingKey(): kms.IKeyRef | undefined {
    return this._privateKey?.key;
  }

  /**
   * With the token endpoint as audience, where none was given.
   *
   * @internal
   */
  public _forTokenEndpoint(tokenEndpoint: string | undefined): ClientAuthentication {
    return this._webIdentityToken === undefined ? this
      : new ClientAuthentication(this.method, this.description, forTokenEndpoint(this._webIdentityToken, tokenEndpoint));
  }
}

function expectClaims(problems: Problems, name: string, claims: { [name: string]: string } | undefined, reserved: readonly string[]): void {
  const names = Object.keys(claims ?? {});
  problems.expect(names.length <= MOST_CLAIMS, {
    code: 'ClientAuthentication/Claims', what: `${name} are too many`, received: names, allowed: `at most ${MOST_CLAIMS}`, fix: 'Leave some out.',
  });
  const setByAgentCore = names.filter((claim) => reserved.includes(claim));
  problems.expect(setByAgentCore.length === 0, {
    code: 'ClientAuthentication/Claims', what: `${name} hold claims that AgentCore sets itself`, received: setByAgentCore, allowed: `any but ${reserved.join(', ')}`, fix: 'Leave them out.',
  });
  for (const claim of names) {
    problems.expectText(claim, {
      name: `name of one of the ${name}`,
      code: 'ClientAuthentication/Claims',
      maximum: 255,
      pattern: /^[A-Za-z0-9_.:#-]+$/,
      allowed: '1 to 255 letters, digits and _ . : # -',
      fix: 'Name the claim as the authorization server documents it.',
    });
    problems.expectText(claims![claim], {
      name: `value of ${claim} in ${name}`,
      code: 'ClientAuthentication/Claims',
      maximum: 2048,
      allowed: 'a text of 1 to 2048 characters',
      fix: 'Give the value as text. It stands in the template, so it must be no secret.',
    });
  }
}
