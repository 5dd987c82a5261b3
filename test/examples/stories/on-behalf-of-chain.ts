import { claims, FIREWALL_ELSEWHERE, LOGS_ELSEWHERE, Story, VAULT_ELSEWHERE } from './story';
import { onBehalfOfChainApp } from '../../../examples/stories/on-behalf-of-chain/on-behalf-of-chain-app';

const ASSISTANT = 'Planning/AssistantFunction/ServiceRole';
const PLANNER = 'Planning/PlannerRole';
const GATEWAY = 'Planning/Agents/Role';
const EMPLOYEE = claims('https://login.microsoftonline.com/3f9d2c7b-51ae-4e06-8b94-c27d10e5fa68/v2.0', 'a4d1c6f0-3b52-4c8e-9d17-6f0e2b7a5c94');

export const onBehalfOfChain: Story = {
  make: onBehalfOfChainApp,
  acknowledged: {
    'warning vault-without-customer-key Planning/Graph/Resource': VAULT_ELSEWHERE,
    'info gateway-without-waf Planning/Agents/Resource': FIREWALL_ELSEWHERE,
    'info runtime-without-logs Planning/PlannerRuntime': LOGS_ELSEWHERE,
  },
  rows: (at) => {
    const planner = at.identityOfRuntime('Planning/PlannerRuntime');
    const assistant = at.identity('Planning/Assistant');
    return [
      ['the planner has the token exchanged for Graph', PLANNER, at.oauth2Token(planner, 'acme-graph'), 'Allowed'],
      ['and for orders', PLANNER, at.oauth2Token(planner, 'acme-orders'), 'Allowed'],
      ['for nothing else', PLANNER, at.oauth2Token(planner, 'acme-payroll'), 'ImplicitlyDenied'],
      ['not under the assistant\'s identity', PLANNER, at.oauth2Token(assistant, 'acme-graph'), 'ImplicitlyDenied'],
      ['it cannot choose the employee: AWS mints', PLANNER, at.mintForToken(planner, EMPLOYEE), 'ExplicitlyDenied'],
      ['nor act as nobody, which the client as actor would permit', PLANNER, at.mintAsItself(planner), 'ExplicitlyDenied'],
      ['nor name an id', PLANNER, at.mintForUserId(planner, 'employee@acme.example'), 'ExplicitlyDenied'],
      ['the assistant hands the token on, and exchanges none', ASSISTANT, at.oauth2Token(planner, 'acme-graph'), 'ExplicitlyDenied'],
      ['under its own identity neither', ASSISTANT, at.oauth2Token(assistant, 'acme-graph'), 'ExplicitlyDenied'],
      ['nor does it mint', ASSISTANT, at.mintForToken(assistant, EMPLOYEE), 'ExplicitlyDenied'],
      ['it cannot go around the gateway with its role', ASSISTANT, at.invoke('Planning/PlannerRuntime'), 'ImplicitlyDenied'],
      ['nor can the gateway', GATEWAY, at.invoke('Planning/PlannerRuntime'), 'ImplicitlyDenied'],
      ['the gateway exchanges none', GATEWAY, at.oauth2Token(planner, 'acme-graph'), 'ExplicitlyDenied'],
      ['AgentCore reads Graph\'s secret for the planner', PLANNER, at.readSecret('Planning/GraphClient', 'through AgentCore'), 'Allowed'],
      ['its code does not', PLANNER, at.readSecret('Planning/GraphClient', 'directly'), 'ImplicitlyDenied'],
      ['for the assistant nobody does', ASSISTANT, at.readSecret('Planning/GraphClient', 'through AgentCore'), 'ImplicitlyDenied'],
    ];
  },
};
