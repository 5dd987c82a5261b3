/** Something that AWS limits per account and region, or per gateway. */
export interface QuotaDefinition {
  /** AWS's number, unless it was raised for the account. */
  readonly limit: number;
  /** What is counted. */
  readonly of: string;
  /** The code of the error about the context. */
  readonly contextCode?: string;
}

/** https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/bedrock-agentcore-limits.html and the pages on rate limits of gateways. */
export const AWS_QUOTAS = {
  workloadIdentity: { limit: 11_000, of: 'workload identities' },
  oauth2Provider: { limit: 50, of: 'providers', contextCode: 'Provider/QuotaContext' },
  apiKeyProvider: { limit: 50, of: 'providers', contextCode: 'Provider/QuotaContext' },
  gateway: { limit: 1_000, of: 'gateways' },
  runtime: { limit: 1_000, of: 'runtimes' },
  gatewayTarget: { limit: 100, of: 'targets' },
  gatewayTool: { limit: 1_000, of: 'tools' },
  gatewayRateLimit: { limit: 50, of: 'rate limits' },
  enginePolicy: { limit: 1_000, of: 'policies' },
} satisfies Record<string, QuotaDefinition>;

/** What is limited. */
export type QuotaName = keyof typeof AWS_QUOTAS;
