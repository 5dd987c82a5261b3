import { Finding } from './finding';
import { JudgedApp } from './judged-app';
import { PythonTools } from './python-tools';

interface Report {
  readonly results?: {
    readonly failed_checks: { readonly check_id: string; readonly check_name: string; readonly resource: string }[];
    readonly parsing_errors?: string[];
  };
  readonly summary?: { readonly passed: number; readonly failed: number; readonly skipped: number; readonly parsing_errors: number };
}

/** checkov with its checks for CloudFormation, without its paid platform. */
export function checkovFindings(judged: JudgedApp, tools: PythonTools): Finding[] {
  return judged.templates.flatMap(({ file }) => {
    const { results, summary } = tools.json('checkov', ['--file', file, '--framework', 'cloudformation', '--compact', '--skip-download', '--output', 'json']) as Report;
    if (results === undefined || summary === undefined || summary.parsing_errors > 0 || summary.passed + summary.failed === 0) {
      throw new Error(`checkov did not judge ${file}: ${JSON.stringify({ summary, errors: results?.parsing_errors })}`);
    }
    if (summary.skipped > 0) {
      throw new Error(`${file} tells checkov to skip checks; reasons belong in scripts/judges/acknowledged.json`);
    }
    return results.failed_checks.map(({ check_id: rule, check_name: message, resource }): Finding => ({
      judge: 'checkov', rule, resource: judged.resource(file, resource.split('.')[1]), message,
    }));
  });
}
