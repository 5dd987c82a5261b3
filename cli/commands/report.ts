import { accessText } from '../../src/assertion/access-text';
import { accessMarkdown } from '../../src/review/access-markdown';
import { accessHtml } from '../../src/review/html/access-html';
import { GivenApp, givenApp } from '../app-source';
import { json, put } from '../output';
import { UsageError } from '../usage-error';

export interface ReportCommandOptions {
  readonly format: string;
  readonly output?: string;
}

/** Shows what the agents of an app may do; of an app without this library, the IAM of its roles and resources. */
export function report(source: string, { format, output }: ReportCommandOptions): void {
  put(render(givenApp(source), format), output);
}

function render({ app, model, source }: GivenApp, format: string): string {
  if (format === 'text') {
    return accessText(app);
  }
  if (model === undefined) {
    throw new UsageError(
      `${source} has no agentcore-access.json beside its templates, so there is no report of agents as ${format}`,
      'Use --format text for the IAM that stands in its templates, or `agentcore-access check` to judge it.',
    );
  }
  switch (format) {
    case 'json': return json(model);
    case 'html': return accessHtml(model);
    default: return accessMarkdown(model);
  }
}
