import type { IDataObject } from 'n8n-workflow';

import type { Trial } from '../../shared/credentialTest';
import { accountRequest, authenticate, trafficRecharge } from './protocol';

/** Asks for the balance, which costs nothing. */
export const credentialTrial: Trial<IDataObject> = {
	vendor: trafficRecharge,
	authenticate,
	request: accountRequest('queryBlance'),
	provenBy: ['-204'],
};
