import { Finding } from './finding';
import { JudgedApp } from './judged-app';
import { PythonTools } from './python-tools';

interface Match {
  readonly Rule: { readonly Id: string };
  readonly Message: string;
  readonly Location: { readonly Path: (string | number)[] | null };
}

/** cfn-lint with its errors and warnings, on each template for the region of its stack. */
export function cfnLintFindings(judged: JudgedApp, tools: PythonTools): Finding[] {
  return judged.templates.flatMap(({ file, region }) =>
    (tools.json('cfn-lint', ['--format', 'json', '--regions', region, '--template', file]) as Match[]).map(({ Rule, Message, Location }): Finding => ({
      judge: 'cfn-lint',
      rule: Rule.Id,
      resource: judged.resource(file, Location.Path?.[0] === 'Resources' ? `${Location.Path[1]}` : (Location.Path ?? []).join('/')),
      message: Message,
    })));
}
