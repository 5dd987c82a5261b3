import type { DeployedResource } from '../../simulation/deployed-resource';
import type { DeployedStack } from '../../simulation/deployed-stack';
import { FakeAccount } from '../../simulation/fake-account';
import type { StackOutputQuery } from '../../simulation/intrinsic-functions';

/**
 * An account in which everything has a value: what no template knows (parameters without default, outputs of other apps, attributes
 * that deployment makes) is an example. For questions whose answer is the same whatever the value.
 */
export class ExampleAccount extends FakeAccount {
  parameter(stack: DeployedStack, name: string): unknown {
    const { Default: fallback } = stack.template.Parameters?.[name] ?? {};
    return known(() => super.parameter(stack, name)) ?? (fallback === undefined ? `example-${name}` : undefined);
  }

  ssmParameter(stack: DeployedStack, name: string, at: string): unknown {
    return known(() => super.ssmParameter(stack, name, at)) ?? `example${name}`;
  }

  exportedValue(importer: DeployedStack, name: string, at: string): unknown {
    return known(() => super.exportedValue(importer, name, at)) ?? `example-${name}`;
  }

  stackOutput(reader: DeployedStack, query: StackOutputQuery, at: string): unknown {
    return known(() => super.stackOutput(reader, query, at)) ?? `example-${query.OutputName}`;
  }

  attribute(resource: DeployedResource, attribute: string, at: string): unknown {
    return known(() => super.attribute(resource, attribute, at)) ?? `example-${resource.logicalId}-${attribute}`;
  }
}

function known(value: () => unknown): unknown {
  try {
    return value();
  } catch {
    return undefined;
  }
}
