import { cedarEffect } from './cedar-comparison';
import type { ToolRuleAccess } from '../gateway/gateway-access';

/** Whether a rule lets somebody through: one for nobody comes to a forbid. */
export function isPermit({ effect, cedar }: ToolRuleAccess): boolean {
  return effect === 'permit' && (cedar.length === 0 || cedar.some((statement) => cedarEffect(statement) !== 'forbid'));
}
