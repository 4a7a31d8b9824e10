import type { CredentialProbe } from '../../shared/contracts/credentialProbe';
import { authenticate, formRequest, smsPlatform, type StatusReply } from './protocol';

/** Asks for the balance, which neither costs nor consumes. */
export const credentialProbe: CredentialProbe<StatusReply> = {
	vendor: smsPlatform,
	authenticate,
	request: formRequest('/I18NSms.aspx', { action: 'overage' }),
	acceptedCodes: [],
};
