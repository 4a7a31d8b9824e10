import type { Trial } from '../../shared/credentialTest';
import { authenticate, formRequest, smsPlatform, type StatusReply } from './protocol';

/** Asks for the balance, which neither costs nor consumes. */
export const credentialTrial: Trial<StatusReply> = {
	vendor: smsPlatform,
	authenticate,
	request: formRequest('/I18NSms.aspx', { action: 'overage' }),
	provenBy: [],
};
