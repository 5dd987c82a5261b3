import type { Attention } from './attention';
import { MARKS } from './mark';
import { sharedJson } from './shared-json';
import type { AccessModel, AgentAccess, CapabilityAccess, StatementAccess } from '../access-model';

/** Stands for the label of a resource in its ARN. No text of the model can hold this or the next, since texts were made visible. */
const LABEL = '\u0001';

/** Stand for names in code. */
const PROVIDER_NAME = '\u0002';
const IDENTITY_NAME = '\u0003';

/**
 * What the script needs, as short as it goes: an ARN that ends with its resource's label is written with a placeholder for it, since
 * the beginning is the same for all agents of an account; the line that joins the token path is joined in the page.
 */
export function pageData(model: AccessModel, attention: readonly Attention[]): string {
  return sharedJson({
    model: {
      ...model,
      agents: model.agents.map(shortAgent),
      gateways: model.gateways.map((gateway) => ({ ...gateway, statements: gateway.statements.map(shortStatement) })),
    },
    attention,
    marks: MARKS,
  });
}

function shortAgent(agent: AgentAccess): unknown {
  return {
    ...agent,
    parts: agent.parts.map((part) => ({ ...part, statements: part.statements.map(shortStatement) })),
    capabilities: agent.capabilities.map((capability) => ({ ...capability, delegation: undefined, code: linesOf(capability, agent.identity.name) })),
  };
}

/** But for the names, the lines of the code are the same for most agents. */
function linesOf({ code, providerName }: CapabilityAccess, identityName: string): unknown {
  const short = (line: string) => [[providerName, PROVIDER_NAME], [identityName, IDENTITY_NAME]]
    .reduce((text, [name, placeholder]) => (name === '' ? text : text.split(name).join(placeholder)), line);
  return code === undefined ? undefined : Object.fromEntries(Object.entries(code as unknown as Record<string, string>).map(([language, text]) => [language, text.split('\n').map(short)]));
}

function shortStatement(statement: StatementAccess): unknown {
  const labels = statement.resources ?? statement.notResources ?? [];
  return { ...statement, arns: statement.arns.map((arn, index) => arn.replace(labels[index], () => LABEL)) };
}
