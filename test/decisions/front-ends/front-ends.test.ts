import { join } from 'path';
import { invokedAgents, PARTNER, STRANGER } from './invoked-agents';
import { runDecisionTable } from '../../simulation/decision-table';
import { deploy } from '../../simulation/fake-account';

const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'bedrock-agentcore:InvokeAgentRuntime*', Resource: '*' }] };
const account = deploy(invokedAgents(), { externalPolicies: { [PARTNER]: everything, [STRANGER]: everything } as any });
runDecisionTable(join(__dirname, 'front-ends.json'), account);
