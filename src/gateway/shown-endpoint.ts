import { readable } from '../declaration/readable';
import { shownAddress } from '../declaration/shown-address';

/** The address of a target for the report. */
export function shownEndpoint(endpoint: string): string {
  return shownAddress(readable(endpoint, '(known at deployment)'));
}
