import { attachCustomSynthesis, ISynthesisSession, Stage } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { appQuotaProblems } from '../quota/app-quota';

/** Id of the construct that writes the report, at the root of the app. */
const WRITER_ID = 'AgentCoreAccessReport';

/**
 * Has the access report written at synthesis of the app, once for all stages. Where the root is not an app (a bare stack in
 * a test), nothing is written.
 */
export function writeAccessReport(scope: IConstruct): void {
  const root = scope.node.root;
  if (!Stage.isStage(root) || root.node.tryFindChild(WRITER_ID) !== undefined) {
    return;
  }
  const writer = new Construct(root, WRITER_ID);
  writer.node.addValidation({ validate: () => appQuotaProblems(writer) });
  attachCustomSynthesis(writer, {
    onSynthesize(session: ISynthesisSession) {
      // Loaded when it is written: what renders the report knows every construct of the library, and constructs come through here.
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const { writeAppReport } = require('./app-report') as typeof import('./app-report');
      writeAppReport(writer, session.outdir);
    },
  });
}
