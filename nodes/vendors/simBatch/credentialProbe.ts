import type { CredentialProbe } from '../../shared/contracts/credentialProbe';
import { authenticate, queryRequest, simBatch, type SimBatchReply } from './protocol';

/** Well formed, and no device has it: its serial number is 0. */
const NO_SUCH_IMEI = '350000000000006';

/** Asks for a card that does not exist: "nothing found" proves the address. */
export const credentialProbe: CredentialProbe<SimBatchReply> = {
	vendor: simBatch,
	authenticate,
	request: queryRequest([NO_SUCH_IMEI], false),
	acceptedCodes: [],
};
