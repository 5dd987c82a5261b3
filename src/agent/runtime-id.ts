import { aws_bedrockagentcore as agentcore } from 'aws-cdk-lib';

/** The L1 behind a runtime of this app; nothing for an import. */
export function l1Runtime(runtime: agentcore.IRuntimeRef): agentcore.CfnRuntime | undefined {
  const l1 = agentcore.CfnRuntime.isCfnRuntime(runtime) ? runtime : runtime.node.defaultChild;
  return agentcore.CfnRuntime.isCfnRuntime(l1) ? l1 : undefined;
}

/** The runtime's id: also the name of the workload identity that AWS makes with it, letter case included. */
export function runtimeId(runtime: agentcore.IRuntimeRef): string {
  return l1Runtime(runtime)?.attrAgentRuntimeId ?? runtime.runtimeRef.agentRuntimeId;
}
