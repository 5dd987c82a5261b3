import { aws_cognito as cognito, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { CognitoDomain } from './cognito-domain';
import { pathOf } from './construct-path';
import { valueForStack } from '../../declaration/cross-stack-value';
import { Problems } from '../../declaration/problems';
import { OAuth2ClientProps, OAuth2Provider } from '../oauth2-provider';
import { OAuth2Scope } from '../oauth2-scope';
import { OAuth2VendorProfile } from '../oauth2-vendor-profile';

const VENDOR = 'CognitoOauth2';
const POOL_ID = /^([a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2})_[0-9A-Za-z]+$/;

/**
 * Scopes of Amazon Cognito user pools. Scopes of your APIs are those of the pool's resource servers.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html
 */
export class CognitoScope extends OAuth2Scope {
  /** Know who the user is: an ID token. */
  public static readonly OPENID = new CognitoScope('openid');
  /** See the user's profile. */
  public static readonly PROFILE = new CognitoScope('profile');
  /** See the user's email address. */
  public static readonly EMAIL = new CognitoScope('email');
  /** See the user's phone number. */
  public static readonly PHONE = new CognitoScope('phone');
  /** Read and change the user's own attributes with the user pools API. */
  public static readonly AWS_COGNITO_SIGNIN_USER_ADMIN = new CognitoScope('aws.cognito.signin.user.admin');

  /** A scope of a resource server: its identifier, a slash and the name of the scope, such as `orders/read`. */
  public static of(value: string): CognitoScope {
    return new CognitoScope(value);
  }

  private constructor(value: string) {
    super(value, VENDOR);
  }
}

/** An app client of an Amazon Cognito user pool. */
export interface CognitoOAuth2ProviderProps extends OAuth2ClientProps {
  /** The user pool: owned, imported, or an L1. Its region is the one that begins its id, or else that of its construct. */
  readonly userPool: cognito.IUserPoolRef;

  /** Domain of the user pool, with the endpoints for authorization and tokens. */
  readonly domain: CognitoDomain;
}

/**
 * OAuth2 credential provider for an Amazon Cognito user pool, whose tokens your own APIs take.
 *
 * The template holds the client id, the reference to its secret, and issuer, authorization endpoint and token endpoint
 * of the user pool. The app client must have a secret, and the grant type that the agent uses: authorization code for
 * users, client credentials for an agent that acts as itself (then with scopes of a resource server only).
 *
 * @throws [CognitoOAuth2Provider/UserPool] when the user pool is missing, or its id is not that of a user pool
 * @throws [CognitoOAuth2Provider/Domain] when it is not a `CognitoDomain`
 * @throws [OAuth2Provider/ClientId], [OAuth2Provider/UnknownField], [OAuth2Provider/ManagedSecret],
 * [ProviderSecret/PlaintextRefused] or [Provider/Name] when a field of the client is not valid
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-idp-cognito.html
 */
export class CognitoOAuth2Provider extends OAuth2Provider {
  constructor(scope: Construct, id: string, props: CognitoOAuth2ProviderProps) {
    super(scope, id, { client: props, profile: cognitoProfile(scope, id, props) });
  }
}

function cognitoProfile(scope: Construct, id: string, { userPool, domain }: CognitoOAuth2ProviderProps): OAuth2VendorProfile {
  const problems = new Problems(pathOf(scope, id));
  const isUserPool = problems.expect(userPool?.userPoolRef !== undefined, {
    code: 'CognitoOAuth2Provider/UserPool',
    what: 'userPool is not a user pool',
    received: userPool,
    allowed: 'a user pool of aws-cdk-lib: owned, imported, or an L1',
    fix: 'Give the construct, or wrap an id with UserPool.fromUserPoolId(…).',
  });
  if (isUserPool) {
    problems.expectText(userPool.userPoolRef.userPoolId, {
      name: 'id of the user pool',
      code: 'CognitoOAuth2Provider/UserPool',
      maximum: 55,
      pattern: POOL_ID,
      allowed: 'its region, an underscore, letters and digits',
      fix: 'Copy the id from the overview of the user pool.',
    });
  }
  problems.expect(domain instanceof CognitoDomain, {
    code: 'CognitoOAuth2Provider/Domain',
    what: 'domain is not valid',
    received: domain,
    allowed: 'CognitoDomain.prefix(\'acme\') or CognitoDomain.host(\'auth.example.com\')',
    fix: 'Wrap the name of the user pool\'s domain.',
  });
  problems.raise();
  const region = regionOf(userPool);
  const host = domain._hostIn(region);
  return {
    vendor: VENDOR,
    configProperty: 'includedOauth2ProviderConfig',
    clientFields: ['userPool', 'domain'],
    fields: {
      issuer: `https://cognito-idp.${region}.amazonaws.com/${userPoolIdIn(Stack.of(scope), userPool)}`,
      authorizationEndpoint: `https://${host}/oauth2/authorize`,
      tokenEndpoint: `https://${host}/oauth2/token`,
    },
  };
}

function regionOf(userPool: cognito.IUserPoolRef): string {
  const { userPoolId } = userPool.userPoolRef;
  return Token.isUnresolved(userPoolId) ? userPool.env.region : POOL_ID.exec(userPoolId)![1];
}

/** A pool of another stack is not locked by a CloudFormation export. */
function userPoolIdIn(consumer: Stack, userPool: cognito.IUserPoolRef): string {
  const { userPoolId } = userPool.userPoolRef;
  const l1 = cognito.CfnUserPool.isCfnUserPool(userPool) ? userPool : userPool.node.defaultChild;
  return cognito.CfnUserPool.isCfnUserPool(l1) ? valueForStack(consumer, l1, userPoolId) : userPoolId;
}
