import { aws_kms as kms } from 'aws-cdk-lib';

/** Algorithms with which AgentCore signs a client's assertion. */
export enum JwtSigningAlgorithm {
  /** RSA (PKCS #1 v1.5) with SHA-256. Needs a key of spec RSA_2048, RSA_3072 or RSA_4096. */
  RS256 = 'RS256',
  /** RSA (PSS) with SHA-256. Needs a key of spec RSA_2048, RSA_3072 or RSA_4096. */
  PS256 = 'PS256',
  /** ECDSA with the curve P-256 and SHA-256. Needs a key of spec ECC_NIST_P256. */
  ES256 = 'ES256',
}

/** A client that proves itself with a private key in KMS. */
export interface PrivateKeyJwtOptions {
  /**
   * The asymmetric KMS key: usage SIGN_VERIFY, in the region of the provider, given by its own ARN or an alias that knows its key. The
   * authorization server has its public key.
   *
   * A key of this app gets the statement in its policy that AgentCore needs. For another one the access report holds it, for the
   * key's owner to add.
   */
  readonly key: kms.IKeyRef;

  /** The algorithm that the authorization server expects. It has to fit the specification of the key. */
  readonly algorithm: JwtSigningAlgorithm;

  /**
   * Claims for the header of the assertion, such as `kid`: at most 10. AgentCore sets `alg` and `typ` itself.
   *
   * @default - none
   */
  readonly headerClaims?: { [name: string]: string };

  /**
   * Claims for the payload of the assertion: at most 10. AgentCore sets `iss`, `sub`, `jti`, `exp`, `iat` and `nbf` itself; `aud` may
   * be replaced.
   *
   * @default - none
   */
  readonly payloadClaims?: { [name: string]: string };
}
