import { join } from 'path';
import { operatedAgents, PARTNER, STRANGER } from './operated-agents';
import { runDecisionTable } from '../../simulation/decision-table';
import { deploy } from '../../simulation/fake-account';

const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'bedrock-agentcore:*', Resource: '*' }] };
const account = deploy(operatedAgents(), { externalPolicies: { [PARTNER]: everything, [STRANGER]: everything } as any });
runDecisionTable(join(__dirname, 'operators.json'), account);
