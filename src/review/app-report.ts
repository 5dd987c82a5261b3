import { IConstruct } from 'constructs';
import { accessModelOf } from './app-access';
import { writeReportFiles } from './report-files';

/** Writes the report of the app that a construct belongs to. */
export function writeAppReport(scope: IConstruct, directory: string): void {
  writeReportFiles(accessModelOf(scope), directory);
}
