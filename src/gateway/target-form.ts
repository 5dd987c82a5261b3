import type { aws_bedrockagentcore as agentcore, Stack } from 'aws-cdk-lib';
import { SchemaObject } from './schema-object';
import { TargetKind } from './target-kind';
import { Tool } from './tool';
import { TargetRight } from '../permission/gateway-statements';

/** What a target is, before it belongs to a gateway. Each kind of target fills this in. */
export interface TargetForm {
  readonly kind: TargetKind;
  /** What is called, in words for the access report. */
  readonly backend: () => string;
  /** The target as the L1 takes it. `consumer` is the gateway's stack. */
  readonly configuration: (consumer: Stack) => agentcore.CfnGatewayTarget.TargetConfigurationProperty;
  /** What the gateway's role needs to call the target as itself. */
  readonly roleRights?: (consumer: Stack) => TargetRight[];
  /** The runtime behind it, if it is one. */
  readonly runtime?: agentcore.IRuntimeRef;
  /** A schema in S3, which the role reads whatever the credentials. */
  readonly schemaObject?: SchemaObject;
  /** The tools, where they are known; operations that are called as tools, where only some are. */
  readonly toolNames?: readonly string[];
  readonly tools?: readonly Tool[];
  /** An MCP server's ways. */
  readonly mcp?: { readonly dynamic: boolean; readonly staticTools: boolean };
}
