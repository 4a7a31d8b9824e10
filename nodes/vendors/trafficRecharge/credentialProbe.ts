import type { IDataObject } from 'n8n-workflow';

import type { CredentialProbe } from '../../shared/contracts/credentialProbe';
import { accountRequest, authenticate, trafficRecharge } from './protocol';

/** Asks for the balance, which costs nothing. */
export const credentialProbe: CredentialProbe<IDataObject> = {
	vendor: trafficRecharge,
	authenticate,
	request: accountRequest('queryBlance'),
	acceptedCodes: ['-204'],
};
