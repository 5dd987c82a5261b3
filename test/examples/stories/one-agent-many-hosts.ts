import { LOGS_ELSEWHERE, Row, Story } from './story';
import { oneAgentManyHostsApp } from '../../../examples/stories/one-agent-many-hosts/one-agent-many-hosts-app';

/** The role that each host's code runs with. */
const HOSTS: Record<string, string> = {
  'the function': 'Translation/Function/ServiceRole',
  'the task': 'Translation/Task/TaskRole',
  'the pod': 'Translation/PodRole',
  'the instance': 'Translation/Instance/InstanceRole',
  'the state machine': 'Translation/Machine/Role',
  'the runtime under the agent\'s identity': 'Translation/translator-role',
};
const OF_AWS = 'Translation/translator_aws-role';

export const oneAgentManyHosts: Story = {
  make: oneAgentManyHostsApp,
  acknowledged: {
    'info runtime-without-logs Translation/translator-runtime': LOGS_ELSEWHERE,
    'info runtime-without-logs Translation/translator_aws-runtime': LOGS_ELSEWHERE,
    'info runtime-without-user-token Translation/translator-runtime': 'The agent acts for no user; the services that call it have AWS credentials',
  },
  rows: (at) => {
    const own = at.identity('Translation/Translator');
    const [ofRuntime, ofAws] = ['translator', 'translator_aws'].map((name) => at.identityOfRuntime(`Translation/${name}-runtime`));
    const key = at.arn('Translation/SecretsKey');
    return [
      ...Object.entries(HOSTS).flatMap(([host, role]): Row[] => [
        [`${host} mints under the one identity`, role, at.mintAsItself(own), 'Allowed'],
        [`${host} does not under that of a runtime`, role, at.mintAsItself(ofRuntime), 'ExplicitlyDenied'],
        [`${host} mints for no user`, role, at.mintForUserId(own, 'okta+00u1'), 'ExplicitlyDenied'],
        [`${host} uses the glossary`, role, at.apiKey(own, 'acme-glossary'), 'Allowed'],
        [`${host} uses no other key`, role, at.apiKey(own, 'acme-payments'), 'ImplicitlyDenied'],
        [`${host} does not use it under another identity`, role, at.apiKey(ofAws, 'acme-glossary'), 'ImplicitlyDenied'],
        [`AgentCore reads the key for ${host}`, role, at.readSecret('Translation/GlossaryKey', 'through AgentCore'), 'Allowed'],
        [`the code of ${host} does not`, role, at.readSecret('Translation/GlossaryKey', 'directly'), 'ImplicitlyDenied'],
        [`Secrets Manager decrypts for ${host}`, role, at.decrypt(key, 'secretsmanager'), 'Allowed'],
        [`the code of ${host} does not decrypt`, role, at.decrypt(key), 'ImplicitlyDenied'],
        [`nor does another service for ${host}`, role, at.decrypt(key, 'ssm'), 'ImplicitlyDenied'],
      ]),
      ['the runtime under AWS\'s identity uses the glossary', OF_AWS, at.apiKey(ofAws, 'acme-glossary'), 'Allowed'],
      ['not under the identity of the others', OF_AWS, at.apiKey(own, 'acme-glossary'), 'ImplicitlyDenied'],
      ['it does not mint, not even for itself', OF_AWS, at.mintAsItself(ofAws), 'ExplicitlyDenied'],
      ['nor under the identity of the others', OF_AWS, at.mintAsItself(own), 'ExplicitlyDenied'],
    ];
  },
};
