import type { aws_kms as kms, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import type { ApiKeyAuthority } from './api-key-authority';
import type { ToolCallAuthority } from './tool-call-authority';
import type { TrustedUserIds } from './trusted-user-ids';
import type { Users } from './users';
import type { IToolGateway } from '../gateway/imported-gateway';
import type { IApiKeyProvider } from '../provider/api-key-provider';
import type { IOAuth2Provider } from '../provider/oauth2-provider';
import type { OAuth2Scope } from '../provider/oauth2-scope';

/** What a capability is about, apart from its reasons. */
export interface CapabilityContent {
  readonly gateway?: IToolGateway;
  readonly toolAuthority?: ToolCallAuthority;
  readonly tools?: readonly string[];
  readonly allToolsReason?: string;
  readonly provider?: IOAuth2Provider;
  readonly apiKeyProvider?: IApiKeyProvider;
  readonly scopes?: readonly OAuth2Scope[];
  readonly audiences?: readonly string[];
  readonly resources?: readonly string[];
  readonly users?: Users;
  readonly userIds?: TrustedUserIds;
  readonly authority?: ApiKeyAuthority;
  readonly secret?: secretsmanager.ISecretRef;
  readonly secretKey?: kms.IKeyRef;
  readonly readingParts?: readonly string[];
}
