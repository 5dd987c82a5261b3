/** Algorithms with which AWS signs tokens of a role (`sts:GetWebIdentityToken`). */
export enum WebIdentityTokenAlgorithm {
  /** RSA with SHA-256. */
  RS256 = 'RS256',
  /** ECDSA with the curve P-384 and SHA-384. */
  ES384 = 'ES384',
}

/** Which tokens of its own AWS may issue for a role, to prove to an authorization server who the role is. */
export interface WebIdentityTokenOptions {
  /**
   * The `aud` claim of these tokens: 1 to 10 values that the authorization server accepts. The role may get tokens for them and no
   * others (`sts:IdentityTokenAudience`).
   *
   * @default - the token endpoint, where `OAuth2Discovery.serverMetadata` tells it; an error where it is not known
   */
  readonly audiences?: string[];

  /**
   * The algorithm that these tokens are signed with (`sts:SigningAlgorithm`). AWS does not document which one AgentCore asks for,
   * so give it only when CloudTrail has shown it.
   *
   * @default - not limited
   */
  readonly signingAlgorithm?: WebIdentityTokenAlgorithm;
}
