/** What the values of the SIM batch query mean. */
import { lookUp } from '../../shared/contracts/errors';
import { toNumber } from '../../shared/wire/values';

/** `Status`: 0 suspended, 1 resumed or normal. */
export const cardStatus = (code: unknown): string =>
	lookUp({ '0': 'suspended', '1': 'active' }, String(toNumber(code))) ?? 'unknown';
