import { OAuthGrantType } from './oauth-grant-type';
import { TargetCredentials, TargetCredentialsKind } from './target-credentials';

/** With whose authority a target is called, in words. */
export function targetAsWhom(credentials: TargetCredentials): string {
  switch (credentials.kind) {
    case TargetCredentialsKind.GATEWAY_ROLE: return 'the gateway\'s role';
    case TargetCredentialsKind.CALLER_IAM: return 'the caller\'s IAM principal';
    case TargetCredentialsKind.API_KEY: return 'whoever holds the key';
    case TargetCredentialsKind.JWT_PASSTHROUGH: return 'the caller, with the caller\'s own token';
    case TargetCredentialsKind.NONE: return credentials._byInterceptor ? 'whomever the request interceptor says' : 'nobody';
    case TargetCredentialsKind.OAUTH2: return credentials.grantType === OAuthGrantType.CLIENT_CREDENTIALS ? 'the gateway itself' : 'the signed-in user';
  }
}
