import { readdirSync } from 'fs';
import { join } from 'path';
import { agentsOfEachKind } from './agents-of-each-kind';
import { runDecisionTable } from '../simulation/decision-table';
import { deploy } from '../simulation/fake-account';

const account = deploy(agentsOfEachKind());
for (const file of readdirSync(__dirname).filter((name) => name.endsWith('.json')).sort()) {
  runDecisionTable(join(__dirname, file), account);
}
